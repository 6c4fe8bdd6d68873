package dev.pychat.envelope;

import dev.pychat.crypto.open.BinaryReader;
import dev.pychat.crypto.open.BinaryWriter;
import dev.pychat.crypto.open.Label;
import dev.pychat.crypto.open.MalformedException;
import dev.pychat.model.Bytes;
import dev.pychat.model.Envelope;
import dev.pychat.model.EpochName;
import dev.pychat.model.LaneId;
import dev.pychat.model.MessageId;

/**
 * The fields of an envelope (ENVELOPE.md, section 7): the clear ones and the ciphertext. Immutable.
 *
 * @param epoch the header's name
 * @param n the number in the epoch
 * @param lane the lane
 * @param number the number in the lane
 * @param before the message hash before it in the lane
 * @param id the message id
 * @param hedge 16 bytes
 * @param commitment 32 bytes
 * @param ciphertext the sealed plaintext with its tag
 */
record EnvelopeParts(
        EpochName epoch,
        int n,
        LaneId lane,
        long number,
        Bytes before,
        MessageId id,
        Bytes hedge,
        Bytes commitment,
        Bytes ciphertext) {

    static final int HEDGE = 16;
    static final int TAG = 16;

    static EnvelopeParts parse(Envelope envelope) throws MalformedException {
        BinaryReader in = new BinaryReader("envelope", envelope.value());
        in.expect(Label.ENVELOPE);
        EpochName epoch = new EpochName(in.raw("header name", EpochName.SIZE));
        int n = in.u16("n");
        LaneId lane = new LaneId(in.raw("lane", LaneId.SIZE));
        long number = in.u64("lane number");
        Bytes before = in.raw("hash before", 32);
        MessageId id = new MessageId(in.raw("message id", MessageId.SIZE));
        Bytes hedge = in.raw("hedge", HEDGE);
        Bytes commitment = in.raw("commitment", 32);
        Bytes ciphertext = in.raw("ciphertext", in.remaining());
        if (n >= EpochHeader.MAX_MESSAGES || number < 1 || lane.equals(LaneId.NONE) || id.equals(MessageId.NONE)) {
            throw in.malformed("n " + n + ", lane " + lane + ", lane number " + number + ", message id " + id);
        }
        int padded = ciphertext.size() - TAG;
        if (!Padme.isPadded(padded) || padded > Plaintext.MAX_PADDED) {
            throw in.malformed("a ciphertext of " + ciphertext.size() + " bytes");
        }
        return new EnvelopeParts(epoch, n, lane, number, before, id, hedge, commitment, ciphertext);
    }

    EnvelopeParts sealed(Bytes newCommitment, Bytes newCiphertext) {
        return new EnvelopeParts(epoch, n, lane, number, before, id, hedge, newCommitment, newCiphertext);
    }

    Envelope envelope() {
        try (BinaryWriter out = new BinaryWriter(Label.ENVELOPE)) {
            out.raw(epoch.value())
                    .u16(n)
                    .raw(lane.value())
                    .u64(number)
                    .raw(before)
                    .raw(id.value());
            return new Envelope(out.raw(hedge).raw(commitment).raw(ciphertext).toBytes());
        }
    }
}
