package dev.pychat.crypto;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;

/** A SecureRandom that repeats itself for the same seed on every JDK: SHA-256 over seed and counter. Tests only. */
public final class SeededRandom extends SecureRandom {

    private static final long serialVersionUID = 1L;

    private final long seed;
    private long counter;

    public SeededRandom(long seed) {
        super(null, null);
        this.seed = seed;
    }

    /** Draws something else from here on, such as a copied process does that has fresh randomness. */
    public synchronized void goOnFrom(long other) {
        counter = other;
    }

    @Override
    public synchronized void nextBytes(byte[] bytes) {
        for (int done = 0; done < bytes.length; ) {
            byte[] block = block();
            int taken = Math.min(block.length, bytes.length - done);
            System.arraycopy(block, 0, bytes, done, taken);
            done += taken;
        }
    }

    private byte[] block() {
        try {
            byte[] input =
                    ByteBuffer.allocate(16).putLong(seed).putLong(counter++).array();
            return MessageDigest.getInstance("SHA-256").digest(input);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
