package dev.pychat.envelope;

import dev.pychat.crypto.open.BinaryReader;
import dev.pychat.crypto.open.BinaryWriter;
import dev.pychat.crypto.open.Label;
import dev.pychat.crypto.open.MalformedException;
import dev.pychat.crypto.open.Sha256;
import dev.pychat.model.Bytes;
import dev.pychat.model.Content;
import dev.pychat.model.Position;
import java.time.Instant;
import java.util.Arrays;

/**
 * What is inside an envelope (ENVELOPE.md, section 7), but for its signature. Immutable.
 *
 * @param content type and body
 * @param time when it was sealed, by the sender's clock
 * @param readUpTo position up to which the sender's person had read
 * @param view what the sender's device had seen
 */
record Plaintext(Content content, Instant time, Position readUpTo, View view) {

    static final int SIGNATURE = 64;
    static final int FIXED = SIGNATURE + 2 + 8 + 8 + 8 + 32 + 4;
    static final int MAX_PADDED = Padme.padded(FIXED + Content.MAX_BODY);

    /** The padded bytes with the signature's place zero; the caller's own to fill and to erase. */
    byte[] unsigned() {
        byte[] fields = fields();
        byte[] padded = new byte[Padme.padded(SIGNATURE + fields.length)];
        System.arraycopy(fields, 0, padded, SIGNATURE, fields.length);
        Arrays.fill(fields, (byte) 0);
        return padded;
    }

    Bytes contentHash() {
        byte[] fields = fields();
        Bytes hash = Sha256.of(Label.MESSAGE_CONTENT, Bytes.adopt(fields));
        Arrays.fill(fields, (byte) 0);
        return hash;
    }

    static Plaintext parse(Bytes padded) throws MalformedException {
        BinaryReader in = new BinaryReader("message", padded);
        in.raw("signature", SIGNATURE);
        int type = in.u16("content type");
        Instant time = in.time("time");
        Position readUpTo = new Position(in.u64("read up to"));
        View view = new View(new Position(in.u64("view position")), in.raw("view hash", ViewChain.SIZE));
        Bytes body = in.bytes32("body", Content.MAX_BODY);
        if (Padme.padded(in.position()) != padded.size()) {
            throw in.malformed("padded to " + padded.size() + " bytes, must be " + Padme.padded(in.position()));
        }
        checkZero(in);
        if (type == 0) {
            throw in.malformed("content type 0");
        }
        Content content = new Content(type, body);
        if (type == Content.TEXT && content.asText().isEmpty()) {
            throw in.malformed("text that is not UTF-8");
        }
        return new Plaintext(content, time, readUpTo, view);
    }

    private static void checkZero(BinaryReader in) throws MalformedException {
        Bytes padding = in.raw("padding", in.remaining());
        int seen = 0;
        for (int i = 0; i < padding.size(); i++) {
            seen |= padding.at(i);
        }
        if (seen != 0) {
            throw in.malformed("padding that is not zero");
        }
    }

    private byte[] fields() {
        try (BinaryWriter out = new BinaryWriter()) {
            out.u16(content.type());
            out.time(time);
            out.u64(readUpTo.value()).u64(view.position().value()).raw(view.hash());
            return out.bytes32(content.body()).toArray();
        }
    }
}
