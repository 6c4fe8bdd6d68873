package dev.pychat.store;

import dev.pychat.model.Bytes;
import dev.pychat.model.EpochName;
import dev.pychat.model.MessageId;
import dev.pychat.model.Position;

/**
 * One message of a conversation as a device keeps it, opened or not.
 *
 * <p>Immutable and thread-safe.
 *
 * @param position its place
 * @param id the id that the server names it by
 * @param epoch the epoch it was sealed in; {@link EpochName#NONE} if it did not open
 * @param n its number in that epoch, 0 to 255; -1 if it did not open
 * @param envelopeHash the SHA-256 of the envelope, 32 bytes
 * @param viewHash the view hash at this position, 32 bytes; {@link Bytes#EMPTY} if it is not known
 * @param sealed who sent it, when, what it says and what was found about it, sealed under the device key
 */
public record TranscriptEntry(
        Position position, MessageId id, EpochName epoch, int n, Bytes envelopeHash, Bytes viewHash, Bytes sealed) {

    /**
     * Whether it may take the place of an entry that did not open ({@link TranscriptStore#replace}).
     *
     * @param held the entry at its position
     * @return whether both are of the same message, and the one that is held did not open
     */
    public boolean mayReplace(TranscriptEntry held) {
        return held.n < 0
                && position.equals(held.position)
                && id.equals(held.id)
                && envelopeHash.equals(held.envelopeHash);
    }

    /**
     * The same entry with another sealed part, as it is held when it is forgotten ({@link TranscriptStore#forget}).
     *
     * @param other the sealed part
     * @return the entry
     */
    public TranscriptEntry withSealed(Bytes other) {
        return new TranscriptEntry(position, id, epoch, n, envelopeHash, viewHash, other);
    }
}
