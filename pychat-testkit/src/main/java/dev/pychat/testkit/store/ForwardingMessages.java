package dev.pychat.testkit.store;

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
import java.util.List;

/**
 * Messages that pass every call on to others. A test extends it and overrides the call that is to go otherwise.
 *
 * <p>Thread-safe as what it wraps is.
 */
public class ForwardingMessages implements BatchMessageStore {

    private final BatchMessageStore messages;

    /**
     * Wraps messages.
     *
     * @param messages where every call goes
     */
    protected ForwardingMessages(BatchMessageStore messages) {
        this.messages = messages;
    }

    @Override
    public List<AppendResult> append(List<Submission> batch) throws StoreException {
        return messages.append(batch);
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
