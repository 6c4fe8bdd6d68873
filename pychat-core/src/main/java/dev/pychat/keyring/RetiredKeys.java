package dev.pychat.keyring;

import dev.pychat.crypto.open.Sha256;
import dev.pychat.crypto.secret.SecretBytes;
import dev.pychat.key.BundleException;
import dev.pychat.key.KeyBundle;
import dev.pychat.key.KeyId;
import dev.pychat.model.Bytes;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
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
     * bundle says that it forgets, all wrapping keys and ML-KEM keys do, but for a wrapping key that stands in the bundle for another device
     * than the one that made it: that device may have to take it from here.
     *
     * @param entries the entries of a vault to be, whose owner the caller is
     * @return the same ones in their order, but for the keys that give way, which are closed and replaced
     */
    public static List<VaultEntry> retire(List<VaultEntry> entries) {
        Optional<KeyBundle> forgetting =
                entries.stream().flatMap(entry -> forgetting(entry).stream()).findAny();
        if (forgetting.isPresent()) {
            Set<KeyId> lent = LentKeys.of(forgetting.get());
            return entries.stream()
                    .map(entry -> isBuried(entry, lent) ? tombstone(entry) : entry)
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

    /**
     * Whether a vault tells that its account has forgotten once: it has tombstones of keys that open messages, other than those of wrapping
     * keys that gave way because there are too many.
     *
     * @param vault the opened vault
     * @return true if keys were buried in it
     */
    static boolean hasBuried(Vault vault) {
        long living = vault.entries().stream()
                .filter(entry -> entry.type() == VaultTypes.WRAPPING_KEY && !entry.tombstone())
                .count();
        return vault.entries().stream()
                .filter(VaultEntry::tombstone)
                .anyMatch(entry -> entry.type() == VaultTypes.KEM_KEY
                        || entry.type() == VaultTypes.WRAPPING_KEY && living < KeyringContent.MAX_WRAPPING_KEYS);
    }

    /** What a device holds of that whose place in a vault tombstones have taken. */
    static Set<KeyId> retired(KeyringContent content, Vault vault) {
        return vault.entries().stream()
                .filter(entry -> VaultTypes.opensMessages(entry.type()) && entry.tombstone())
                .map(VaultEntry::key)
                // A tombstone of this type may have any name.
                .filter(name -> name.size() == Sha256.SIZE)
                .map(KeyId::new)
                .filter(content.keyIds()::contains)
                .collect(Collectors.toSet());
    }

    private static boolean isBuried(VaultEntry entry, Set<KeyId> lent) {
        boolean isLent = entry.type() == VaultTypes.WRAPPING_KEY
                && lent.stream().anyMatch(id -> id.value().equals(entry.key()));
        return VaultTypes.opensMessages(entry.type()) && !entry.tombstone() && !isLent;
    }

    /** The account's bundle, if it forgets. One that can't be read says nothing; whoever takes the vault refuses it. */
    private static Optional<KeyBundle> forgetting(VaultEntry entry) {
        try {
            return entry.type() == VaultTypes.OWN_BUNDLE && !entry.tombstone()
                    ? Optional.of(VaultedKeys.bundle(entry))
                            .filter(bundle -> !bundle.historyPolicy().isKeep())
                    : Optional.empty();
        } catch (BundleException e) {
            return Optional.empty();
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
