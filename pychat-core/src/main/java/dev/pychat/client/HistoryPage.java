package dev.pychat.client;

import java.util.List;

/**
 * Consecutive messages of a conversation.
 *
 * <p>Immutable and thread-safe.
 *
 * @param messages the messages, oldest first
 * @param more whether there are older ones
 */
public record HistoryPage(List<ChatMessage> messages, boolean more) {

    /**
     * Copies the list.
     *
     * @param messages the messages
     * @param more whether there are older ones
     */
    public HistoryPage {
        messages = List.copyOf(messages);
    }
}
