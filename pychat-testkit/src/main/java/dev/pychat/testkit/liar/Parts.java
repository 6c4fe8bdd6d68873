package dev.pychat.testkit.liar;

import dev.pychat.model.Bytes;
import java.util.ArrayList;
import java.util.List;

/**
 * The fields of the structures that a server passes on, one after the other as in ENVELOPE.md, so that each can be edited. What
 * is given has to be in its proper form: that is what is edited afterwards.
 *
 * <p>Confined to one call.
 */
public final class Parts {

    private static final int SIGNATURE = 64;

    private final Bytes whole;
    private final List<Part> parts = new ArrayList<>();
    private int at;

    private Parts(Bytes whole) {
        this.whole = whole;
    }

    /**
     * The fields of an envelope (section 7).
     *
     * @param envelope a well-formed envelope
     * @return its fields
     * @throws IndexOutOfBoundsException if it is too short to be one
     */
    public static List<Part> ofEnvelope(Bytes envelope) {
        Parts in = new Parts(envelope);
        in.next("label", 18)
                .next("header name", 32)
                .next("n", 2)
                .next("lane", 16)
                .next("lane number", 8);
        in.next("hash before", 32).next("message id", 16).next("hedge", 16).next("commitment", 32);
        return in.next("C", envelope.size() - in.at).parts;
    }

    /**
     * The fields of an epoch header (section 6), of any suite.
     *
     * @param header a well-formed header
     * @return its fields
     * @throws IndexOutOfBoundsException if it is too short to be one
     */
    public static List<Part> ofEpochHeader(Bytes header) {
        Parts in = new Parts(header);
        in.next("label", 20)
                .next("version", 1)
                .next("suite", 2)
                .next("realm", 16)
                .next("conversation", 32);
        in.next("sender's key", 32).next("recipient", 32).next("lane", 16).next("ordinal", 4);
        in.next("previous head", 110).next("nonce", 16).next("made", 8).next("sender's serial", 8);
        in.next("recipient's serial", 8).next("recipient's bundle hash", 32).next("fetched", 8);
        in.next("vault version", 8).next("sender's policy", 4).next("recipient's policy", 4);
        in.next("commitment", 32);
        int shared = in.count("count of shared ciphertexts");
        for (int i = 1; i <= shared; i++) {
            in.prefixed("shared ciphertext " + i);
        }
        int wraps = in.count("count of wraps");
        for (int i = 1; i <= wraps; i++) {
            String wrap = "wrap " + i + "'s ";
            in.next(wrap + "role", 1).next(wrap + "device", 16).next(wrap + "key id", 32);
            in.next(wrap + "shared index", 1).prefixed(wrap + "ct");
            in.prefixed(wrap + "sealed secret");
        }
        return in.next("signature", SIGNATURE).parts;
    }

    /**
     * The fields of a key bundle (section 5).
     *
     * @param bundle a well-formed bundle
     * @return its fields
     * @throws IndexOutOfBoundsException if it is too short to be one
     */
    public static List<Part> ofBundle(Bytes bundle) {
        Parts in = new Parts(bundle);
        in.next("label", 21).next("version", 1).next("realm", 16);
        in.next("user name", in.count("length of user name"));
        in.next("identity", 32)
                .next("serial", 8)
                .next("predecessor", 32)
                .next("not before", 8)
                .next("not after", 8);
        int suites = in.count("count of suites");
        for (int i = 1; i <= suites; i++) {
            in.next("suite " + i, 2);
        }
        int sections = in.count("count of sections");
        for (int i = 1; i <= sections; i++) {
            String section = "section " + i + "'s ";
            in.next(section + "suite", 2).next(section + "device", 16).prefixed(section + "key");
        }
        return in.next("signature", SIGNATURE).parts;
    }

    private Parts next(String name, int length) {
        if (at + length > whole.size()) {
            throw new IndexOutOfBoundsException(name + " would end at byte " + (at + length) + " of " + whole.size());
        }
        if (length > 0) {
            parts.add(new Part(name, at, length));
            at += length;
        }
        return this;
    }

    private int count(String name) {
        next(name, 1);
        return whole.at(at - 1) & 0xFF;
    }

    private void prefixed(String name) {
        next("length of " + name, 2);
        next(name, (whole.at(at - 2) & 0xFF) << 8 | whole.at(at - 1) & 0xFF);
    }
}
