package dev.pychat.key;

import dev.pychat.crypto.open.BinaryReader;
import dev.pychat.crypto.open.BinaryWriter;
import dev.pychat.crypto.open.Ed25519PublicKey;
import dev.pychat.crypto.open.Label;
import dev.pychat.crypto.open.MalformedException;
import dev.pychat.crypto.open.Sha256;
import dev.pychat.crypto.open.UnusableKeyException;
import dev.pychat.model.Bytes;
import dev.pychat.model.DeviceId;
import dev.pychat.model.Realm;
import dev.pychat.model.Username;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * What a key bundle says, before it is signed. Sections of suites unknown here are kept as they are.
 *
 * <p>Immutable and thread-safe.
 *
 * @param realm the server's realm
 * @param username the account
 * @param identity the account's identity, which signs
 * @param serial 1 for the first bundle of an account, then growing
 * @param predecessor the hash of the bundle before, or {@link #NO_PREDECESSOR}
 * @param notBefore from when on it may be used
 * @param notAfter until when, exclusive
 * @param suites 1 to 16 suites, ascending, each once
 * @param sections at most 64 sections, ascending by suite and device, each pair once
 */
public record BundleFields(
        Realm realm,
        Username username,
        Ed25519PublicKey identity,
        long serial,
        Bytes predecessor,
        Instant notBefore,
        Instant notAfter,
        List<Suite> suites,
        List<KeySection> sections) {

    /** The one version that is known here. */
    public static final int VERSION = 1;

    /** The predecessor of the first bundle: 32 zero bytes. */
    public static final Bytes NO_PREDECESSOR = Bytes.adopt(new byte[Sha256.SIZE]);

    private static final int MAX_SUITES = 16;
    private static final int MAX_SECTIONS = 64;

    /**
     * Checks the limits.
     *
     * @param realm the server's realm
     * @param username the account
     * @param identity the account's identity, which signs
     * @param serial 1 for the first bundle of an account, then growing
     * @param predecessor the hash of the bundle before, or {@link #NO_PREDECESSOR}
     * @param notBefore from when on it may be used
     * @param notAfter until when, exclusive
     * @param suites 1 to 16 suites, ascending, each once
     * @param sections at most 64 sections, ascending by suite and device, each pair once
     * @throws IllegalArgumentException if a value is outside its limits; the message says which
     */
    public BundleFields {
        suites = List.copyOf(suites);
        sections = List.copyOf(sections);
        String problem = problem(serial, predecessor, notBefore, notAfter, suites, sections);
        if (!problem.isEmpty()) {
            throw new IllegalArgumentException("key bundle: " + problem);
        }
    }

    /**
     * Signs and so completes the bundle.
     *
     * @param signer signs its argument under the label {@link Label#BUNDLE_SIGNATURE} with the identity
     * @return the bundle
     * @throws IllegalArgumentException if the bundle has more than {@link KeyBundle#MAX_SIZE} bytes, or the signature is not
     *     the identity's
     */
    public KeyBundle sign(UnaryOperator<Bytes> signer) {
        Bytes unsigned = encode();
        Bytes whole = Bytes.concat(unsigned, signer.apply(unsigned));
        try {
            KeyBundle bundle = KeyBundle.parse(whole);
            bundle.checkSigned(realm, username);
            return bundle;
        } catch (BundleException e) {
            throw new IllegalArgumentException("signing made an unusable bundle: " + e.getMessage(), e);
        }
    }

    /**
     * The history policy that the bundle states.
     *
     * @return the policy; {@link HistoryPolicy#KEEP} if none is stated, or one that {@link KeyBundle#check} refuses
     */
    public HistoryPolicy historyPolicy() {
        try {
            return statedPolicy();
        } catch (MalformedException e) {
            return HistoryPolicy.KEEP;
        }
    }

    HistoryPolicy statedPolicy() throws MalformedException {
        for (KeySection section : sections) {
            if (section.suite().equals(HistoryPolicy.SECTION)
                    && section.device().equals(DeviceId.ACCOUNT)) {
                return HistoryPolicy.read(section.key());
            }
        }
        return HistoryPolicy.KEEP;
    }

    Bytes encode() {
        try (BinaryWriter out = new BinaryWriter(Label.BUNDLE_HASH)) {
            out.u8(VERSION).raw(realm.value()).username(username).raw(identity.value());
            out.u64(serial).raw(predecessor).time(notBefore).time(notAfter);
            out.u8(suites.size());
            suites.forEach(suite -> out.u16(suite.code()));
            out.u8(sections.size());
            for (KeySection section : sections) {
                out.u16(section.suite().code()).raw(section.device().value()).bytes16(section.key());
            }
            return out.toBytes();
        }
    }

    static BundleFields read(BinaryReader in) throws MalformedException, BundleException {
        Realm realm = new Realm(in.raw("realm", Realm.SIZE));
        Username username = in.username("user name");
        Ed25519PublicKey identity = identity(in.raw("identity", Ed25519PublicKey.SIZE));
        long serial = in.u64("serial");
        Bytes predecessor = in.raw("predecessor", Sha256.SIZE);
        Instant notBefore = in.time("not-before");
        Instant notAfter = in.time("not-after");
        List<Suite> suites = suites(in);
        List<KeySection> sections = sections(in);
        String problem = problem(serial, predecessor, notBefore, notAfter, suites, sections);
        if (!problem.isEmpty()) {
            throw in.malformed(problem);
        }
        return new BundleFields(realm, username, identity, serial, predecessor, notBefore, notAfter, suites, sections);
    }

    private static Ed25519PublicKey identity(Bytes encoded) throws BundleException {
        try {
            return Ed25519PublicKey.parse(encoded);
        } catch (UnusableKeyException e) {
            throw new BundleException(BundleDefect.WEAK_IDENTITY, e);
        }
    }

    private static List<Suite> suites(BinaryReader in) throws MalformedException {
        int count = in.u8("number of suites", 1, MAX_SUITES);
        List<Suite> suites = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            suites.add(suite(in));
        }
        return suites;
    }

    private static List<KeySection> sections(BinaryReader in) throws MalformedException {
        int count = in.u8("number of sections", 0, MAX_SECTIONS);
        List<KeySection> sections = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            Suite suite = suite(in);
            DeviceId device = new DeviceId(in.raw("device", DeviceId.SIZE));
            sections.add(new KeySection(suite, device, in.bytes16("key", KeySection.MAX_SIZE)));
        }
        return sections;
    }

    private static Suite suite(BinaryReader in) throws MalformedException {
        int code = in.u16("suite");
        if (code == 0) {
            throw in.malformed("suite 0");
        }
        return new Suite(code);
    }

    private static String problem(
            long serial,
            Bytes predecessor,
            Instant notBefore,
            Instant notAfter,
            List<Suite> suites,
            List<KeySection> sections) {
        if (serial < 1) {
            return "serial is " + serial + ", must be 1 or more";
        }
        if (predecessor.size() != Sha256.SIZE || predecessor.equals(NO_PREDECESSOR) != (serial == 1)) {
            return "the first bundle and no other is without predecessor";
        }
        if (!notAfter.isAfter(notBefore)) {
            return "it ends before it begins";
        }
        if (suites.isEmpty() || suites.size() > MAX_SUITES || !ascends(suites)) {
            return "the suites are not 1 to " + MAX_SUITES + " in ascending order";
        }
        if (sections.size() > MAX_SECTIONS || !ascends(sections)) {
            return "the sections are not at most " + MAX_SECTIONS + " in ascending order";
        }
        return "";
    }

    private static <T extends Comparable<T>> boolean ascends(List<T> values) {
        for (int i = 1; i < values.size(); i++) {
            if (values.get(i - 1).compareTo(values.get(i)) >= 0) {
                return false;
            }
        }
        return true;
    }
}
