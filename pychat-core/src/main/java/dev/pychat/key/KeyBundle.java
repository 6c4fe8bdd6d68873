package dev.pychat.key;

import dev.pychat.crypto.open.BinaryReader;
import dev.pychat.crypto.open.Ed25519PublicKey;
import dev.pychat.crypto.open.KeyPolicy;
import dev.pychat.crypto.open.Label;
import dev.pychat.crypto.open.MalformedException;
import dev.pychat.crypto.open.MlKemPublicKey;
import dev.pychat.crypto.open.RsaPublicKey;
import dev.pychat.crypto.open.Sha256;
import dev.pychat.crypto.open.UnusableKeyException;
import dev.pychat.model.Bytes;
import dev.pychat.model.DeviceId;
import dev.pychat.model.Realm;
import dev.pychat.model.Username;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A signed key bundle: which keys an account offers, from when to when, after which bundle. The bytes are kept and passed on
 * as they were received; nothing is ever written anew from what was read.
 *
 * <pre>
 * label "bundle hash" | u8 version = 1 | realm(16) | u8 length, user name | identity(32) | u64 serial
 *   | predecessor's hash(32) | u64 not-before | u64 not-after, milliseconds
 *   | u8 n, n times u16 suite | u8 m, m times (u16 suite | device(16) | u16 length, key)
 *   | signature(64) = Ed25519(label "bundle signature" | everything before)
 * </pre>
 *
 * <p>Parsing checks the form only. {@link #check} says whether the bundle may be used, and gives what a sender needs.
 * Immutable and thread-safe; equal when the bytes are.
 */
public final class KeyBundle {

    /** The most bytes of a bundle: 32 KiB. */
    public static final int MAX_SIZE = 32 * 1024;

    /** How far the clocks of two honest machines may differ. */
    public static final Duration CLOCK_TOLERANCE = Duration.ofHours(24);

    private final Bytes bytes;
    private final BundleFields fields;

    private KeyBundle(Bytes bytes, BundleFields fields) {
        this.bytes = bytes;
        this.fields = fields;
    }

    /**
     * Reads a bundle.
     *
     * @param bytes what should be one
     * @return the bundle, not yet checked
     * @throws BundleException if it is malformed, of an unknown version, or its identity is no usable key
     */
    public static KeyBundle parse(Bytes bytes) throws BundleException {
        try {
            BinaryReader in = BinaryReader.limited("key bundle", bytes, MAX_SIZE);
            in.expect(Label.BUNDLE_HASH);
            int version = in.u8("version");
            if (version != BundleFields.VERSION) {
                throw new BundleException(BundleDefect.NEWER_VERSION, "version " + version);
            }
            BundleFields fields = BundleFields.read(in);
            in.raw("signature", Ed25519PublicKey.SIGNATURE_SIZE);
            in.end();
            return new KeyBundle(bytes, fields);
        } catch (MalformedException e) {
            throw new BundleException(BundleDefect.MALFORMED, e);
        }
    }

    /**
     * Checks that the bundle is whom it should be of, and signed. This is what a server asks of it.
     *
     * @param realm the server's realm
     * @param username the account
     * @throws BundleException with {@code WRONG_REALM}, {@code WRONG_NAME} or {@code BAD_SIGNATURE}
     */
    public void checkSigned(Realm realm, Username username) throws BundleException {
        if (!fields.realm().equals(realm)) {
            throw new BundleException(BundleDefect.WRONG_REALM);
        }
        if (!fields.username().equals(username)) {
            throw new BundleException(BundleDefect.WRONG_NAME);
        }
        int signed = bytes.size() - Ed25519PublicKey.SIGNATURE_SIZE;
        Bytes signature = bytes.slice(signed, Ed25519PublicKey.SIGNATURE_SIZE);
        if (!fields.identity().verifies(Label.BUNDLE_SIGNATURE, bytes.slice(0, signed), signature)) {
            throw new BundleException(BundleDefect.BAD_SIGNATURE);
        }
    }

    /**
     * Checks that the bundle is whom it should be of, is signed, and offers a key that can be used.
     *
     * @param realm the server's realm
     * @param username the account
     * @param policy whether published test keys are refused, as they always are outside tests
     * @return the bundle with its keys
     * @throws BundleException with the reasons of {@link #checkSigned}, {@code NO_KNOWN_KEY}, {@code WEAK_KEY}, or
     *     {@code MALFORMED} if what it has of suite 2 is not of 1 to 8 devices, or the history policy is not one
     */
    public CheckedBundle check(Realm realm, Username username, KeyPolicy policy) throws BundleException {
        checkSigned(realm, username);
        if (!fields.suites().contains(Suite.RSA)) {
            throw new BundleException(BundleDefect.NO_KNOWN_KEY);
        }
        KeySection section =
                section(Suite.RSA, DeviceId.ACCOUNT).orElseThrow(() -> new BundleException(BundleDefect.NO_KNOWN_KEY));
        try {
            RsaPublicKey wrappingKey = RsaPublicKey.parse(section.key(), policy);
            CheckedBundle checked = new CheckedBundle(this, wrappingKey, devices(wrappingKey, policy));
            fields.statedPolicy();
            return checked;
        } catch (UnusableKeyException e) {
            throw new BundleException(BundleDefect.WEAK_KEY, e);
        } catch (MalformedException e) {
            throw new BundleException(BundleDefect.MALFORMED, e);
        }
    }

    /**
     * Checks that a new epoch may begin on this bundle. Old history needs no such check.
     *
     * @param now the present time; a clock behind by less than {@link #CLOCK_TOLERANCE} does no harm
     * @throws BundleException with {@code NOT_YET_VALID} or {@code BUNDLE_STALE}
     */
    public void checkTime(Instant now) throws BundleException {
        if (now.plus(CLOCK_TOLERANCE).isBefore(fields.notBefore())) {
            throw new BundleException(BundleDefect.NOT_YET_VALID, "before " + fields.notBefore());
        }
        if (!now.isBefore(fields.notAfter())) {
            throw new BundleException(BundleDefect.BUNDLE_STALE, "since " + fields.notAfter());
        }
    }

    /**
     * Checks that this is the bundle of an identity of which only the fingerprint is known.
     *
     * @param expected the fingerprint
     * @throws BundleException with {@code IDENTITY_CHANGED}
     */
    public void checkIdentity(Fingerprint expected) throws BundleException {
        if (!Fingerprint.of(fields.identity()).equals(expected)) {
            throw new BundleException(BundleDefect.IDENTITY_CHANGED, "this account has written to " + expected);
        }
    }

    /**
     * Checks that this bundle may come after one already seen, or is that one.
     *
     * @param previous the bundle with the highest serial seen so far of this account
     * @throws BundleException with {@code IDENTITY_CHANGED}, {@code SERIAL_WENT_BACK}, {@code BUNDLE_FORKED} or
     *     {@code WRONG_PREDECESSOR}
     */
    public void checkSucceeds(KeyBundle previous) throws BundleException {
        checkSucceeds(previous.fields.identity(), BundleMark.of(previous));
    }

    /**
     * Checks the same where of the bundle already seen no more is known than this.
     *
     * @param identity the identity that is pinned for the account
     * @param previous the mark of the bundle with the highest serial seen so far of this identity
     * @throws BundleException with {@code IDENTITY_CHANGED}, {@code SERIAL_WENT_BACK}, {@code BUNDLE_FORKED} or
     *     {@code WRONG_PREDECESSOR}
     */
    public void checkSucceeds(Ed25519PublicKey identity, BundleMark previous) throws BundleException {
        if (!fields.identity().equals(identity)) {
            throw new BundleException(BundleDefect.IDENTITY_CHANGED);
        }
        if (fields.serial() < previous.serial()) {
            throw new BundleException(BundleDefect.SERIAL_WENT_BACK, fields.serial() + " after " + previous.serial());
        }
        if (fields.serial() == previous.serial() && !hash().equals(previous.hash())) {
            throw new BundleException(BundleDefect.BUNDLE_FORKED, "serial " + fields.serial());
        }
        boolean follows = fields.serial() == previous.serial() + 1;
        if (follows && !fields.predecessor().equals(previous.hash())) {
            throw new BundleException(BundleDefect.WRONG_PREDECESSOR);
        }
    }

    /**
     * What the bundle says.
     *
     * @return its fields, of which only those of a checked bundle are to be believed
     */
    public BundleFields fields() {
        return fields;
    }

    /**
     * The bundle as it was received.
     *
     * @return all its bytes, the signature too
     */
    public Bytes bytes() {
        return bytes;
    }

    /**
     * The best that the bundle lists.
     *
     * @return the highest of its suites that is known here; {@link Suite#RSA} if none is
     */
    public Suite suite() {
        return fields.suites().stream()
                .filter(Suite::isKnown)
                .max(Suite::compareTo)
                .orElse(Suite.RSA);
    }

    /**
     * The history policy that the bundle states.
     *
     * @return the policy, of which only that of a checked bundle is to be believed; {@link HistoryPolicy#KEEP} if none is stated
     */
    public HistoryPolicy historyPolicy() {
        return fields.historyPolicy();
    }

    /**
     * What names the bundle in its successor and in epoch headers.
     *
     * @return the SHA-256 of all its bytes, which begin with the label
     */
    public Bytes hash() {
        return Sha256.of(bytes);
    }

    private List<DeviceKeys> devices(RsaPublicKey ofTheAccount, KeyPolicy policy)
            throws BundleException, UnusableKeyException {
        if (!fields.suites().contains(Suite.HYBRID)) {
            return List.of();
        }
        List<KeySection> sections = fields.sections().stream()
                .filter(each -> each.suite().equals(Suite.HYBRID))
                .toList();
        if (sections.isEmpty()) {
            throw new BundleException(BundleDefect.NO_KNOWN_KEY);
        }
        if (sections.size() > DeviceKeys.MAX_DEVICES
                || sections.stream().anyMatch(each -> each.device().equals(DeviceId.ACCOUNT))) {
            throw new BundleException(
                    BundleDefect.MALFORMED, "suite 2 is for 1 to " + DeviceKeys.MAX_DEVICES + " devices");
        }
        List<DeviceKeys> devices = new ArrayList<>();
        for (KeySection section : sections) {
            Optional<KeySection> own = section(Suite.RSA, section.device());
            RsaPublicKey wrapping =
                    own.isPresent() ? RsaPublicKey.parse(own.get().key(), policy) : ofTheAccount;
            devices.add(new DeviceKeys(section.device(), wrapping, MlKemPublicKey.parse(section.key())));
        }
        return devices;
    }

    private Optional<KeySection> section(Suite suite, DeviceId device) {
        return fields.sections().stream()
                .filter(each -> each.suite().equals(suite) && each.device().equals(device))
                .findAny();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof KeyBundle that && bytes.equals(that.bytes);
    }

    @Override
    public int hashCode() {
        return bytes.hashCode();
    }

    @Override
    public String toString() {
        return "bundle " + fields.serial() + " of " + fields.username();
    }
}
