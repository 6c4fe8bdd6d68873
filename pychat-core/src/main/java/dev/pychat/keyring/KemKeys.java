package dev.pychat.keyring;

import dev.pychat.crypto.open.BinaryReader;
import dev.pychat.crypto.open.BinaryWriter;
import dev.pychat.crypto.open.MalformedException;
import dev.pychat.crypto.open.Sha256;
import dev.pychat.key.KeyId;
import dev.pychat.model.Bytes;
import dev.pychat.model.EpochName;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The ML-KEM keys of this device and what became of those that were used (ENVELOPE.md, section 5.1). It never changes: what
 * changes a key gives another one, with seeds of its own, which the caller hands to {@link Keyring#withKemKeys}.
 *
 * <pre>
 * stock = u16 n, n times (u64 number, 0 = last resort, 2^63 - 1 = of an own wrap | u64 created | key id(32) | seed(64)) | u64 highest number ever
 *           | u16 m, m times (key id(32) | epoch(32) | u64 stored)
 * </pre>
 *
 * <p>Thread-safe. Closing erases the seeds; a keyring closes its own.
 */
public final class KemKeys implements AutoCloseable {

    /** The most keys that are held at once. */
    public static final int MAX_KEYS = 1024;

    /** How many uses are remembered; a second use of a key that was used before these is then one of an unknown key. */
    public static final int MAX_USES = 1024;

    /** Room that is left for last-resort keys and the pool, where others are made as they are needed. */
    static final int SPARE = 64;

    static final KemKeys NONE = new KemKeys(List.of(), 0, List.of());

    private final List<KemKey> keys;
    private final long lastNumber;
    private final List<OneTimeUse> uses;

    KemKeys(List<KemKey> keys, long lastNumber, List<OneTimeUse> uses) {
        this.keys = List.copyOf(keys);
        this.lastNumber = lastNumber;
        this.uses = List.copyOf(uses.subList(Math.max(0, uses.size() - MAX_USES), uses.size()));
        if (keys.size() > MAX_KEYS) {
            throw new IllegalArgumentException(
                    "keyring: " + keys.size() + " ML-KEM keys, allowed are " + MAX_KEYS + "; erase old ones first");
        }
        long highest = keys.stream()
                .mapToLong(KemKey::number)
                .filter(number -> number != KemKey.OF_OWN_WRAP)
                .max()
                .orElse(0);
        if (highest > lastNumber || keys.stream().map(KemKey::id).distinct().count() != keys.size()) {
            throw new IllegalArgumentException("keyring: an ML-KEM key twice, or with a number that is not used yet");
        }
    }

    /**
     * All keys that the device still holds, one-time and last-resort, used and unused.
     *
     * @return them, oldest first; this closes them
     */
    public List<KemKey> all() {
        return keys;
    }

    /**
     * The last-resort key that the next bundle offers for this device; with one, it offers suite 2.
     *
     * @return the newest one; empty if this device takes part in suite 1 only
     */
    public Optional<KemKey> lastResort() {
        return keys.stream().filter(KemKey::isLastResort).reduce((older, newer) -> newer);
    }

    /**
     * Finds a key.
     *
     * @param id its id
     * @return the key, which this closes; empty if the device does not hold it, or no longer
     */
    public Optional<KemKey> byId(KeyId id) {
        return keys.stream().filter(key -> key.id().equals(id)).findAny();
    }

    /**
     * Finds out whether a one-time key has been used; known also when the key has been erased.
     *
     * @param id the key's id
     * @return which epoch used it; empty if none has, or so long ago that it is forgotten
     */
    public Optional<OneTimeUse> useOf(KeyId id) {
        return uses.stream().filter(use -> use.key().equals(id)).findAny();
    }

    /**
     * How many one-time keys no epoch has used yet, in the pool, handed out or still to be uploaded.
     *
     * @return the count
     */
    public int unused() {
        return (int) keys.stream()
                .filter(key -> !key.isLastResort() && useOf(key.id()).isEmpty())
                .count();
    }

    /**
     * The numbers of the newest keys that no epoch has used, behind the last one that was used or erased. Only among them are keys that
     * were not uploaded yet.
     *
     * @return the lowest of these numbers; one above {@link #lastNumber()} if there is none
     */
    public long newestUnused() {
        Set<Long> unused = keys.stream()
                .filter(key -> !key.isLastResort() && useOf(key.id()).isEmpty())
                .map(KemKey::number)
                .collect(Collectors.toSet());
        long first = lastNumber + 1;
        while (unused.contains(first - 1)) {
            first--;
        }
        return first;
    }

    /**
     * The highest number that a one-time key of this device has ever had.
     *
     * @return the number, 0 if there was none yet
     */
    public long lastNumber() {
        return lastNumber;
    }

    /**
     * With a new last-resort key. The ones before it stay until they are erased.
     *
     * @param now the present time
     * @param random the source of the key
     * @return the keys, to be stored before the new one is published
     * @throws IllegalArgumentException if there are too many keys
     */
    public KemKeys withLastResort(Instant now, SecureRandom random) {
        List<KemKey> more = copies(key -> true);
        more.add(KemKey.generate(KemKey.LAST_RESORT, now, random));
        return new KemKeys(more, lastNumber, uses);
    }

    /**
     * With more one-time keys, numbered on from {@link #lastNumber()}.
     *
     * @param count how many, 0 or more
     * @param now the present time
     * @param random the source of the keys
     * @return the keys, to be stored before the new ones are uploaded
     * @throws IllegalArgumentException if there are too many keys
     */
    public KemKeys withOneTime(int count, Instant now, SecureRandom random) {
        List<KemKey> more = copies(key -> true);
        for (int i = 1; i <= count; i++) {
            more.add(KemKey.generate(lastNumber + i, now, random));
        }
        return new KemKeys(more, lastNumber + count, uses);
    }

    /**
     * After an epoch was opened with a one-time key. It is kept before the epoch's secret is stored, and the key is erased only
     * afterwards: until then the same epoch opens again. The first use of a key is the one that counts; a key that is not one of
     * this device's one-time keys has none.
     *
     * @param use which epoch used which key
     * @return the keys
     */
    public KemKeys withUse(OneTimeUse use) {
        boolean isOneTime = byId(use.key()).map(key -> !key.isLastResort()).orElse(false);
        List<OneTimeUse> more = new ArrayList<>(uses);
        if (isOneTime && useOf(use.key()).isEmpty()) {
            more.add(use);
        }
        return new KemKeys(copies(key -> true), lastNumber, more);
    }

    /**
     * Without some keys, such as retired last-resort keys or one-time keys that were handed out long ago and never used.
     *
     * @param which says of each key whether it is erased
     * @return the keys; sealing a keyring with them in the place of these erases the others
     */
    public KemKeys without(Predicate<KemKey> which) {
        return new KemKeys(copies(which.negate()), lastNumber, uses);
    }

    /** With copies of these keys in the place of those that are held. */
    KemKeys with(List<KemKey> next) {
        return new KemKeys(next.stream().map(KemKey::copy).toList(), lastNumber, uses);
    }

    KemKeys copy() {
        return without(key -> false);
    }

    private List<KemKey> copies(Predicate<KemKey> which) {
        return new ArrayList<>(keys.stream().filter(which).map(KemKey::copy).toList());
    }

    void write(BinaryWriter out) {
        out.u16(keys.size());
        keys.forEach(key -> key.write(out));
        out.u64(lastNumber).u16(uses.size());
        uses.forEach(use -> out.raw(use.key().value()).raw(use.epoch().value()).time(use.stored()));
    }

    static KemKeys read(BinaryReader in) throws MalformedException {
        int count = in.u16("number of ML-KEM keys");
        List<KemKey> keys = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            keys.add(KemKey.read(in));
        }
        long lastNumber = in.u64("highest number");
        int useCount = in.u16("number of uses");
        List<OneTimeUse> uses = new ArrayList<>();
        for (int i = 0; i < useCount; i++) {
            KeyId id = new KeyId(kept(in, "key id", Sha256.SIZE));
            uses.add(new OneTimeUse(id, new EpochName(kept(in, "epoch", EpochName.SIZE)), in.time("stored")));
        }
        return new KemKeys(keys, lastNumber, uses);
    }

    /** Public bytes out of a plaintext that is about to be erased. */
    private static Bytes kept(BinaryReader in, String field, int size) throws MalformedException {
        return Bytes.adopt(in.raw(field, size).toArray());
    }

    @Override
    public void close() {
        keys.forEach(KemKey::close);
    }

    @Override
    public String toString() {
        return keys.size() + " ML-KEM keys";
    }
}
