package dev.pychat.crypto.open.internal;

import java.util.Arrays;
import javax.crypto.SecretKey;

/**
 * A raw key for the JDK's ciphers and MACs that, unlike {@code SecretKeySpec} on 17, can be erased. Confined to one thread.
 */
public final class ErasableKey implements SecretKey, AutoCloseable {

    private static final long serialVersionUID = 1L;

    /** The name of its algorithm. */
    private final String algorithm;

    private final transient byte[] key;

    /**
     * Copies a key.
     *
     * @param algorithm the name of its algorithm
     * @param key the bytes, which are copied
     */
    public ErasableKey(String algorithm, byte[] key) {
        this.algorithm = algorithm;
        this.key = key.clone();
    }

    @Override
    public String getAlgorithm() {
        return algorithm;
    }

    @Override
    public String getFormat() {
        return "RAW";
    }

    @Override
    public byte[] getEncoded() {
        return key.clone();
    }

    /** Erases the key. */
    @Override
    public void close() {
        Arrays.fill(key, (byte) 0);
    }
}
