package dev.pychat.store;

import dev.pychat.model.Bytes;
import dev.pychat.model.Username;
import java.util.List;

/**
 * One step of the outbox for one peer.
 *
 * <p>Immutable and thread-safe.
 *
 * @param peer the recipient
 * @param headBefore the encoded head of the lane that this step expects; {@link Bytes#EMPTY} if nothing was ever sealed
 * @param head the encoded head afterwards; the same as {@code headBefore} if nothing is sealed in this step
 * @param epochs new epoch headers that {@code entries} name
 * @param entries new entries, or new forms of entries with the same number
 * @param dropped numbers of entries that go; those that are not there any more do no harm
 */
public record OutboxStep(
        Username peer,
        Bytes headBefore,
        Bytes head,
        List<OutboxEpoch> epochs,
        List<OutboxEntry> entries,
        List<Long> dropped) {

    /**
     * Copies the lists.
     *
     * @param peer the recipient
     * @param headBefore the head that this step expects
     * @param head the head afterwards
     * @param epochs new epoch headers
     * @param entries new entries
     * @param dropped numbers of entries that go
     */
    public OutboxStep {
        epochs = List.copyOf(epochs);
        entries = List.copyOf(entries);
        dropped = List.copyOf(dropped);
    }

    /**
     * A step that only drops entries.
     *
     * @param peer the recipient
     * @param head the encoded head of the lane, which stays
     * @param dropped the numbers that go
     * @return the step
     */
    public static OutboxStep dropping(Username peer, Bytes head, List<Long> dropped) {
        return new OutboxStep(peer, head, head, List.of(), List.of(), dropped);
    }
}
