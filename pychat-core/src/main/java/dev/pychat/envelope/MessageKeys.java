package dev.pychat.envelope;

import dev.pychat.crypto.open.Label;
import dev.pychat.crypto.open.Sha256;
import dev.pychat.crypto.secret.AesGcm;
import dev.pychat.crypto.secret.SecretBytes;
import dev.pychat.model.Bytes;
import java.security.SecureRandom;
import java.util.Arrays;

/**
 * What seals one message (ENVELOPE.md, section 7): key, nonce and commitment. Closing erases the key.
 *
 * @param key for AES-256-GCM
 * @param nonce 12 bytes
 * @param commitment 32 bytes, public
 */
record MessageKeys(SecretBytes key, Bytes nonce, Bytes commitment) implements AutoCloseable {

    private static final byte[] HEDGE = {3};
    private static final int FRESH = 32;
    private static final int COMMITMENT = 32;

    static MessageKeys derive(SecretBytes messageKey, Bytes hedge, Bytes aad) {
        Bytes info = Bytes.concat(Label.MESSAGE_KEYS.bytes(), Sha256.of(aad));
        int nonceEnd = AesGcm.KEY_SIZE + AesGcm.NONCE_SIZE;
        try (SecretBytes all = messageKey.derive(hedge, info, nonceEnd + COMMITMENT)) {
            return all.reveal(raw -> new MessageKeys(
                    all.slice(0, AesGcm.KEY_SIZE),
                    Bytes.copyOf(raw, AesGcm.KEY_SIZE, AesGcm.NONCE_SIZE),
                    Bytes.copyOf(raw, nonceEnd, COMMITMENT)));
        }
    }

    /** Binds fresh randomness and the plaintext into one value, so that a copied process can't repeat a key. */
    static Bytes hedge(SecretBytes messageKey, byte[] unsignedPlaintext, SecureRandom random) {
        byte[] fresh = new byte[FRESH];
        random.nextBytes(fresh);
        byte[] hash = Sha256.of(unsignedPlaintext).toArray();
        try (SecretBytes tag = messageKey.hmac(HEDGE, fresh, hash)) {
            return tag.reveal(raw -> Bytes.copyOf(raw, 0, EnvelopeParts.HEDGE));
        } finally {
            Arrays.fill(fresh, (byte) 0);
            Arrays.fill(hash, (byte) 0);
        }
    }

    @Override
    public void close() {
        key.close();
    }
}
