package dev.pychat.client;

import dev.pychat.model.Position;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Consecutive messages of a conversation.
 *
 * <p>Immutable and thread-safe.
 *
 * @param messages the messages, oldest first
 * @param changes the accepted changes of the peer's identity that belong between them, oldest first; each to be shown in front
 *     of the message at its position, or behind all if none is there yet
 * @param more whether there are older messages
 * @param gap where the server did not give what follows; only on a page that reaches to the end of what this device holds
 */
public record HistoryPage(
        List<ChatMessage> messages, List<AcceptedChange> changes, boolean more, Optional<HistoryGap> gap) {

    /**
     * Copies the lists.
     *
     * @param messages the messages
     * @param changes changes of the peer's identity between them
     * @param more whether there are older messages
     * @param gap where the server did not give what follows
     */
    public HistoryPage {
        messages = List.copyOf(messages);
        changes = List.copyOf(changes);
    }

    /**
     * A page out of a history that ends at a position; of all changes it takes those that no other page shows.
     *
     * @param withheld why what may follow behind the end was not given
     */
    static HistoryPage of(
            List<ChatMessage> messages,
            List<AcceptedChange> all,
            boolean more,
            Position end,
            Optional<String> withheld) {
        Position first = messages.isEmpty() ? Position.NONE : messages.get(0).position();
        Position last =
                messages.isEmpty() ? end : messages.get(messages.size() - 1).position();
        List<AcceptedChange> changes = all.stream()
                .filter(change -> !more || !first.isAfter(change.from()))
                .filter(change -> !end.isAfter(last) || !change.from().isAfter(last))
                .sorted(Comparator.comparing(AcceptedChange::from))
                .toList();
        Optional<HistoryGap> gap =
                withheld.filter(why -> !end.isAfter(last)).map(why -> new HistoryGap(end.next(), why));
        return new HistoryPage(messages, changes, more, gap);
    }
}
