package dev.pychat.crypto.open;

import dev.pychat.crypto.open.internal.ErasableKey;
import dev.pychat.crypto.open.internal.SunJce;
import dev.pychat.model.Bytes;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import javax.crypto.Mac;

/** HMAC with SHA-256 (RFC 2104) of the JDK. Thread-safe. */
public final class HmacSha256 {

    /** How many bytes a tag has. */
    public static final int SIZE = 32;

    private static final String ALGORITHM = "HmacSHA256";

    private HmacSha256() {}

    /**
     * Computes the tag of the concatenation of some parts.
     *
     * @param key the key, of any length; it is only read
     * @param parts the parts in order; without a length of their own
     * @return 32 bytes that are the caller's own to erase
     */
    public static byte[] tag(byte[] key, byte[]... parts) {
        return tag(keyed(key), parts);
    }

    /** The same with a key that serves for several tags, one after the other. */
    static byte[] tag(Mac mac, byte[]... parts) {
        for (byte[] part : parts) {
            mac.update(part);
        }
        return mac.doFinal();
    }

    /**
     * Compares two byte sequences in a time that does not tell where they differ.
     *
     * @param expected the one
     * @param given the other
     * @return whether they are equal
     */
    public static boolean same(Bytes expected, Bytes given) {
        return MessageDigest.isEqual(expected.toArray(), given.toArray());
    }

    static Mac keyed(byte[] key) {
        // HMAC pads a key with zeros, so the JDK's refusal of an empty one costs nothing but this line.
        try (ErasableKey erasable = new ErasableKey(ALGORITHM, key.length == 0 ? new byte[1] : key)) {
            Mac mac = SunJce.mac(ALGORITHM);
            mac.init(erasable);
            return mac;
        } catch (InvalidKeyException e) {
            throw new IllegalStateException("every Java runtime has HMAC-SHA-256", e);
        }
    }
}
