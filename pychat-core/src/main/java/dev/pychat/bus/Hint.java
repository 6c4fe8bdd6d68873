package dev.pychat.bus;

import dev.pychat.model.Bytes;
import dev.pychat.model.ConversationId;
import dev.pychat.model.Position;
import dev.pychat.model.StoredMessage;
import dev.pychat.model.Username;
import java.util.List;

/**
 * Word to one account that a conversation of it has changed: it has grown, or a read marker of the account has moved.
 *
 * <p>Immutable and thread-safe.
 *
 * @param account who is to be told
 * @param peer the other party
 * @param conversation the conversation
 * @param head a position up to which the conversation is known to be stored
 * @param carried consecutive stored messages that end at {@code head}, in order, which spare the reader a look into the
 *     store; empty where the bus carries none
 * @param origin names the connection that moved a read marker, which knows already; empty where messages were stored
 */
public record Hint(
        Username account,
        Username peer,
        ConversationId conversation,
        Position head,
        List<StoredMessage> carried,
        Bytes origin) {

    /**
     * Copies the list.
     *
     * @param account who is to be told
     * @param peer the other party
     * @param conversation the conversation
     * @param head a position up to which the conversation is known to be stored
     * @param carried consecutive stored messages that end at {@code head}, in order, which spare the reader a look into the
     *     store; empty where the bus carries none
     * @param origin names the connection that moved a read marker, which knows already; empty where messages were stored
     * @throws IllegalArgumentException if messages are carried that do not end at {@code head}
     */
    public Hint {
        carried = List.copyOf(carried);
        if (!carried.isEmpty() && !carried.get(carried.size() - 1).position().equals(head)) {
            throw new IllegalArgumentException("the carried messages end at "
                    + carried.get(carried.size() - 1).position() + ", the hint names " + head);
        }
    }
}
