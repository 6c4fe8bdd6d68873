package dev.pychat.store;

import dev.pychat.model.Position;
import dev.pychat.model.StoredMessage;
import java.util.List;

/**
 * Consecutive messages of a conversation.
 *
 * <p>Immutable and thread-safe.
 *
 * @param messages the messages, in ascending positions without a gap
 * @param head the conversation's last position when the page was read
 */
public record MessagePage(List<StoredMessage> messages, Position head) {

    /**
     * Copies the list.
     *
     * @param messages the messages, in ascending positions without a gap
     * @param head the conversation's last position when the page was read
     */
    public MessagePage {
        messages = List.copyOf(messages);
    }
}
