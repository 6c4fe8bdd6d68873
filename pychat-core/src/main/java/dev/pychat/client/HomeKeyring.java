package dev.pychat.client;

import dev.pychat.crypto.open.BinaryReader;
import dev.pychat.crypto.open.BinaryWriter;
import dev.pychat.crypto.open.KeyPolicy;
import dev.pychat.crypto.open.Label;
import dev.pychat.crypto.open.MalformedException;
import dev.pychat.crypto.secret.RecoverySecret;
import dev.pychat.crypto.secret.SealedBox;
import dev.pychat.crypto.secret.SecretBytes;
import dev.pychat.crypto.secret.UnsealException;
import dev.pychat.keyring.Keyring;
import dev.pychat.keyring.KeyringHeader;
import dev.pychat.keyring.UnreadableException;
import dev.pychat.keyring.UnreadableException.Reason;
import dev.pychat.model.Bytes;
import dev.pychat.store.KeyringStore;
import dev.pychat.store.StoreRefusedException;
import java.security.SecureRandom;
import java.util.Optional;

/**
 * A keyring as a device keeps it: sealed, and where the account has a recovery secret that secret beside it, sealed under the same key
 * (ENVELOPE.md, section 14.2). Immutable.
 *
 * @param keyring the sealed keyring
 * @param recovery the box with the recovery secret; empty if the account has none
 */
record HomeKeyring(Bytes keyring, Bytes recovery) {

    private static final Bytes WITH_RECOVERY = Label.KEYRING_RECOVERY.bytes();
    private static final int MAX_BOX = 1024;

    static HomeKeyring seal(Keyring keyring, Secrets secrets, SecureRandom random) {
        Bytes sealed = keyring.seal(secrets.homeKey(), random);
        Bytes box = secrets.recovery()
                .map(secret -> seal(secret, secrets.homeKey(), keyring, random))
                .orElse(Bytes.EMPTY);
        return new HomeKeyring(sealed, box);
    }

    private static Bytes seal(RecoverySecret secret, SecretBytes homeKey, Keyring keyring, SecureRandom random) {
        try (SecretBytes bytes = secret.bytes()) {
            Bytes context = context(keyring.header());
            return bytes.reveal(raw -> SealedBox.seal(Label.RECOVERY_SECRET, homeKey, context, raw, random));
        }
    }

    /** Whose secret it is, and beside which salt of the passphrase. */
    private static Bytes context(KeyringHeader header) {
        try (BinaryWriter out = new BinaryWriter()) {
            out.raw(header.realm().value()).username(header.username());
            return out.raw(header.salt()).toBytes();
        }
    }

    static HomeKeyring read(Bytes document) throws StoreRefusedException {
        boolean both = document.size() > WITH_RECOVERY.size()
                && document.slice(0, WITH_RECOVERY.size()).equals(WITH_RECOVERY);
        if (!both) {
            return new HomeKeyring(document, Bytes.EMPTY);
        }
        BinaryReader in = new BinaryReader("keyring", document);
        try {
            in.raw("label", WITH_RECOVERY.size());
            Bytes keyring = in.bytes32("keyring", KeyringStore.MAX_SIZE);
            Bytes box = in.bytes16("recovery secret", MAX_BOX);
            in.end();
            return new HomeKeyring(keyring, box);
        } catch (MalformedException e) {
            throw new StoreRefusedException("the keyring of this device is damaged: " + e.getMessage(), e);
        }
    }

    Bytes document() {
        if (recovery.isEmpty()) {
            return keyring;
        }
        try (BinaryWriter out = new BinaryWriter()) {
            return out.raw(WITH_RECOVERY).bytes32(keyring).bytes16(recovery).toBytes();
        }
    }

    KeyringHeader header() throws UnreadableException {
        return KeyringHeader.read(keyring);
    }

    Keyring open(SecretBytes homeKey, KeyPolicy policy) throws UnreadableException {
        return Keyring.open(homeKey, keyring, policy);
    }

    /** The recovery secret, the caller's to close. */
    Optional<RecoverySecret> recovery(SecretBytes homeKey) throws UnreadableException {
        if (recovery.isEmpty()) {
            return Optional.empty();
        }
        try (SecretBytes raw =
                SecretBytes.adopt(SealedBox.open(Label.RECOVERY_SECRET, homeKey, context(header()), recovery))) {
            return Optional.of(RecoverySecret.of(raw));
        } catch (UnsealException | IllegalArgumentException e) {
            throw new UnreadableException(Reason.DAMAGED, "the recovery secret that this device keeps is damaged", e);
        }
    }
}
