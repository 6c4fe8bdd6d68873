package dev.pychat.backup;

import dev.pychat.crypto.open.BinaryReader;
import dev.pychat.crypto.open.BinaryWriter;
import dev.pychat.crypto.open.MalformedException;
import dev.pychat.crypto.open.Sha256;
import dev.pychat.model.Bytes;
import dev.pychat.model.EpochName;
import dev.pychat.model.MessageId;
import dev.pychat.model.Position;

/**
 * One message of a backup.
 *
 * <p>Immutable and thread-safe.
 *
 * @param position its place
 * @param id the id that the server named it by
 * @param epoch the epoch it was sealed in; {@link EpochName#NONE} if it did not open
 * @param n its number in that epoch, 0 to 255; -1 if it did not open
 * @param envelopeHash the SHA-256 of the envelope, 32 bytes
 * @param viewHash the view hash at this position, 32 bytes; {@link Bytes#EMPTY} if it was not known
 * @param entry who sent it, when, what it says and what was found about it, as ENVELOPE.md has it
 */
public record BackupMessage(
        Position position, MessageId id, EpochName epoch, int n, Bytes envelopeHash, Bytes viewHash, Bytes entry) {

    /** The most bytes of an entry. */
    public static final int MAX_ENTRY = 640 << 10;

    private static final int MAX_N = 255;

    /**
     * Checks the sizes.
     *
     * @param position its place
     * @param id the id that the server named it by
     * @param epoch the epoch it was sealed in
     * @param n its number in that epoch
     * @param envelopeHash the SHA-256 of the envelope
     * @param viewHash the view hash at this position
     * @param entry what is kept of it
     * @throws IllegalArgumentException if a component is outside its limits
     */
    public BackupMessage {
        boolean hashes = envelopeHash.size() == Sha256.SIZE && (viewHash.isEmpty() || viewHash.size() == Sha256.SIZE);
        if (!position.isMessage() || n < -1 || n > MAX_N || !hashes || entry.size() > MAX_ENTRY) {
            throw new IllegalArgumentException("message of a backup: position " + position + ", n " + n
                    + ", hashes of " + envelopeHash.size() + " and " + viewHash.size() + " bytes, entry of "
                    + entry.size() + " bytes");
        }
    }

    void write(BinaryWriter out) {
        out.u64(position.value()).raw(id.value()).bool(n >= 0);
        if (n >= 0) {
            out.raw(epoch.value()).u8(n);
        }
        out.raw(envelopeHash).bool(!viewHash.isEmpty()).raw(viewHash).bytes32(entry);
    }

    /** Copies what it reads, since the plaintext around it is about to be erased. */
    static BackupMessage read(BinaryReader in) throws MalformedException {
        Position position = new Position(in.u64("position"));
        MessageId id = new MessageId(copy(in.raw("message id", MessageId.SIZE)));
        boolean opened = in.bool("opened");
        EpochName epoch = opened ? new EpochName(copy(in.raw("epoch", EpochName.SIZE))) : EpochName.NONE;
        int n = opened ? in.u8("n") : -1;
        Bytes envelopeHash = copy(in.raw("envelope hash", Sha256.SIZE));
        Bytes viewHash = in.bool("view") ? copy(in.raw("view hash", Sha256.SIZE)) : Bytes.EMPTY;
        return new BackupMessage(position, id, epoch, n, envelopeHash, viewHash, copy(in.bytes32("entry", MAX_ENTRY)));
    }

    private static Bytes copy(Bytes part) {
        return Bytes.adopt(part.toArray());
    }
}
