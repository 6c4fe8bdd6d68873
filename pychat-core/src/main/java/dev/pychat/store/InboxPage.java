package dev.pychat.store;

import java.util.List;

/**
 * A page of an inbox, in the order of the peers' names.
 *
 * <p>Immutable and thread-safe.
 *
 * @param entries the conversations
 * @param more whether there are more after the last of them
 */
public record InboxPage(List<InboxEntry> entries, boolean more) {

    /**
     * Copies the list.
     *
     * @param entries the conversations
     * @param more whether there are more after the last of them
     */
    public InboxPage {
        entries = List.copyOf(entries);
    }
}
