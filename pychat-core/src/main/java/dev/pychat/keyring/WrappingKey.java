package dev.pychat.keyring;

import dev.pychat.crypto.secret.RsaPrivateKey;
import dev.pychat.key.KeyId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * A key pair to which others wrap epoch secrets, and when it was made.
 *
 * <p>Immutable and thread-safe.
 */
public final class WrappingKey {

    private final RsaPrivateKey key;
    private final KeyId id;
    private final Instant created;

    /**
     * Names a key pair.
     *
     * @param key the private half, which knows its public one
     * @param created when it was made; kept to the millisecond
     */
    public WrappingKey(RsaPrivateKey key, Instant created) {
        this.key = key;
        this.id = KeyId.of(key.publicKey());
        this.created = created.truncatedTo(ChronoUnit.MILLIS);
    }

    /**
     * The key pair.
     *
     * @return the private half, which knows its public one
     */
    public RsaPrivateKey key() {
        return key;
    }

    /**
     * What names it in a wrap.
     *
     * @return the id of its public half
     */
    public KeyId id() {
        return id;
    }

    /**
     * When it was made.
     *
     * @return the moment, to the millisecond
     */
    public Instant created() {
        return created;
    }

    @Override
    public String toString() {
        return "wrapping key " + id;
    }
}
