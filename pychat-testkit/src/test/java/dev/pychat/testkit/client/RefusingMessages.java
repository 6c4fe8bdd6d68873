package dev.pychat.testkit.client;

import dev.pychat.model.ConversationId;
import dev.pychat.model.Position;
import dev.pychat.model.Username;
import dev.pychat.store.AppendResult;
import dev.pychat.store.BatchMessageStore;
import dev.pychat.store.InboxEntry;
import dev.pychat.store.InboxPage;
import dev.pychat.store.MessagePage;
import dev.pychat.store.StoreException;
import dev.pychat.store.Submission;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Messages of a server that refuses some submissions as it is told to, and then does nothing else for them. */
final class RefusingMessages implements BatchMessageStore {

    private final BatchMessageStore messages;
    private final ConcurrentLinkedQueue<AppendResult> refusals = new ConcurrentLinkedQueue<>();

    RefusingMessages(BatchMessageStore messages) {
        this.messages = messages;
    }

    /** Answers the next submission so. */
    void refuseNext(AppendResult refusal) {
        refusals.add(refusal);
    }

    /** Whether a refusal still waits for a submission. */
    boolean isWaiting() {
        return !refusals.isEmpty();
    }

    @Override
    public List<AppendResult> append(List<Submission> batch) throws StoreException {
        List<AppendResult> results = new ArrayList<>(batch.size());
        for (Submission submission : batch) {
            Optional<AppendResult> refusal = Optional.ofNullable(refusals.poll());
            results.add(
                    refusal.isPresent()
                            ? refusal.get()
                            : messages.append(List.of(submission)).get(0));
        }
        return results;
    }

    @Override
    public MessagePage page(ConversationId conversation, Position before, int limit) throws StoreException {
        return messages.page(conversation, before, limit);
    }

    @Override
    public MessagePage since(ConversationId conversation, Position after, int limit) throws StoreException {
        return messages.since(conversation, after, limit);
    }

    @Override
    public InboxPage inbox(Username account, String after, int limit) throws StoreException {
        return messages.inbox(account, after, limit);
    }

    @Override
    public InboxEntry markRead(ConversationId conversation, Username account, Position upTo) throws StoreException {
        return messages.markRead(conversation, account, upTo);
    }
}
