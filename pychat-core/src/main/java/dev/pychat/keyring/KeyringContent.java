package dev.pychat.keyring;

import dev.pychat.crypto.open.Ed25519PublicKey;
import dev.pychat.crypto.secret.RsaPrivateKey;
import dev.pychat.crypto.secret.SecretBytes;
import dev.pychat.key.KeyBundle;
import dev.pychat.key.KeyId;
import dev.pychat.key.Suite;
import dev.pychat.model.DeviceId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a keyring holds under seal. Immutable; each owns its secrets, so every change copies them. */
record KeyringContent(
        DeviceId device,
        SecretBytes deviceKey,
        Identity identity,
        List<PastIdentity> pastIdentities,
        List<WrappingKey> wrappingKeys,
        Optional<KeyBundle> bundle,
        SeenVault seenVault,
        KemKeys kemKeys,
        VaultedKemKeys vaulted,
        long hybridSince,
        AccountDevices devices,
        KeyNotes notes)
        implements AutoCloseable {

    /**
     * As many as leave room for the rest in whatever keeps a keyring, the vault among it: at a new key each month, 20 years. Of more,
     * the oldest give way.
     */
    static final int MAX_WRAPPING_KEYS = 240;

    static final int MAX_PAST_IDENTITIES = 64;

    /** No own bundle with suite 2 is known. */
    static final long NEVER = 0;

    KeyringContent {
        devices = devices.with(device);
        pastIdentities = List.copyOf(pastIdentities);
        wrappingKeys = List.copyOf(wrappingKeys);
        require("wrapping keys", wrappingKeys.size(), 1, MAX_WRAPPING_KEYS);
        require("past identities", pastIdentities.size(), 0, MAX_PAST_IDENTITIES);
        if (wrappingKeys.stream().map(WrappingKey::id).distinct().count() != wrappingKeys.size()) {
            throw new IllegalArgumentException("keyring: a wrapping key occurs twice");
        }
        notes = notes.only(keyIds(wrappingKeys, kemKeys, vaulted));
    }

    private static Set<KeyId> keyIds(List<WrappingKey> wrapping, KemKeys own, VaultedKemKeys others) {
        return Stream.of(
                        wrapping.stream().map(WrappingKey::id),
                        own.all().stream().map(KemKey::id),
                        others.ids().stream())
                .flatMap(ids -> ids)
                .collect(Collectors.toSet());
    }

    Set<KeyId> keyIds() {
        return keyIds(wrappingKeys, kemKeys, vaulted);
    }

    /** Whether the account erases what opens its history, as its last bundle says. */
    boolean forgets() {
        return forgets(bundle);
    }

    private static boolean forgets(Optional<KeyBundle> bundle) {
        return bundle.filter(known -> !known.historyPolicy().isKeep()).isPresent();
    }

    /** Whether a key is of the kind that this account offers now: not of before a change of the policy, which another device may have made. */
    boolean suits(KeyId key) {
        return notes.isConfined(key) == forgets() && !notes.isRetired(key);
    }

    WrappingKey currentWrappingKey() {
        return wrappingKeys.get(wrappingKeys.size() - 1);
    }

    /** What may stand in the vault: nothing of an account that forgets, and nothing that was made while it did. */
    List<WrappingKey> vaultableWrappingKeys() {
        return wrappingKeys.stream().filter(key -> isVaultable(key.id())).toList();
    }

    /** The same of the ML-KEM keys, of this device and others. */
    List<KemKey> vaultableKemKeys() {
        return Stream.concat(kemKeys.all().stream(), vaulted.all().stream())
                .filter(key -> isVaultable(key.id()))
                .toList();
    }

    private boolean isVaultable(KeyId key) {
        return !forgets() && !notes.isConfined(key) && !notes.isRetired(key);
    }

    /** That of an account's first device, which has published nothing yet. */
    static KeyringContent first(DeviceId device, SecretBytes deviceKey, Identity identity, WrappingKey wrappingKey) {
        return new KeyringContent(
                device,
                deviceKey,
                identity,
                List.of(),
                List.of(wrappingKey),
                Optional.empty(),
                SeenVault.NONE,
                KemKeys.NONE,
                VaultedKemKeys.none(),
                NEVER,
                AccountDevices.of(device),
                KeyNotes.NONE);
    }

    Optional<RsaPrivateKey> wrappingKey(KeyId id) {
        return wrappingKeys.stream()
                .filter(each -> each.id().equals(id))
                .map(WrappingKey::key)
                .findAny();
    }

    KeyringContent copy() {
        return with(identity, pastIdentities, wrappingKeys, bundle, seenVault);
    }

    KeyringContent withBundle(KeyBundle next) {
        return with(identity, pastIdentities, wrappingKeys, Optional.of(next), seenVault);
    }

    /** The serial of a bundle that lists suite 2, or {@link #NEVER}. */
    static long hybridSince(Optional<KeyBundle> bundle) {
        return bundle.filter(known -> known.fields().suites().contains(Suite.HYBRID))
                .map(known -> known.fields().serial())
                .orElse(NEVER);
    }

    OptionalLong knownHybridSince() {
        return hybridSince == NEVER ? OptionalLong.empty() : OptionalLong.of(hybridSince);
    }

    private static long earlier(long one, long other) {
        return one == NEVER || other == NEVER ? Math.max(one, other) : Math.min(one, other);
    }

    KeyringContent withWrappingKey(WrappingKey key) {
        try (KeyringContent more =
                with(identity, pastIdentities, newest(append(wrappingKeys, key)), bundle, seenVault)) {
            return more.withNotes(made(Set.of(key.id())));
        }
    }

    /** The notes with keys that are made now. */
    private KeyNotes made(Set<KeyId> fresh) {
        return forgets() ? notes.confining(fresh) : notes;
    }

    KeyringContent withNotes(KeyNotes next) {
        return with(kemKeys.copy(), vaulted.copy(), next);
    }

    /** Without keys that are erased. */
    KeyringContent without(Set<KeyId> gone) {
        List<WrappingKey> left =
                wrappingKeys.stream().filter(key -> !gone.contains(key.id())).toList();
        try (KeyringContent fewer = with(identity, pastIdentities, left, bundle, seenVault)) {
            return fewer.with(kemKeys.without(key -> gone.contains(key.id())), vaulted.without(gone), notes);
        }
    }

    KeyringContent withIdentity(Identity next, Instant now) {
        PastIdentity past = new PastIdentity(identity.publicKey(), now.truncatedTo(ChronoUnit.MILLIS));
        try (KeyringContent renewed = with(next, append(pastIdentities, past), wrappingKeys, bundle, seenVault)) {
            return renewed.withUsed(oneTimeKeys());
        }
    }

    /** They are signed by the present identity, so under another one they serve nobody who has not taken them yet. */
    private Set<KeyId> oneTimeKeys() {
        return kemKeys.all().stream()
                .filter(key -> !key.isLastResort())
                .map(KemKey::id)
                .collect(Collectors.toSet());
    }

    KeyringContent withSeenVault(SeenVault vault) {
        if (vault.version() < seenVault.version()) {
            throw new IllegalArgumentException(
                    "vault version " + vault.version() + " after " + seenVault.version() + " has been seen");
        }
        return with(identity, pastIdentities, wrappingKeys, bundle, vault);
    }

    /** This device's content with what another device of the account has beyond it. */
    KeyringContent joined(KeyringContent other, Instant now) {
        boolean theirs = other.pastIdentities.size() >= pastIdentities.size();
        Identity present = theirs ? other.identity : identity;
        Identity left = theirs ? identity : other.identity;
        PastIdentity leaving = new PastIdentity(left.publicKey(), now.truncatedTo(ChronoUnit.MILLIS));
        Optional<KeyBundle> last = newer(bundle, other.bundle);
        // What was in a vault before the account began to forget is not taken from there again.
        VaultedKemKeys others = forgets(last) ? VaultedKemKeys.none() : other.vaulted;
        boolean renewed = !present.publicKey().equals(identity.publicKey());
        Set<KeyId> given = renewed ? oneTimeKeys() : Set.of();
        return new KeyringContent(
                device,
                deviceKey.copy(),
                present.copy(),
                joined(other.pastIdentities, append(pastIdentities, leaving), present),
                joined(wrappingKeys, other.wrappingKeys),
                last,
                seenVault,
                kemKeys.without(key -> given.contains(key.id())),
                vaulted.joined(others, kemKeys, given),
                earlier(hybridSince, other.hybridSince),
                devices.joined(other.devices),
                notes);
    }

    private static List<PastIdentity> joined(List<PastIdentity> one, List<PastIdentity> other, Identity present) {
        Map<Ed25519PublicKey, PastIdentity> all = new HashMap<>();
        Stream.concat(one.stream(), other.stream()).forEach(past -> all.putIfAbsent(past.key(), past));
        all.remove(present.publicKey());
        return all.values().stream()
                .sorted(Comparator.comparing(PastIdentity::retired))
                .toList();
    }

    private static List<WrappingKey> joined(List<WrappingKey> one, List<WrappingKey> other) {
        Map<KeyId, WrappingKey> all = new HashMap<>();
        Stream.concat(one.stream(), other.stream()).forEach(key -> all.putIfAbsent(key.id(), key));
        return newest(all.values().stream()
                .sorted(Comparator.comparing(WrappingKey::created)
                        .thenComparing(key -> key.id().value()))
                .toList());
    }

    /** Of keys that stand in their order, as many as a keyring holds. */
    static List<WrappingKey> newest(List<WrappingKey> keys) {
        return keys.subList(Math.max(0, keys.size() - MAX_WRAPPING_KEYS), keys.size());
    }

    static Optional<KeyBundle> newer(Optional<KeyBundle> one, Optional<KeyBundle> other) {
        return Stream.concat(one.stream(), other.stream())
                .max(Comparator.comparingLong(bundle -> bundle.fields().serial()));
    }

    KeyringContent withDevices(AccountDevices next) {
        return new KeyringContent(
                device,
                deviceKey.copy(),
                identity.copy(),
                pastIdentities,
                wrappingKeys,
                bundle,
                seenVault,
                kemKeys.copy(),
                vaulted.copy(),
                hybridSince,
                next,
                notes);
    }

    KeyringContent withKemKeys(KemKeys next) {
        Set<KeyId> fresh = next.all().stream().map(KemKey::id).collect(Collectors.toSet());
        fresh.removeAll(keyIds());
        return with(next, vaulted.copy(), made(fresh));
    }

    /** One-time keys that were used serve nothing any more but what they were used for. */
    KeyringContent withUsed(Set<KeyId> used) {
        return with(kemKeys.without(key -> used.contains(key.id())), vaulted.with(kemKeys, used), notes);
    }

    boolean holdsTheSameKeysAs(KeyringContent other) {
        return identity.publicKey().equals(other.identity.publicKey())
                && pastIdentities.equals(other.pastIdentities)
                && ids(wrappingKeys).equals(ids(other.wrappingKeys))
                && devices.equals(other.devices)
                && vaulted.ids().equals(other.vaulted.ids())
                && keyIds().stream().allMatch(id -> notes.isRetired(id) == other.notes.isRetired(id))
                && bundle.equals(other.bundle);
    }

    private static List<KeyId> ids(List<WrappingKey> keys) {
        return keys.stream().map(WrappingKey::id).toList();
    }

    @Override
    public void close() {
        kemKeys.close();
        vaulted.close();
        deviceKey.close();
        identity.close();
    }

    private KeyringContent with(
            Identity signer,
            List<PastIdentity> past,
            List<WrappingKey> keys,
            Optional<KeyBundle> own,
            SeenVault vault) {
        return new KeyringContent(
                device,
                deviceKey.copy(),
                signer.copy(),
                past,
                keys,
                own,
                vault,
                kemKeys.copy(),
                vaulted.copy(),
                earlier(hybridSince, hybridSince(own)),
                devices,
                notes);
    }

    /** Takes the ML-KEM keys over. */
    private KeyringContent with(KemKeys own, VaultedKemKeys others, KeyNotes noted) {
        return new KeyringContent(
                device,
                deviceKey.copy(),
                identity.copy(),
                pastIdentities,
                wrappingKeys,
                bundle,
                seenVault,
                own,
                others,
                hybridSince,
                devices,
                noted);
    }

    private static <T> List<T> append(List<T> list, T last) {
        return Stream.concat(list.stream(), Stream.of(last)).toList();
    }

    private static void require(String what, int given, int least, int most) {
        if (given < least || given > most) {
            throw new IllegalArgumentException(
                    "keyring: " + given + " " + what + ", allowed are " + least + " to " + most);
        }
    }
}
