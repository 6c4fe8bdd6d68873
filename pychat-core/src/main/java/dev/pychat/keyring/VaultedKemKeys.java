package dev.pychat.keyring;

import dev.pychat.crypto.open.BinaryReader;
import dev.pychat.crypto.open.BinaryWriter;
import dev.pychat.crypto.open.MalformedException;
import dev.pychat.crypto.open.MlKemPublicKey;
import dev.pychat.crypto.open.UnusableKeyException;
import dev.pychat.crypto.secret.MlKemPrivateKey;
import dev.pychat.crypto.secret.SecretBytes;
import dev.pychat.key.KeyId;
import dev.pychat.key.KeySection;
import dev.pychat.model.Bytes;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The ML-KEM keys of an account's devices, as they stand in the vault of one that keeps its history (ENVELOPE.md, section 5.1): with
 * them a device that joined later opens what was wrapped to the devices before it. A device that forgets puts none in. A keyring
 * holds those of other devices, and of its own the one-time keys that were used.
 *
 * <p>Immutable but for closing, which erases the keys, and thread-safe.
 */
public final class VaultedKemKeys implements AutoCloseable {

    /** The most keys that a device takes out of a vault; of more, the oldest are left where they are. */
    public static final int MAX_KEYS = 2048;

    private static final int FIRST = 1;

    private final Map<KeyId, KemKey> keys;

    private VaultedKemKeys(Map<KeyId, KemKey> keys) {
        this.keys = Map.copyOf(keys);
    }

    /**
     * None at all, for an account without a vault or without such keys in it.
     *
     * @return keys that hold nothing
     */
    public static VaultedKemKeys none() {
        return new VaultedKemKeys(Map.of());
    }

    /**
     * What a keyring puts into the vault, before the keys are published.
     *
     * @param keyring the keyring
     * @return one entry for each ML-KEM key that it holds, of this device or another, to be closed by the caller; none if the account
     *     forgets, and none for what was made while it did
     */
    public static List<VaultEntry> of(Keyring keyring) {
        return keyring.content().vaultableKemKeys().stream()
                .map(VaultedKemKeys::entry)
                .toList();
    }

    /**
     * Takes the keys out of a vault.
     *
     * @param vault the opened vault
     * @return the keys of all devices, to be closed by the caller
     * @throws UnreadableException if an entry makes no sense
     */
    public static VaultedKemKeys in(Vault vault) throws UnreadableException {
        Map<KeyId, KemKey> keys = new HashMap<>();
        for (VaultEntry entry : vault.entries()) {
            if (entry.type() == VaultTypes.KEM_KEY && !entry.tombstone()) {
                KemKey key = key(entry);
                keys.put(key.id(), key);
            }
        }
        return newest(keys);
    }

    /** As many as may be held. What is left aside is closed. */
    private static VaultedKemKeys newest(Map<KeyId, KemKey> keys) {
        if (keys.size() > MAX_KEYS) {
            List<KemKey> oldest = keys.values().stream()
                    .sorted(Comparator.comparing(KemKey::created)
                            .thenComparing(key -> key.id().value()))
                    .limit((long) keys.size() - MAX_KEYS)
                    .toList();
            oldest.forEach(key -> keys.remove(key.id()));
            oldest.forEach(KemKey::close);
        }
        return new VaultedKemKeys(keys);
    }

    /** Copies of these, of others, and of the device's own that it gives, without those that it holds as its own. */
    VaultedKemKeys joined(VaultedKemKeys others, KemKeys own, Set<KeyId> given) {
        Map<KeyId, KemKey> all = new HashMap<>();
        keys.forEach((id, key) -> all.put(id, key.copy()));
        others.keys.values().stream()
                .filter(key -> !keys.containsKey(key.id()) && key.isGenuine())
                .forEach(key -> all.put(key.id(), key.copy()));
        List<KemKey> ours = all.values().stream()
                .filter(key -> own.byId(key.id()).isPresent() && !given.contains(key.id()))
                .toList();
        ours.forEach(key -> all.remove(key.id()));
        ours.forEach(KemKey::close);
        own.all().stream()
                .filter(key -> given.contains(key.id()))
                .forEach(key -> all.computeIfAbsent(key.id(), id -> key.copy()));
        return newest(all);
    }

    /** Copies of these and of some of the device's own. */
    VaultedKemKeys with(KemKeys own, Set<KeyId> which) {
        Map<KeyId, KemKey> all = new HashMap<>();
        keys.forEach((id, key) -> all.put(id, key.copy()));
        own.all().stream().filter(key -> which.contains(key.id())).forEach(key -> all.put(key.id(), key.copy()));
        return newest(all);
    }

    VaultedKemKeys copy() {
        return without(Set.of());
    }

    /** Copies of all but some, which are erased when these are closed. */
    VaultedKemKeys without(Set<KeyId> gone) {
        Map<KeyId, KemKey> left = new HashMap<>();
        keys.forEach((id, key) -> {
            if (!gone.contains(id)) {
                left.put(id, key.copy());
            }
        });
        return new VaultedKemKeys(left);
    }

    Collection<KemKey> all() {
        return keys.values();
    }

    Set<KeyId> ids() {
        return keys.keySet();
    }

    /** Whether the key that a bundle has of a device is one of these. */
    boolean holds(KeySection section) {
        return made(section).isPresent();
    }

    /**
     * When the key that a bundle has of a device was made.
     *
     * @param section the bundle's section of suite 2 for the device
     * @return the moment; empty if the key is not one of these
     */
    public Optional<Instant> made(KeySection section) {
        try {
            return Optional.ofNullable(keys.get(KeyId.of(MlKemPublicKey.parse(section.key()))))
                    .map(KemKey::created);
        } catch (UnusableKeyException e) {
            return Optional.empty();
        }
    }

    /**
     * How many there are.
     *
     * @return the count
     */
    public int size() {
        return keys.size();
    }

    /**
     * Finds a key.
     *
     * @param id its id
     * @return a key that the caller closes; empty if no device put it in
     * @throws IllegalStateException if this has been closed
     */
    public Optional<MlKemPrivateKey> byId(KeyId id) {
        return Optional.ofNullable(keys.get(id)).map(KemKey::open);
    }

    private static VaultEntry entry(KemKey key) {
        try (BinaryWriter out = new BinaryWriter();
                SecretBytes seed = key.seed()) {
            out.time(key.created()).u64(key.number());
            seed.reveal(out::raw);
            SecretBytes value = SecretBytes.adopt(out.toArray());
            return new VaultEntry(VaultTypes.KEM_KEY, key.id().value(), FIRST, false, value);
        }
    }

    private static KemKey key(VaultEntry entry) throws UnreadableException {
        try {
            KeyId id = new KeyId(entry.key());
            SecretBytes.Reader<KemKey, MalformedException> reader = raw -> read(id, raw);
            return entry.value().reveal(reader);
        } catch (MalformedException | IllegalArgumentException e) {
            // The content is secret, so no cause goes along.
            throw new UnreadableException(
                    UnreadableException.Reason.DAMAGED, "this vault holds an ML-KEM key that makes no sense");
        }
    }

    private static KemKey read(KeyId id, byte[] raw) throws MalformedException {
        BinaryReader in = new BinaryReader("vault entry", Bytes.adopt(raw));
        Instant created = in.time("made");
        long number = in.u64("number");
        SecretBytes seed =
                SecretBytes.adopt(in.raw("seed", MlKemPrivateKey.SEED_SIZE).toArray());
        in.end();
        return new KemKey(seed, id, number, created);
    }

    void write(BinaryWriter out) {
        out.u16(keys.size());
        keys.values().forEach(key -> key.write(out));
    }

    static VaultedKemKeys read(BinaryReader in) throws MalformedException {
        int count = in.u16("number of other ML-KEM keys");
        Map<KeyId, KemKey> keys = new HashMap<>();
        for (int i = 0; i < count; i++) {
            KemKey key = KemKey.read(in);
            keys.put(key.id(), key);
        }
        return new VaultedKemKeys(keys);
    }

    @Override
    public void close() {
        keys.values().forEach(KemKey::close);
    }

    @Override
    public String toString() {
        return keys.size() + " ML-KEM keys of an account";
    }
}
