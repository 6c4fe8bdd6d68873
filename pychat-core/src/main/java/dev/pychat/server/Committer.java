package dev.pychat.server;

import dev.pychat.model.ConversationId;
import dev.pychat.model.Position;
import dev.pychat.model.PychatException;
import dev.pychat.model.Username;
import dev.pychat.store.AppendResult;
import dev.pychat.store.BatchMessageStore;
import dev.pychat.store.InboxEntry;
import dev.pychat.store.InboxPage;
import dev.pychat.store.MessagePage;
import dev.pychat.store.MessageStore;
import dev.pychat.store.OutcomeUnknownException;
import dev.pychat.store.StoreException;
import dev.pychat.store.StoreRefusedException;
import dev.pychat.store.Submission;
import dev.pychat.store.internal.UninterruptedThread;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Group commit for a local store: one thread, which nobody interrupts, takes whatever waits and makes it durable together.
 * The size of a batch is what gathered while the one before it was written; there is no timer.
 *
 * <p>Answers are given on the committer's thread: who waits for them must not block there.
 */
final class Committer implements MessageStore, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Committer.class);
    private static final Duration RETRY = Duration.ofMillis(200);
    private static final String BUS_FAILED =
            "the live bus failed; who listens to it learns of these messages with the next ones";

    private record Waiting(Submission submission, CompletableFuture<AppendResult> answer) {
        int bytes() {
            return submission.envelope().value().size();
        }
    }

    private final BatchMessageStore store;
    private final ServerLimits limits;
    private final BiFunction<List<Submission>, List<AppendResult>, Runnable> announcer;
    private final ServerMetrics metrics;
    private final StoreHealth.Writes written;
    private final Thread thread;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final ArrayDeque<Waiting> queue = new ArrayDeque<>();
    private long queuedBytes;
    private boolean closing;

    /**
     * Starts the thread.
     *
     * @param announcer is told each batch with its answers once it is durable, and what it returns runs once they are given; must not
     *     block
     * @param written is told what became of each batch
     */
    Committer(
            BatchMessageStore store,
            ServerLimits limits,
            BiFunction<List<Submission>, List<AppendResult>, Runnable> announcer,
            ServerMetrics metrics,
            StoreHealth.Writes written) {
        this.store = store;
        this.limits = limits;
        this.announcer = announcer;
        this.metrics = metrics;
        this.written = written;
        this.thread = new UninterruptedThread(this::run, "pychat-committer-1");
        thread.start();
    }

    /** Besides what the seam says, fails with {@link BusyException} if too much waits already. */
    @Override
    public CompletionStage<AppendResult> append(Submission submission) {
        Waiting waiting = new Waiting(submission, new CompletableFuture<>());
        PychatException refusal = enqueue(waiting);
        if (refusal != null) {
            waiting.answer().completeExceptionally(refusal);
        }
        return waiting.answer();
    }

    private @Nullable PychatException enqueue(Waiting waiting) {
        lock.lock();
        try {
            if (closing) {
                return new StoreRefusedException("the server is stopping");
            }
            if (queue.size() >= limits.waitingMessages() || queuedBytes + waiting.bytes() > limits.waitingBytes()) {
                return new BusyException("too many messages wait to be stored", RETRY);
            }
            queue.add(waiting);
            queuedBytes += waiting.bytes();
            arrived.signal();
            return null;
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        for (List<Waiting> batch = take(); !batch.isEmpty(); batch = take()) {
            commit(batch);
        }
    }

    /** Waits for something to do; an empty batch means that all is done. */
    private List<Waiting> take() {
        lock.lock();
        try {
            while (queue.isEmpty() && !closing) {
                arrived.awaitUninterruptibly();
            }
            List<Waiting> batch = new ArrayList<>(Math.min(queue.size(), limits.batch()));
            while (!queue.isEmpty() && batch.size() < limits.batch()) {
                Waiting next = queue.remove();
                queuedBytes -= next.bytes();
                batch.add(next);
            }
            return batch;
        } finally {
            lock.unlock();
        }
    }

    private void commit(List<Waiting> batch) {
        List<Submission> submissions = batch.stream().map(Waiting::submission).toList();
        long begin = System.nanoTime();
        try {
            List<AppendResult> results = store.append(submissions);
            if (results.size() != batch.size()) {
                throw new IllegalStateException(results.size() + " answers to " + batch.size() + " submissions");
            }
            Duration took = since(begin);
            // Whoever receives one of them waits for nothing else; who is answered finds it counted.
            Runnable rest = announce(submissions, results);
            stored(batch, took, null);
            countAccepted(submissions, results);
            for (int i = 0; i < batch.size(); i++) {
                batch.get(i).answer().complete(results.get(i));
            }
            tell(rest);
        } catch (StoreException e) {
            LOG.error("the store did not take {} messages: {}", batch.size(), e.getMessage());
            stored(batch, since(begin), String.valueOf(e.getMessage()));
            fail(batch, e);
        } catch (RuntimeException | Error e) {
            LOG.error("the store failed with {} messages in hand", batch.size(), e);
            stored(batch, since(begin), "the store failed");
            fail(batch, new OutcomeUnknownException("the store failed", e));
        }
    }

    private static Duration since(long begin) {
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    private void stored(List<Waiting> batch, Duration took, @Nullable String failed) {
        if (failed == null) {
            written.taken();
        } else {
            written.failed(failed);
        }
        metrics.stored(batch.size(), took, failed == null);
    }

    private void countAccepted(List<Submission> submissions, List<AppendResult> results) {
        for (int i = 0; i < results.size(); i++) {
            if (results.get(i) instanceof AppendResult.Appended appended && !appended.duplicate()) {
                metrics.accepted(submissions.get(i).envelope().value().size());
            }
        }
    }

    /** How many messages wait, and their bytes. */
    Waits waits() {
        lock.lock();
        try {
            return new Waits(queue.size(), queuedBytes);
        } finally {
            lock.unlock();
        }
    }

    /** What waits for the thread. */
    record Waits(int messages, long bytes) {}

    /** What is left to be told once the answers are given. */
    private Runnable announce(List<Submission> submissions, List<AppendResult> results) {
        try {
            return announcer.apply(submissions, results);
        } catch (RuntimeException e) {
            LOG.error(BUS_FAILED, e);
            return () -> {};
        }
    }

    private static void tell(Runnable rest) {
        try {
            rest.run();
        } catch (RuntimeException e) {
            LOG.error(BUS_FAILED, e);
        }
    }

    private static void fail(List<Waiting> batch, StoreException failure) {
        batch.forEach(waiting -> waiting.answer().completeExceptionally(failure));
    }

    @Override
    public MessagePage page(ConversationId conversation, Position before, int limit) throws StoreException {
        return store.page(conversation, before, limit);
    }

    @Override
    public MessagePage since(ConversationId conversation, Position after, int limit) throws StoreException {
        return store.since(conversation, after, limit);
    }

    @Override
    public InboxPage inbox(Username account, String after, int limit) throws StoreException {
        return store.inbox(account, after, limit);
    }

    @Override
    public InboxEntry markRead(ConversationId conversation, Username account, Position upTo) throws StoreException {
        return store.markRead(conversation, account, upTo);
    }

    @Override
    public void close() {
        try (Deadline deadline = Deadline.in(limits.stopTime())) {
            close(deadline);
        }
    }

    /** Takes nothing more, stores what waits, and ends; waits for that as long as there is time. Idempotent. */
    void close(Deadline deadline) {
        lock.lock();
        try {
            closing = true;
            arrived.signal();
        } finally {
            lock.unlock();
        }
        if (!deadline.join(thread)) {
            LOG.error("messages were still being stored when the time of the stop was over; the store knows which");
        }
    }
}
