package dev.pychat.keyring;

import dev.pychat.crypto.secret.SecretBytes;
import dev.pychat.key.BundleException;
import dev.pychat.model.Bytes;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Keys that a vault holds no more (ENVELOPE.md, sections 5.3 and 14).
 *
 * <p>Stateless; every method is thread-safe.
 */
public final class RetiredKeys {

    private RetiredKeys() {}

    /**
     * Of more wrapping keys than a keyring holds the oldest become tombstones, so that no device takes them back. Where the account's
     * bundle says that it forgets, all wrapping keys and ML-KEM keys do.
     *
     * @param entries the entries of a vault to be, whose owner the caller is
     * @return the same ones in their order, but for the keys that give way, which are closed and replaced
     */
    public static List<VaultEntry> retire(List<VaultEntry> entries) {
        if (entries.stream().anyMatch(RetiredKeys::forgets)) {
            return entries.stream()
                    .map(entry ->
                            VaultTypes.opensMessages(entry.type()) && !entry.tombstone() ? tombstone(entry) : entry)
                    .toList();
        }
        List<VaultEntry> keys = entries.stream()
                .filter(entry -> entry.type() == VaultTypes.WRAPPING_KEY && !entry.tombstone())
                .sorted(Comparator.comparing(RetiredKeys::made).thenComparing(VaultEntry::key))
                .toList();
        Set<Bytes> old = keys.stream()
                .limit(Math.max(0, keys.size() - KeyringContent.MAX_WRAPPING_KEYS))
                .map(VaultEntry::key)
                .collect(Collectors.toSet());
        return entries.stream()
                .map(entry ->
                        entry.type() == VaultTypes.WRAPPING_KEY && old.contains(entry.key()) ? tombstone(entry) : entry)
                .toList();
    }

    /** A bundle that can't be read says nothing; whoever takes the vault refuses it. */
    private static boolean forgets(VaultEntry entry) {
        try {
            return entry.type() == VaultTypes.OWN_BUNDLE
                    && !entry.tombstone()
                    && !VaultedKeys.bundle(entry).historyPolicy().isKeep();
        } catch (BundleException e) {
            return false;
        }
    }

    /** The time that a wrapping key begins with; what is too short to have one is senseless and goes first. */
    private static Bytes made(VaultEntry key) {
        return key.value().reveal(raw -> Bytes.copyOf(raw, 0, Math.min(Long.BYTES, raw.length)));
    }

    private static VaultEntry tombstone(VaultEntry entry) {
        entry.value().close();
        return new VaultEntry(entry.type(), entry.key(), entry.counter(), true, SecretBytes.adopt(new byte[0]));
    }
}
