package dev.pychat.crypto.open;

import dev.pychat.model.Bytes;
import java.util.Arrays;
import javax.crypto.Mac;

/** HKDF with SHA-256 (RFC 5869). Thread-safe. */
public final class HkdfSha256 {

    /** The most bytes that one expansion gives: 255 blocks. */
    public static final int MAX_OUTPUT = 255 * HmacSha256.SIZE;

    private HkdfSha256() {}

    /**
     * HKDF-Extract.
     *
     * @param salt the salt; empty stands for 32 zero bytes
     * @param input the input keying material, which is only read
     * @return the pseudorandom key, 32 bytes that are the caller's own to erase
     */
    public static byte[] extract(Bytes salt, byte[] input) {
        return HmacSha256.tag(salt.toArray(), input);
    }

    /**
     * HKDF-Expand.
     *
     * @param key the pseudorandom key, at least 32 bytes; it is only read
     * @param info what the output is for
     * @param size how many bytes, 1 to {@link #MAX_OUTPUT}
     * @return the output, which is the caller's own to erase
     * @throws IllegalArgumentException if {@code key} or {@code size} is outside its limits
     */
    public static byte[] expand(byte[] key, Bytes info, int size) {
        if (key.length < HmacSha256.SIZE) {
            throw new IllegalArgumentException("the key has " + key.length + " bytes, must have at least 32");
        }
        if (size < 1 || size > MAX_OUTPUT) {
            throw new IllegalArgumentException("asked for " + size + " bytes, allowed are 1 to " + MAX_OUTPUT);
        }
        byte[] context = info.toArray();
        byte[] output = new byte[size];
        byte[] block = new byte[0];
        Mac mac = HmacSha256.keyed(key);
        for (int done = 0, counter = 1; done < size; counter++) {
            byte[] next = HmacSha256.tag(mac, block, context, new byte[] {(byte) counter});
            Arrays.fill(block, (byte) 0);
            block = next;
            int taken = Math.min(block.length, size - done);
            System.arraycopy(block, 0, output, done, taken);
            done += taken;
        }
        Arrays.fill(block, (byte) 0);
        return output;
    }

    /**
     * HKDF-Extract, then HKDF-Expand.
     *
     * @param salt the salt; empty stands for 32 zero bytes
     * @param input the input keying material, which is only read
     * @param info what the output is for
     * @param size how many bytes, 1 to {@link #MAX_OUTPUT}
     * @return the output, which is the caller's own to erase
     * @throws IllegalArgumentException if {@code size} is outside its limits
     */
    public static byte[] derive(Bytes salt, byte[] input, Bytes info, int size) {
        byte[] key = extract(salt, input);
        try {
            return expand(key, info, size);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }
}
