package dev.pychat.store;

import dev.pychat.model.Bytes;
import dev.pychat.model.Username;
import java.util.List;

/**
 * What the outbox holds for one peer.
 *
 * <p>Immutable and thread-safe.
 *
 * @param peer the recipient
 * @param head the encoded head of the lane; {@link Bytes#EMPTY} if nothing was ever sealed
 * @param epochs the headers that the sealed entries name
 * @param entries what was not accepted yet, in ascending numbers
 */
public record OutboxLane(Username peer, Bytes head, List<OutboxEpoch> epochs, List<OutboxEntry> entries) {

    /**
     * Copies the lists.
     *
     * @param peer the recipient
     * @param head the encoded head of the lane
     * @param epochs the headers that the entries name
     * @param entries what was not accepted yet
     */
    public OutboxLane {
        epochs = List.copyOf(epochs);
        entries = List.copyOf(entries);
    }
}
