package dev.pychat.envelope;

import dev.pychat.crypto.open.BinaryReader;
import dev.pychat.crypto.open.BinaryWriter;
import dev.pychat.crypto.open.Label;
import dev.pychat.crypto.open.MalformedException;
import dev.pychat.crypto.open.Sha256;
import dev.pychat.model.Bytes;
import dev.pychat.model.ConversationId;
import dev.pychat.model.EpochName;
import dev.pychat.model.LaneId;
import dev.pychat.model.Realm;

/**
 * The fields of an epoch header (ENVELOPE.md, section 6), but for its signature. Immutable.
 *
 * @param suite how its wraps are made
 * @param realm the realm
 * @param conversation the conversation
 * @param senderKey the sender's Ed25519 key, 32 bytes
 * @param recipient the recipient's fingerprint, 32 bytes
 * @param lane the lane
 * @param ordinal its ordinal in the lane, from 1
 * @param previous the lane's head when it was begun
 * @param nonce 16 random bytes
 * @param terms bundles and circumstances
 * @param commitment to the epoch secret
 * @param wraps the shared ciphertexts and the wraps
 */
record EpochHeader(
        int suite,
        Realm realm,
        ConversationId conversation,
        Bytes senderKey,
        Bytes recipient,
        LaneId lane,
        int ordinal,
        LaneHead previous,
        Bytes nonce,
        EpochTerms terms,
        Bytes commitment,
        Wraps wraps) {

    static final int VERSION = 1;
    static final int MAX_SIZE = 32 * 1024;
    static final int MAX_MESSAGES = 256;
    static final int SIGNATURE = 64;

    /** The version that a header claims to have, read before anything else of it. */
    static int version(Bytes header) throws MalformedException {
        return begin(header).u8("version");
    }

    static EpochHeader parse(Bytes header) throws MalformedException {
        BinaryReader in = begin(header);
        in.u8("version", VERSION, VERSION);
        EpochHeader parsed = new EpochHeader(
                in.u16("suite"),
                new Realm(in.raw("realm", Realm.SIZE)),
                new ConversationId(in.raw("conversation", ConversationId.SIZE)),
                in.raw("sender's key", 32),
                in.raw("recipient", 32),
                new LaneId(in.raw("lane", LaneId.SIZE)),
                (int) ordinal(in),
                LaneHead.read(in),
                in.raw("nonce", 16),
                EpochTerms.read(in),
                in.raw("commitment", 32),
                Wraps.read(in));
        in.raw("signature", SIGNATURE);
        in.end();
        parsed.check(in);
        return parsed;
    }

    EpochHeader with(Wraps others) {
        return new EpochHeader(
                suite,
                realm,
                conversation,
                senderKey,
                recipient,
                lane,
                ordinal,
                previous,
                nonce,
                terms,
                commitment,
                others);
    }

    /** Everything that the signature covers, as bytes. */
    Bytes unsigned() {
        try (BinaryWriter out = new BinaryWriter(Label.EPOCH_NAME)) {
            out.u8(VERSION).u16(suite).raw(realm.value()).raw(conversation.value());
            out.raw(senderKey).raw(recipient).raw(lane.value()).u32(ordinal);
            out.raw(previous.encode()).raw(nonce);
            terms.write(out);
            out.raw(commitment);
            wraps.write(out);
            return out.toBytes();
        }
    }

    static EpochName name(Bytes header) {
        return new EpochName(Sha256.of(header));
    }

    /** What the signature covers after its label. */
    static Bytes signedPart(Bytes header) {
        return header.slice(0, header.size() - SIGNATURE);
    }

    static Bytes signature(Bytes header) {
        return header.slice(header.size() - SIGNATURE, SIGNATURE);
    }

    private static BinaryReader begin(Bytes header) throws MalformedException {
        BinaryReader in = BinaryReader.limited("epoch header", header, MAX_SIZE);
        in.expect(Label.EPOCH_NAME);
        return in;
    }

    private static long ordinal(BinaryReader in) throws MalformedException {
        long ordinal = in.u32("epoch ordinal");
        if (ordinal < 1 || ordinal > Integer.MAX_VALUE) {
            throw in.malformed("epoch ordinal " + ordinal);
        }
        return ordinal;
    }

    private void check(BinaryReader in) throws MalformedException {
        if (lane.equals(LaneId.NONE)) {
            throw in.malformed("no lane");
        }
        if (!previous.isNone() && (!previous.lane().equals(lane) || previous.ordinal() >= ordinal)) {
            throw in.malformed("previous head of lane " + previous.lane() + " and epoch " + previous.ordinal());
        }
    }
}
