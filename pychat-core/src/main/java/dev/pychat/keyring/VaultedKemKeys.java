package dev.pychat.keyring;

import dev.pychat.crypto.open.BinaryReader;
import dev.pychat.crypto.open.BinaryWriter;
import dev.pychat.crypto.open.MalformedException;
import dev.pychat.crypto.secret.MlKemPrivateKey;
import dev.pychat.crypto.secret.SecretBytes;
import dev.pychat.key.KeyId;
import dev.pychat.model.Bytes;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The ML-KEM keys of all devices of an account that keeps its history, as they stand in its vault (ENVELOPE.md, section 5.1): with
 * them a device that joined later opens what was wrapped to the devices before it. A device that forgets puts none in.
 *
 * <p>Immutable but for closing, which erases the keys, and thread-safe.
 */
public final class VaultedKemKeys implements AutoCloseable {

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
     * What a keyring of a device that keeps its history puts into the vault, before the keys are published.
     *
     * @param keyring the keyring
     * @return one entry for each ML-KEM key that it holds, to be closed by the caller
     */
    public static List<VaultEntry> of(Keyring keyring) {
        return keyring.kemKeys().all().stream().map(VaultedKemKeys::entry).toList();
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
        return new VaultedKemKeys(keys);
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

    @Override
    public void close() {
        keys.values().forEach(KemKey::close);
    }

    @Override
    public String toString() {
        return keys.size() + " ML-KEM keys of an account";
    }
}
