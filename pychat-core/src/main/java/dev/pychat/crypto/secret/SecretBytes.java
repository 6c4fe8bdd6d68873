package dev.pychat.crypto.secret;

import dev.pychat.crypto.open.HkdfSha256;
import dev.pychat.crypto.open.HmacSha256;
import dev.pychat.model.Bytes;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Objects;

/**
 * Secret bytes with an owner, who closes them; closing erases them. They show in no {@code toString}, are compared in
 * constant time and are read only inside {@link #reveal(Reader)}, which hands out a copy and erases it afterwards.
 *
 * <p>Thread-safe. Any use after closing is a bug of the caller and throws {@link IllegalStateException}.
 */
public final class SecretBytes implements AutoCloseable {

    /**
     * Something that reads secret bytes.
     *
     * @param <T> what it makes of them
     * @param <X> what it may throw
     */
    @FunctionalInterface
    public interface Reader<T, X extends Exception> {
        /**
         * Reads.
         *
         * @param secret a copy, which is erased when this returns: it must not be kept or returned
         * @return what became of it
         * @throws X as it likes
         */
        T read(byte[] secret) throws X;
    }

    private final byte[] secret;
    private boolean erased;

    private SecretBytes(byte[] secret) {
        this.secret = secret;
    }

    /**
     * Takes an array over. The caller gives it up.
     *
     * @param owned the array, from now on this object's own, to be erased with it
     * @return the secret
     */
    public static SecretBytes adopt(byte[] owned) {
        return new SecretBytes(owned);
    }

    /**
     * Copies an array.
     *
     * @param source the bytes, which stay the caller's to erase
     * @return the secret
     */
    public static SecretBytes copyOf(byte[] source) {
        return new SecretBytes(source.clone());
    }

    /**
     * Draws a secret.
     *
     * @param random the source
     * @param size how many bytes
     * @return fresh random bytes
     */
    public static SecretBytes random(SecureRandom random, int size) {
        byte[] drawn = new byte[size];
        random.nextBytes(drawn);
        return new SecretBytes(drawn);
    }

    /**
     * The length, which is no secret.
     *
     * @return how many bytes there are
     */
    public int size() {
        return secret.length;
    }

    /**
     * Lets somebody read the bytes.
     *
     * @param <T> what the reader makes of them
     * @param <X> what the reader may throw
     * @param reader gets a copy, which is erased when it returns
     * @return what the reader returned
     * @throws X what the reader threw
     * @throws IllegalStateException if the secret has been erased
     */
    public <T, X extends Exception> T reveal(Reader<T, X> reader) throws X {
        byte[] copy = toArray();
        try {
            return reader.read(copy);
        } finally {
            Arrays.fill(copy, (byte) 0);
        }
    }

    /**
     * A second owner's copy.
     *
     * @return an equal secret that is closed on its own
     * @throws IllegalStateException if this secret has been erased
     */
    public SecretBytes copy() {
        return new SecretBytes(toArray());
    }

    /**
     * A part as a secret of its own.
     *
     * @param from the index of its first byte
     * @param length how many bytes
     * @return a copy of the part, to be closed on its own
     * @throws IndexOutOfBoundsException if the part does not lie inside
     * @throws IllegalStateException if this secret has been erased
     */
    public SecretBytes slice(int from, int length) {
        Objects.checkFromIndexSize(from, length, secret.length);
        return reveal(all -> new SecretBytes(Arrays.copyOfRange(all, from, from + length)));
    }

    /**
     * HMAC-SHA-256 under this key.
     *
     * @param parts the message, in parts
     * @return the tag, itself a secret of 32 bytes
     * @throws IllegalStateException if this secret has been erased
     */
    public SecretBytes hmac(byte[]... parts) {
        return reveal(key -> new SecretBytes(HmacSha256.tag(key, parts)));
    }

    /**
     * HKDF-Expand with this as the pseudorandom key.
     *
     * @param info what the output is for; begins with a label
     * @param size how many bytes
     * @return the derived secret
     * @throws IllegalArgumentException if this has fewer than 32 bytes
     * @throws IllegalStateException if this secret has been erased
     */
    public SecretBytes expand(Bytes info, int size) {
        return reveal(key -> new SecretBytes(HkdfSha256.expand(key, info, size)));
    }

    /**
     * HKDF with this as the input keying material.
     *
     * @param salt the salt; empty stands for 32 zero bytes
     * @param info what the output is for; begins with a label
     * @param size how many bytes
     * @return the derived secret
     * @throws IllegalStateException if this secret has been erased
     */
    public SecretBytes derive(Bytes salt, Bytes info, int size) {
        return reveal(input -> new SecretBytes(HkdfSha256.derive(salt, input, info, size)));
    }

    /**
     * Whether the bytes are gone.
     *
     * @return true once this has been closed
     */
    public synchronized boolean isErased() {
        return erased;
    }

    /** Erases the bytes. Closing again does nothing. */
    @Override
    public synchronized void close() {
        Arrays.fill(secret, (byte) 0);
        erased = true;
    }

    /** Compares contents in a time that depends on the lengths alone. An erased secret equals only itself. */
    @Override
    public boolean equals(Object other) {
        if (this == other) {
            return true;
        }
        return other instanceof SecretBytes that
                && !isErased()
                && !that.isErased()
                && reveal(mine -> that.reveal(theirs -> MessageDigest.isEqual(mine, theirs)));
    }

    /** The same for all secrets of one length, so that it tells nothing. */
    @Override
    public int hashCode() {
        return secret.length;
    }

    /** The length only. */
    @Override
    public String toString() {
        return isErased() ? "erased secret" : "secret of " + secret.length + " bytes";
    }

    private synchronized byte[] toArray() {
        if (erased) {
            throw new IllegalStateException("this secret has been erased");
        }
        return secret.clone();
    }
}
