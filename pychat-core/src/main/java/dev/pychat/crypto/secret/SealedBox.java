package dev.pychat.crypto.secret;

import dev.pychat.crypto.open.BinaryWriter;
import dev.pychat.crypto.open.HmacSha256;
import dev.pychat.crypto.open.Label;
import dev.pychat.model.Bytes;
import java.security.SecureRandom;

/**
 * The form of everything that is kept encrypted: keyrings, vaults, drafts, caches, exports. One long-lived key seals any
 * number of boxes, because 32 random bytes give each box a key, a nonce and a commitment of its own:
 *
 * <pre>
 * key(32) | nonce(12) | commitment(32) = HKDF(key, salt, info)
 * info = label "sealed box" | label of the purpose | u32 length | context
 * box  = salt(32) | commitment(32) | AES-256-GCM(key, nonce, aad = info, plaintext)
 * </pre>
 *
 * <p>The commitment is compared first, so that a box opens under one key only and a wrong key is told from damage.
 * Thread-safe.
 */
public final class SealedBox {

    /** How many bytes a box is larger than its plaintext. */
    public static final int OVERHEAD = 32 + 32 + AesGcm.TAG_SIZE;

    private static final int SALT_SIZE = 32;
    private static final int COMMITMENT_SIZE = 32;
    private static final int HEAD_SIZE = SALT_SIZE + COMMITMENT_SIZE;

    private SealedBox() {}

    /**
     * Seals.
     *
     * @param purpose what kind of thing is inside
     * @param key the long-lived key, at least 32 bytes
     * @param context what the box belongs to: it opens only with the same; may be empty
     * @param plaintext the content, which is only read
     * @param random the source of the box's salt
     * @return the box
     */
    public static Bytes seal(Label purpose, SecretBytes key, Bytes context, byte[] plaintext, SecureRandom random) {
        Bytes info = info(purpose, context);
        Bytes salt = Bytes.random(random, SALT_SIZE);
        try (Derived derived = Derived.of(key, salt, info)) {
            Bytes ciphertext = AesGcm.seal(derived.key, derived.nonce, info, plaintext);
            return Bytes.concat(salt, derived.commitment, ciphertext);
        }
    }

    /**
     * Opens.
     *
     * @param purpose what kind of thing should be inside
     * @param key the long-lived key
     * @param context what the box should belong to
     * @param box what should be a box; anything at all may be given
     * @return the content, the caller's own to erase
     * @throws UnsealException if the key, purpose or context is another one, or the box is damaged
     */
    public static byte[] open(Label purpose, SecretBytes key, Bytes context, Bytes box) throws UnsealException {
        if (box.size() < OVERHEAD) {
            throw new UnsealException(UnsealException.Reason.DAMAGED);
        }
        Bytes info = info(purpose, context);
        try (Derived derived = Derived.of(key, box.slice(0, SALT_SIZE), info)) {
            if (!HmacSha256.same(derived.commitment, box.slice(SALT_SIZE, COMMITMENT_SIZE))) {
                throw new UnsealException(UnsealException.Reason.WRONG_KEY);
            }
            return AesGcm.open(derived.key, derived.nonce, info, box.slice(HEAD_SIZE, box.size() - HEAD_SIZE));
        }
    }

    private static Bytes info(Label purpose, Bytes context) {
        try (BinaryWriter info = new BinaryWriter(Label.SEALED_BOX)) {
            return info.raw(purpose.bytes()).bytes32(context).toBytes();
        }
    }

    private record Derived(SecretBytes key, Bytes nonce, Bytes commitment) implements AutoCloseable {

        static Derived of(SecretBytes longLived, Bytes salt, Bytes info) {
            int nonceEnd = AesGcm.KEY_SIZE + AesGcm.NONCE_SIZE;
            try (SecretBytes all = longLived.derive(salt, info, nonceEnd + COMMITMENT_SIZE)) {
                return all.reveal(bytes -> new Derived(
                        all.slice(0, AesGcm.KEY_SIZE),
                        Bytes.copyOf(bytes, AesGcm.KEY_SIZE, AesGcm.NONCE_SIZE),
                        Bytes.copyOf(bytes, nonceEnd, COMMITMENT_SIZE)));
            }
        }

        @Override
        public void close() {
            key.close();
        }
    }
}
