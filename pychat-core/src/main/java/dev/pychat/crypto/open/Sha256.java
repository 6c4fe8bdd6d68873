package dev.pychat.crypto.open;

import dev.pychat.model.Bytes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA-256 (FIPS 180-4) of the JDK. Thread-safe. */
public final class Sha256 {

    /** How many bytes a hash has. */
    public static final int SIZE = 32;

    private Sha256() {}

    /**
     * Hashes the concatenation of some parts.
     *
     * @param parts the parts in order; without a length of their own
     * @return 32 bytes
     */
    public static Bytes of(Bytes... parts) {
        MessageDigest digest = digest();
        for (Bytes part : parts) {
            digest.update(part.toArray());
        }
        return Bytes.adopt(digest.digest());
    }

    /**
     * Hashes a label and then some parts.
     *
     * @param label what the hash is for
     * @param parts the parts in order; without a length of their own
     * @return 32 bytes
     */
    public static Bytes of(Label label, Bytes... parts) {
        MessageDigest digest = digest();
        digest.update(label.bytes().toArray());
        for (Bytes part : parts) {
            digest.update(part.toArray());
        }
        return Bytes.adopt(digest.digest());
    }

    /**
     * Hashes an array that may be secret.
     *
     * @param input the bytes, which are only read
     * @return 32 bytes
     */
    public static Bytes of(byte[] input) {
        return Bytes.adopt(digest().digest(input));
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
