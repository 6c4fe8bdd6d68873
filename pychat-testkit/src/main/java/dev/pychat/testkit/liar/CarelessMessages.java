package dev.pychat.testkit.liar;

import dev.pychat.model.ConversationId;
import dev.pychat.model.MessageId;
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

/** Messages of a server that can be told not to look at {@code after}. Thread-safe as what it wraps is. */
final class CarelessMessages implements BatchMessageStore {

    private final BatchMessageStore messages;
    private volatile boolean skipAfter;

    CarelessMessages(BatchMessageStore messages) {
        this.messages = messages;
    }

    void skipAfter(boolean skip) {
        skipAfter = skip;
    }

    @Override
    public List<AppendResult> append(List<Submission> batch) throws StoreException {
        if (!skipAfter) {
            return messages.append(batch);
        }
        List<AppendResult> results = new ArrayList<>(batch.size());
        for (Submission submission : batch) {
            results.add(appendAnyway(submission));
        }
        return results;
    }

    private AppendResult appendAnyway(Submission submission) throws StoreException {
        AppendResult result = messages.append(List.of(submission)).get(0);
        return result instanceof AppendResult.OutOfSequence refused
                ? messages.append(List.of(behind(submission, refused.last()))).get(0)
                : result;
    }

    private static Submission behind(Submission submission, MessageId last) {
        return new Submission(
                submission.conversation(),
                submission.sender(),
                submission.recipient(),
                submission.id(),
                submission.hash(),
                submission.epoch(),
                submission.lane(),
                last,
                submission.seen(),
                submission.quiet(),
                submission.time(),
                submission.envelope());
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
