package dev.pychat.keyring;

import dev.pychat.crypto.open.BinaryReader;
import dev.pychat.crypto.open.BinaryWriter;
import dev.pychat.crypto.open.MalformedException;
import dev.pychat.crypto.open.Sha256;
import dev.pychat.crypto.secret.MlKemPrivateKey;
import dev.pychat.crypto.secret.SecretBytes;
import dev.pychat.key.KeyId;
import dev.pychat.model.Bytes;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * An ML-KEM key of this device, last-resort or one-time, as its seed.
 *
 * <p>Immutable but for closing, and thread-safe. A keyring closes those that it holds.
 */
public final class KemKey implements AutoCloseable {

    /** The number of every last-resort key. */
    public static final long LAST_RESORT = 0;

    /** Stands in the place of a number for keys that are in no pool, see {@link SelfWrapKey}. */
    static final long OF_OWN_WRAP = Long.MAX_VALUE;

    private final SecretBytes seed;
    private final KeyId id;
    private final long number;
    private final Instant created;

    KemKey(SecretBytes seed, KeyId id, long number, Instant created) {
        this.seed = seed;
        this.id = id;
        this.number = number;
        this.created = created.truncatedTo(ChronoUnit.MILLIS);
    }

    static KemKey generate(long number, Instant now, SecureRandom random) {
        try (MlKemPrivateKey key = MlKemPrivateKey.generate(random)) {
            return new KemKey(key.seed(), KeyId.of(key.publicKey()), number, now);
        }
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
     * Which of the device's one-time keys it is.
     *
     * @return its number, from 1; {@link #LAST_RESORT} for a last-resort key, 2^63 - 1 for one of an own wrap
     */
    public long number() {
        return number;
    }

    /**
     * Whether it serves any number of epochs.
     *
     * @return true for a last-resort key, false for a one-time key
     */
    public boolean isLastResort() {
        return number == LAST_RESORT;
    }

    /**
     * When it was made.
     *
     * @return the moment, to the millisecond
     */
    public Instant created() {
        return created;
    }

    /**
     * The key itself, made anew of the seed.
     *
     * @return the private half, which the caller closes
     * @throws IllegalStateException if this has been closed
     */
    public MlKemPrivateKey open() {
        return MlKemPrivateKey.ofSeed(seed);
    }

    /** Whether the seed is that of the id; of what others have written this has to be asked. */
    boolean isGenuine() {
        try (MlKemPrivateKey key = open()) {
            return KeyId.of(key.publicKey()).equals(id);
        }
    }

    KemKey copy() {
        return new KemKey(seed.copy(), id, number, created);
    }

    SecretBytes seed() {
        return seed.copy();
    }

    void write(BinaryWriter out) {
        out.u64(number).time(created).raw(id.value());
        try (SecretBytes copy = seed()) {
            copy.reveal(out::raw);
        }
    }

    static KemKey read(BinaryReader in) throws MalformedException {
        long number = in.u64("number");
        Instant created = in.time("created");
        KeyId id = new KeyId(Bytes.adopt(in.raw("key id", Sha256.SIZE).toArray()));
        byte[] seed = in.raw("seed", MlKemPrivateKey.SEED_SIZE).toArray();
        return new KemKey(SecretBytes.adopt(seed), id, number, created);
    }

    @Override
    public void close() {
        seed.close();
    }

    @Override
    public String toString() {
        return (isLastResort() ? "last-resort key " : "one-time key " + number + " ") + id;
    }
}
