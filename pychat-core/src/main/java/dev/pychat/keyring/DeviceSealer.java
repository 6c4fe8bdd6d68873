package dev.pychat.keyring;

import dev.pychat.crypto.open.Label;
import dev.pychat.crypto.secret.SealedBox;
import dev.pychat.crypto.secret.SecretBytes;
import dev.pychat.crypto.secret.UnsealException;
import dev.pychat.model.Bytes;
import java.security.SecureRandom;

/**
 * Seals what one device keeps for itself (drafts, epoch secrets, readable history) under its device key. Each record is a
 * {@link SealedBox} of its own, and opens only in the place that it was sealed for.
 *
 * <p>Thread-safe if its source of randomness is. Closing erases its copy of the key.
 */
public final class DeviceSealer implements AutoCloseable {

    private final SecretBytes key;
    private final SecureRandom random;

    /**
     * Makes one.
     *
     * @param key the device key, 32 bytes, which is copied
     * @param random the source of each box's salt
     */
    public DeviceSealer(SecretBytes key, SecureRandom random) {
        this.key = key.copy();
        this.random = random;
    }

    /**
     * Seals a record.
     *
     * @param purpose what kind of record it is
     * @param context what it belongs to, such as a conversation and a position; may be empty
     * @param plaintext the content, which is only read
     * @return the box
     * @throws IllegalStateException if this has been closed
     */
    public Bytes seal(Label purpose, Bytes context, byte[] plaintext) {
        return SealedBox.seal(purpose, key, context, plaintext, random);
    }

    /**
     * Opens a record.
     *
     * @param purpose what kind of record it should be
     * @param context what it should belong to
     * @param box the box
     * @return the content, the caller's own to erase
     * @throws UnsealException if another device sealed it, it belongs elsewhere, or it is damaged
     * @throws IllegalStateException if this has been closed
     */
    public byte[] open(Label purpose, Bytes context, Bytes box) throws UnsealException {
        return SealedBox.open(purpose, key, context, box);
    }

    @Override
    public void close() {
        key.close();
    }
}
