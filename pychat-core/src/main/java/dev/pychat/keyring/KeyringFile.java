package dev.pychat.keyring;

import dev.pychat.crypto.open.BinaryReader;
import dev.pychat.crypto.open.BinaryWriter;
import dev.pychat.crypto.open.Ed25519PublicKey;
import dev.pychat.crypto.open.KeyPolicy;
import dev.pychat.crypto.open.Label;
import dev.pychat.crypto.open.MalformedException;
import dev.pychat.crypto.open.Sha256;
import dev.pychat.crypto.open.UnusableKeyException;
import dev.pychat.crypto.secret.Ed25519PrivateKey;
import dev.pychat.crypto.secret.RsaPrivateKey;
import dev.pychat.crypto.secret.SealedBox;
import dev.pychat.crypto.secret.SecretBytes;
import dev.pychat.crypto.secret.UnsealException;
import dev.pychat.key.BundleException;
import dev.pychat.key.KeyBundle;
import dev.pychat.keyring.UnreadableException.Reason;
import dev.pychat.model.Bytes;
import dev.pychat.model.DeviceId;
import dev.pychat.model.PychatException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The sealed form of a keyring:
 *
 * <pre>
 * file    = header | sealed box (purpose "keyring", context = header) of content
 * header  = label "keyring" | u8 version = 4 | realm(16) | u8 length, user name | salt(32)
 *             | u32 memory KiB | u8 iterations | u8 parallelism
 * content = device(16) | device key(32) | identity seed(32)
 *             | u8 n, n times (past identity(32) | u64 retired) | u8 m, m times (u64 created | u16 length, PKCS #8)
 *             | u16 length, bundle (0 = none) | u64 vault version | vault hash(32) | ML-KEM keys
 *             | ML-KEM keys of the account's other devices | u64 first serial of suite 2 (0 = none)
 *             | the account's devices | notes
 * </pre>
 *
 * <p>Versions 1, 2 and 3, which are still read, end before the ML-KEM keys, before those of other devices, and before the devices.
 */
final class KeyringFile {

    private static final int KEY_SIZE = 32;
    private static final int MAX_PKCS8_SIZE = 4096;

    private KeyringFile() {}

    static Bytes seal(KeyringHeader header, KeyringContent content, SecretBytes key, SecureRandom random) {
        Bytes clear = header.encode();
        try (BinaryWriter out = new BinaryWriter()) {
            write(content, out);
            byte[] plaintext = out.toArray();
            try {
                return Bytes.concat(clear, SealedBox.seal(Label.KEYRING, key, clear, plaintext, random));
            } finally {
                Arrays.fill(plaintext, (byte) 0);
            }
        }
    }

    static Keyring open(SecretBytes key, Bytes sealed, KeyPolicy policy) throws UnreadableException {
        BinaryReader in = new BinaryReader("keyring", sealed);
        KeyringHeader header = KeyringHeader.read(in);
        Bytes clear = sealed.slice(0, in.position());
        byte[] plaintext = unseal(key, clear, sealed.slice(in.position(), in.remaining()));
        try {
            return new Keyring(
                    header,
                    read(new BinaryReader("keyring", Bytes.adopt(plaintext)), KeyringHeader.version(clear), policy));
        } catch (UnusableKeyException e) {
            throw new UnreadableException(Reason.DAMAGED, "this keyring cannot be used: " + e.getMessage(), e);
        } catch (PychatException | IllegalArgumentException e) {
            // The box was authentic, so its writer was wrong; and its content is secret, so no cause goes along.
            throw new UnreadableException(Reason.DAMAGED, "this keyring was sealed with a content that makes no sense");
        } finally {
            Arrays.fill(plaintext, (byte) 0);
        }
    }

    private static byte[] unseal(SecretBytes key, Bytes clear, Bytes box) throws UnreadableException {
        try {
            return SealedBox.open(Label.KEYRING, key, clear, box);
        } catch (UnsealException e) {
            boolean wrongKey = e.reason() == UnsealException.Reason.WRONG_KEY;
            throw new UnreadableException(
                    wrongKey ? Reason.WRONG_KEY : Reason.DAMAGED, "this keyring is " + e.getMessage(), e);
        }
    }

    private static void write(KeyringContent content, BinaryWriter out) {
        out.raw(content.device().value());
        writeSecret(content.deviceKey().copy(), out);
        writeSecret(content.identity().seed(), out);
        out.u8(content.pastIdentities().size());
        content.pastIdentities().forEach(past -> out.raw(past.key().value()).time(past.retired()));
        out.u8(content.wrappingKeys().size());
        for (WrappingKey each : content.wrappingKeys()) {
            SecretBytes pkcs8 = each.key().pkcs8();
            out.time(each.created()).u16(pkcs8.size());
            writeSecret(pkcs8, out);
        }
        out.bytes16(content.bundle().map(KeyBundle::bytes).orElse(Bytes.EMPTY));
        out.u64(content.seenVault().version()).raw(content.seenVault().hash());
        content.kemKeys().write(out);
        content.vaulted().write(out);
        out.u64(content.hybridSince());
        content.devices().write(out);
        content.notes().write(out);
    }

    private static void writeSecret(SecretBytes secret, BinaryWriter out) {
        try (secret) {
            secret.reveal(out::raw);
        }
    }

    private static KeyringContent read(BinaryReader in, int version, KeyPolicy policy) throws PychatException {
        DeviceId device = new DeviceId(kept(in.raw("device", DeviceId.SIZE)));
        SecretBytes deviceKey = SecretBytes.adopt(in.raw("device key", KEY_SIZE).toArray());
        Identity identity;
        try (SecretBytes seed = SecretBytes.adopt(
                in.raw("identity", Ed25519PrivateKey.SEED_SIZE).toArray())) {
            identity = Identity.ofSeed(seed);
        }
        List<PastIdentity> past = readPast(in);
        List<WrappingKey> keys = readKeys(in, policy);
        Optional<KeyBundle> bundle = readBundle(in);
        SeenVault vault = new SeenVault(in.u64("vault version"), kept(in.raw("vault hash", Sha256.SIZE)));
        KemKeys kemKeys = version == KeyringHeader.WITHOUT_KEM_KEYS ? KemKeys.NONE : KemKeys.read(in);
        boolean whole = version > KeyringHeader.WITHOUT_VAULTED_KEYS;
        VaultedKemKeys vaulted = whole ? VaultedKemKeys.read(in) : VaultedKemKeys.none();
        long hybridSince = whole ? in.u64("first serial of suite 2") : KeyringContent.hybridSince(bundle);
        boolean newest = version > KeyringHeader.WITHOUT_DEVICES;
        AccountDevices devices = newest ? AccountDevices.read(in) : AccountDevices.of(device);
        KeyNotes notes = newest ? KeyNotes.read(in) : KeyNotes.NONE;
        in.end();
        return new KeyringContent(
                device, deviceKey, identity, past, keys, bundle, vault, kemKeys, vaulted, hybridSince, devices, notes);
    }

    private static List<PastIdentity> readPast(BinaryReader in) throws MalformedException, UnusableKeyException {
        int count = in.u8("number of past identities", 0, KeyringContent.MAX_PAST_IDENTITIES);
        List<PastIdentity> past = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            Bytes key = kept(in.raw("past identity", Ed25519PublicKey.SIZE));
            past.add(new PastIdentity(Ed25519PublicKey.parse(key), in.time("retired")));
        }
        return past;
    }

    private static List<WrappingKey> readKeys(BinaryReader in, KeyPolicy policy)
            throws MalformedException, UnusableKeyException {
        int count = in.u8("number of wrapping keys", 1, KeyringContent.MAX_WRAPPING_KEYS);
        List<WrappingKey> keys = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            Instant created = in.time("created");
            byte[] pkcs8 = in.bytes16("wrapping key", MAX_PKCS8_SIZE).toArray();
            try (SecretBytes secret = SecretBytes.adopt(pkcs8)) {
                keys.add(new WrappingKey(RsaPrivateKey.parse(secret, policy), created));
            }
        }
        return keys;
    }

    private static Optional<KeyBundle> readBundle(BinaryReader in) throws MalformedException, BundleException {
        Bytes bundle = kept(in.bytes16("bundle", KeyBundle.MAX_SIZE));
        return bundle.isEmpty() ? Optional.empty() : Optional.of(KeyBundle.parse(bundle));
    }

    /** Public bytes out of a plaintext that is about to be erased. */
    private static Bytes kept(Bytes part) {
        return Bytes.adopt(part.toArray());
    }
}
