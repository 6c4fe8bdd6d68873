package dev.pychat.keyring;

import dev.pychat.crypto.open.BinaryReader;
import dev.pychat.crypto.open.BinaryWriter;
import dev.pychat.crypto.open.Label;
import dev.pychat.crypto.open.MalformedException;
import dev.pychat.crypto.open.PasswordCost;
import dev.pychat.crypto.secret.PasswordKeys;
import dev.pychat.key.KeyBundle;
import dev.pychat.model.Bytes;
import dev.pychat.model.Realm;
import dev.pychat.model.Username;

/**
 * What stands in clear before a sealed keyring: whose it is, and how its key is made of the passphrase. It is authenticated
 * together with the content, so an altered one opens nothing.
 *
 * <p>Immutable and thread-safe.
 *
 * @param realm the server's realm
 * @param username the account
 * @param salt the account's salt for the passphrase, 32 bytes
 * @param cost the account's cost of a passphrase
 */
public record KeyringHeader(Realm realm, Username username, Bytes salt, PasswordCost cost) {

    /** The version that knew no ML-KEM keys. */
    static final int WITHOUT_KEM_KEYS = 1;

    /** The version that knew no ML-KEM keys but those of this device. */
    static final int WITHOUT_VAULTED_KEYS = 2;

    /** The version that knew of no device but this one, and noted nothing of its keys. */
    static final int WITHOUT_DEVICES = 3;

    private static final int VERSION = 4;

    /**
     * Checks the size of the salt.
     *
     * @param realm the server's realm
     * @param username the account
     * @param salt the account's salt for the passphrase, 32 bytes
     * @param cost the account's cost of a passphrase
     * @throws IllegalArgumentException if it has another size
     */
    public KeyringHeader {
        if (salt.size() != PasswordKeys.SALT_SIZE) {
            throw new IllegalArgumentException("the salt has " + salt.size() + " bytes, must have 32");
        }
    }

    /**
     * Reads the header of a sealed keyring, which needs no key.
     *
     * @param sealed the sealed keyring
     * @return what stands before it; not to be believed before the keyring has been opened
     * @throws UnreadableException if it is not the beginning of a keyring, or a newer program wrote it
     */
    public static KeyringHeader read(Bytes sealed) throws UnreadableException {
        return read(new BinaryReader("keyring", sealed));
    }

    static KeyringHeader read(BinaryReader in) throws UnreadableException {
        try {
            in.expect(Label.KEYRING);
            int version = in.u8("version");
            if (version < WITHOUT_KEM_KEYS || version > VERSION) {
                throw new UnreadableException(
                        UnreadableException.Reason.NEWER_VERSION,
                        "this keyring has format " + version + ", this program knows up to format " + VERSION);
            }
            Realm realm = new Realm(in.raw("realm", Realm.SIZE));
            Username username = in.username("user name");
            Bytes salt = in.raw("salt", PasswordKeys.SALT_SIZE);
            return new KeyringHeader(realm, username, salt, cost(in));
        } catch (MalformedException e) {
            throw new UnreadableException(
                    UnreadableException.Reason.DAMAGED, "this is no keyring or a damaged one: " + e.getMessage(), e);
        }
    }

    /** The version in a header that has been read. */
    static int version(Bytes header) {
        return header.at(Label.KEYRING.bytes().size());
    }

    void requireOwn(KeyBundle bundle) {
        if (!bundle.fields().realm().equals(realm)
                || !bundle.fields().username().equals(username)) {
            throw new IllegalArgumentException(bundle + " is no bundle of " + username);
        }
    }

    Bytes encode() {
        try (BinaryWriter out = new BinaryWriter(Label.KEYRING)) {
            out.u8(VERSION).raw(realm.value()).username(username).raw(salt);
            out.u32(cost.memoryKiB()).u8(cost.iterations()).u8(cost.parallelism());
            return out.toBytes();
        }
    }

    private static PasswordCost cost(BinaryReader in) throws MalformedException {
        long memory = in.u32("memory");
        int iterations = in.u8("iterations");
        int parallelism = in.u8("parallelism");
        try {
            return new PasswordCost((int) Math.min(memory, Integer.MAX_VALUE), iterations, parallelism);
        } catch (IllegalArgumentException e) {
            throw in.malformed(e.getMessage() == null ? "password cost" : e.getMessage());
        }
    }
}
