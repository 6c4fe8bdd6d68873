package dev.pychat.server;

import dev.pychat.model.ConversationId;
import dev.pychat.model.Position;
import dev.pychat.model.Username;
import dev.pychat.store.AppendResult;
import dev.pychat.store.BatchMessageStore;
import dev.pychat.store.InboxEntry;
import dev.pychat.store.InboxPage;
import dev.pychat.store.MessagePage;
import dev.pychat.store.StoreException;
import dev.pychat.store.StoreRefusedException;
import dev.pychat.store.Submission;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A store that writes nothing until it is opened, remembers the sizes of its batches, and fails when told to. */
final class GatedStore implements BatchMessageStore {

    private final CountDownLatch entered = new CountDownLatch(1);
    private final CountDownLatch gate = new CountDownLatch(1);
    private final List<Integer> batches = new CopyOnWriteArrayList<>();
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    private long position;

    void open() {
        gate.countDown();
    }

    void awaitBatch() throws InterruptedException {
        if (!entered.await(120, TimeUnit.SECONDS)) {
            throw new AssertionError("no batch came");
        }
    }

    void failNext(StoreException e) {
        failure.set(e);
    }

    void breakNext() {
        failure.set(new IllegalStateException("a bug in the store"));
    }

    List<Integer> batches() {
        return batches;
    }

    @Override
    public List<AppendResult> append(List<Submission> batch) throws StoreException {
        entered.countDown();
        try {
            gate.await();
        } catch (InterruptedException e) {
            throw new AssertionError("the committer was interrupted", e);
        }
        Exception failing = failure.getAndSet(null);
        if (failing instanceof StoreException e) {
            throw e;
        }
        if (failing instanceof RuntimeException e) {
            throw e;
        }
        batches.add(batch.size());
        List<AppendResult> results = new ArrayList<>();
        while (results.size() < batch.size()) {
            position++;
            results.add(new AppendResult.Appended(new Position(position), position, Instant.EPOCH, false));
        }
        return results;
    }

    @Override
    public MessagePage page(ConversationId conversation, Position before, int limit) {
        return new MessagePage(List.of(), Position.NONE);
    }

    @Override
    public MessagePage since(ConversationId conversation, Position after, int limit) {
        return new MessagePage(List.of(), Position.NONE);
    }

    @Override
    public InboxPage inbox(Username account, String after, int limit) {
        return new InboxPage(List.of(), false);
    }

    @Override
    public InboxEntry markRead(ConversationId conversation, Username account, Position upTo) throws StoreException {
        throw new StoreRefusedException("this store has no inbox");
    }
}
