package dev.pychat.key;

import dev.pychat.crypto.open.BinaryReader;
import dev.pychat.crypto.open.BinaryWriter;
import dev.pychat.crypto.open.Ed25519PublicKey;
import dev.pychat.crypto.open.Label;
import dev.pychat.crypto.open.MalformedException;
import dev.pychat.crypto.open.MlKemPublicKey;
import dev.pychat.crypto.open.UnusableKeyException;
import dev.pychat.model.Bytes;
import dev.pychat.model.DeviceId;
import dev.pychat.model.Realm;
import dev.pychat.model.Username;
import java.util.function.UnaryOperator;

/**
 * An ML-KEM key of one device that serves one epoch, signed by the account's identity (ENVELOPE.md, section 5.1). There is no
 * way to one from outside but {@link #check}.
 *
 * <p>Immutable and thread-safe; equal when the bytes are.
 */
public final class OneTimeKey {

    /** The most bytes that one has. */
    public static final int MAX_SIZE = 8 * 1024 + 256;

    private static final int VERSION = 1;

    private final Bytes bytes;
    private final Owner owner;
    private final DeviceId device;
    private final long number;
    private final MlKemPublicKey key;

    private OneTimeKey(Bytes bytes, Owner owner, DeviceId device, long number, MlKemPublicKey key) {
        this.bytes = bytes;
        this.owner = owner;
        this.device = device;
        this.number = number;
        this.key = key;
    }

    /**
     * Makes one.
     *
     * @param owner the account's realm, name and identity
     * @param device the device whose key it is
     * @param number 1 for the first key of the device, then growing by one for ever
     * @param key the public half
     * @param signer signs its argument under the label {@link Label#ONE_TIME_KEY_SIGNATURE} with the identity
     * @return the signed key
     * @throws IllegalArgumentException if there is no such device or number
     */
    public static OneTimeKey sign(
            Owner owner, DeviceId device, long number, MlKemPublicKey key, UnaryOperator<Bytes> signer) {
        if (device.equals(DeviceId.ACCOUNT) || number < 1) {
            throw new IllegalArgumentException("one-time key " + number + " of device " + device
                    + "; the number must be 1 or more, and the device not all zero");
        }
        try (BinaryWriter out = new BinaryWriter(Label.ONE_TIME_KEY)) {
            out.u8(VERSION).u16(Suite.HYBRID.code()).raw(owner.realm().value()).username(owner.username());
            out.raw(owner.identity().value()).raw(device.value()).u64(number).bytes16(key.value());
            Bytes unsigned = out.toBytes();
            return new OneTimeKey(Bytes.concat(unsigned, signer.apply(unsigned)), owner, device, number, key);
        }
    }

    /**
     * Takes a key from outside. A sender that is refused one uses the device's last-resort key and reports the defect.
     *
     * @param bytes what should be a one-time key
     * @param bundle the checked bundle of the account it should belong to
     * @param device the device that it was asked for
     * @return the key
     * @throws BundleException with the first check of ENVELOPE.md, section 5.1, that fails
     */
    public static OneTimeKey check(Bytes bytes, CheckedBundle bundle, DeviceId device) throws BundleException {
        try {
            return read(BinaryReader.limited("one-time key", bytes, MAX_SIZE), bytes, bundle, device);
        } catch (MalformedException e) {
            throw BundleException.ofOneTimeKey(BundleDefect.MALFORMED, e);
        }
    }

    private static OneTimeKey read(BinaryReader in, Bytes bytes, CheckedBundle bundle, DeviceId device)
            throws MalformedException, BundleException {
        in.expect(Label.ONE_TIME_KEY);
        require(in.u8("version") == VERSION, BundleDefect.NEWER_VERSION);
        int suite = in.u16("suite");
        Realm realm = new Realm(in.raw("realm", Realm.SIZE));
        Username username = in.username("user name");
        Ed25519PublicKey identity = identity(in.raw("identity", Ed25519PublicKey.SIZE));
        DeviceId itsDevice = new DeviceId(in.raw("device", DeviceId.SIZE));
        long number = in.u64("number");
        Bytes key = in.bytes16("key", KeySection.MAX_SIZE);
        int signed = in.position();
        Bytes signature = in.raw("signature", Ed25519PublicKey.SIGNATURE_SIZE);
        in.end();
        if (number < 1 || itsDevice.equals(DeviceId.ACCOUNT)) {
            throw in.malformed("number " + number + ", device " + itsDevice);
        }
        require(realm.equals(bundle.bundle().fields().realm()), BundleDefect.WRONG_REALM);
        require(username.equals(bundle.bundle().fields().username()), BundleDefect.WRONG_NAME);
        require(itsDevice.equals(device), BundleDefect.WRONG_DEVICE);
        require(identity.equals(bundle.identity()), BundleDefect.IDENTITY_CHANGED);
        require(
                identity.verifies(Label.ONE_TIME_KEY_SIGNATURE, bytes.slice(0, signed), signature),
                BundleDefect.BAD_SIGNATURE);
        require(suite == Suite.HYBRID.code(), BundleDefect.NO_KNOWN_KEY);
        return new OneTimeKey(bytes, new Owner(realm, username, identity), itsDevice, number, usable(key));
    }

    private static Ed25519PublicKey identity(Bytes encoded) throws BundleException {
        try {
            return Ed25519PublicKey.parse(encoded);
        } catch (UnusableKeyException e) {
            throw BundleException.ofOneTimeKey(BundleDefect.WEAK_IDENTITY, e);
        }
    }

    private static MlKemPublicKey usable(Bytes encoded) throws BundleException {
        try {
            return MlKemPublicKey.parse(encoded);
        } catch (UnusableKeyException e) {
            throw BundleException.ofOneTimeKey(BundleDefect.WEAK_KEY, e);
        }
    }

    private static void require(boolean holds, BundleDefect defect) throws BundleException {
        if (!holds) {
            throw BundleException.ofOneTimeKey(defect);
        }
    }

    /**
     * The signed key as it is uploaded and handed out.
     *
     * @return all its bytes, the signature too
     */
    public Bytes bytes() {
        return bytes;
    }

    /**
     * The account whose key it is.
     *
     * @return its realm, name and identity
     */
    public Owner owner() {
        return owner;
    }

    /**
     * The device whose key it is.
     *
     * @return the device
     */
    public DeviceId device() {
        return device;
    }

    /**
     * Which of the device's keys it is.
     *
     * @return its number, from 1
     */
    public long number() {
        return number;
    }

    /**
     * What an epoch is wrapped to.
     *
     * @return the public half
     */
    public MlKemPublicKey key() {
        return key;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof OneTimeKey that && bytes.equals(that.bytes);
    }

    @Override
    public int hashCode() {
        return bytes.hashCode();
    }

    @Override
    public String toString() {
        return "one-time key " + number + " of device " + device;
    }

    /**
     * The account behind a one-time key. Immutable and thread-safe.
     *
     * @param realm the server's realm
     * @param username the account
     * @param identity the identity that signs
     */
    public record Owner(Realm realm, Username username, Ed25519PublicKey identity) {}
}
