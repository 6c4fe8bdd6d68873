package dev.pychat.envelope;

import dev.pychat.crypto.open.BinaryReader;
import dev.pychat.crypto.open.BinaryWriter;
import dev.pychat.crypto.open.MalformedException;
import dev.pychat.model.Bytes;
import dev.pychat.model.EpochName;
import dev.pychat.model.LaneId;
import dev.pychat.model.MessageId;

/**
 * The last message of a lane: what a restarted sender continues from (ENVELOPE.md, section 4). It holds no secret.
 *
 * <p>Immutable and thread-safe.
 *
 * @param lane the lane
 * @param ordinal the ordinal of the epoch that the message was sealed in, from 1
 * @param epoch the name of that epoch
 * @param n the message's number in the epoch, 0 to 255
 * @param number the message's number in the lane, from 1
 * @param id the message's id
 * @param hash the message hash, 32 bytes
 */
public record LaneHead(LaneId lane, int ordinal, EpochName epoch, int n, long number, MessageId id, Bytes hash) {

    /** How many bytes the encoded form has. */
    public static final int SIZE = LaneId.SIZE + 4 + EpochName.SIZE + 2 + 8 + MessageId.SIZE + 32;

    /** The head of a lane that has no message yet; its encoded form is all zero. */
    public static final LaneHead NONE =
            new LaneHead(LaneId.NONE, 0, EpochName.NONE, 0, 0, MessageId.NONE, Bytes.adopt(new byte[32]));

    private static final Bytes ENCODED_NONE = Bytes.adopt(new byte[SIZE]);

    /**
     * Checks the ranges.
     *
     * @param lane the lane
     * @param ordinal the epoch's ordinal
     * @param epoch the epoch's name
     * @param n the number in the epoch
     * @param number the number in the lane
     * @param id the message's id
     * @param hash the message hash
     * @throws IllegalArgumentException if it is neither a message's head nor all zero
     */
    public LaneHead {
        boolean none = lane.equals(LaneId.NONE);
        if (hash.size() != 32 || n < 0 || n >= EpochHeader.MAX_MESSAGES) {
            throw new IllegalArgumentException("lane head with n " + n + " and a hash of " + hash.size() + " bytes");
        }
        if (none != ordinal < 1 || none != number < 1 || none != id.equals(MessageId.NONE)) {
            throw new IllegalArgumentException(
                    "lane head of lane " + lane + " with ordinal " + ordinal + " and number " + number);
        }
    }

    /**
     * Whether the lane has no message yet.
     *
     * @return true for {@link #NONE} only
     */
    public boolean isNone() {
        return lane.equals(LaneId.NONE);
    }

    /**
     * The one encoding: {@value #SIZE} bytes, all zero for {@link #NONE}.
     *
     * @return the bytes
     */
    public Bytes encode() {
        try (BinaryWriter out = new BinaryWriter()) {
            out.raw(lane.value()).u32(ordinal).raw(epoch.value()).u16(n).u64(number);
            return out.raw(id.value()).raw(hash).toBytes();
        }
    }

    /**
     * Reads what {@link #encode()} wrote.
     *
     * @param encoded the bytes, of which nobody knows where they come from
     * @return the head
     * @throws MalformedException if they are not the one encoding of a head
     */
    public static LaneHead decode(Bytes encoded) throws MalformedException {
        BinaryReader in = BinaryReader.limited("lane head", encoded, SIZE);
        LaneHead head = read(in);
        in.end();
        return head;
    }

    static LaneHead read(BinaryReader in) throws MalformedException {
        Bytes all = in.raw("lane head", SIZE);
        if (all.equals(ENCODED_NONE)) {
            return NONE;
        }
        BinaryReader fields = new BinaryReader("lane head", all);
        LaneId lane = new LaneId(fields.raw("lane", LaneId.SIZE));
        long ordinal = fields.u32("epoch ordinal");
        EpochName epoch = new EpochName(fields.raw("epoch", EpochName.SIZE));
        int n = fields.u16("n");
        long number = fields.u64("lane number");
        MessageId id = new MessageId(fields.raw("message id", MessageId.SIZE));
        Bytes hash = fields.raw("message hash", 32);
        if (lane.equals(LaneId.NONE) || ordinal > Integer.MAX_VALUE) {
            throw fields.malformed("no lane, or epoch ordinal " + ordinal);
        }
        try {
            return new LaneHead(lane, (int) ordinal, epoch, n, number, id, hash);
        } catch (IllegalArgumentException e) {
            throw fields.malformed(String.valueOf(e.getMessage()));
        }
    }
}
