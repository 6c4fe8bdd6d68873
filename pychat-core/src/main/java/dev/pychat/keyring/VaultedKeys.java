package dev.pychat.keyring;

import dev.pychat.crypto.open.BinaryReader;
import dev.pychat.crypto.open.BinaryWriter;
import dev.pychat.crypto.open.Ed25519PublicKey;
import dev.pychat.crypto.open.KeyPolicy;
import dev.pychat.crypto.secret.Ed25519PrivateKey;
import dev.pychat.crypto.secret.RsaPrivateKey;
import dev.pychat.crypto.secret.SecretBytes;
import dev.pychat.key.BundleException;
import dev.pychat.key.KeyBundle;
import dev.pychat.key.KeyId;
import dev.pychat.model.Bytes;
import dev.pychat.model.DeviceId;
import dev.pychat.model.PychatException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The keys of an account as they stand in its vault: what a keyring gives into it, and what comes back.
 *
 * <p>Stateless; every method is thread-safe.
 */
public final class VaultedKeys {

    private static final int FIRST = 1;

    private VaultedKeys() {}

    /**
     * What a keyring puts into the vault: identities, wrapping keys, ML-KEM keys, the last bundle and the devices. Of what belongs
     * to this device alone, its key for records among it, nothing goes in; of an account that forgets no wrapping key and no ML-KEM key
     * does, nor ever what was made while it did.
     *
     * @param keyring the keyring
     * @return entries in no particular order, to be closed by the caller
     */
    public static List<VaultEntry> of(Keyring keyring) {
        List<VaultEntry> entries = new ArrayList<>();
        int past = keyring.pastIdentities().size();
        entries.add(entry(
                VaultTypes.IDENTITY,
                Bytes.EMPTY,
                FIRST + past,
                keyring.identity().seed()));
        for (PastIdentity identity : keyring.pastIdentities()) {
            entries.add(entry(VaultTypes.PAST_IDENTITY, identity.key().value(), FIRST, time(identity.retired())));
        }
        for (WrappingKey key : keyring.content().vaultableWrappingKeys()) {
            entries.add(entry(VaultTypes.WRAPPING_KEY, key.id().value(), FIRST, written(key)));
        }
        entries.addAll(VaultedKemKeys.of(keyring));
        for (KeyBundle bundle : keyring.bundle().stream().toList()) {
            SecretBytes bytes = SecretBytes.adopt(bundle.bytes().toArray());
            entries.add(
                    entry(VaultTypes.OWN_BUNDLE, Bytes.EMPTY, bundle.fields().serial(), bytes));
        }
        entries.addAll(keyring.devices().entries());
        return entries;
    }

    /**
     * Makes the keyring of a new device out of a vault. Of an account that forgets it takes no wrapping key and no ML-KEM key: the device
     * begins with a wrapping key of its own. So it does where the vault has buried all of them, as it may after a change back to keeping.
     *
     * @param header whose it is, and how its passphrase is stretched
     * @param vault the opened vault
     * @param device the new device's id
     * @param deviceKey the new device's key for its records, 32 bytes, which is copied
     * @param policy whether published test keys are refused
     * @param fresh makes a wrapping key, where the vault's own bundle says that the account forgets, or the vault has tombstones alone
     * @return the keyring, to be closed by the caller
     * @throws UnreadableException if the vault lacks an identity, or a wrapping key and its tombstone though the account keeps, or holds what makes no sense
     */
    public static Keyring restore(
            KeyringHeader header,
            Vault vault,
            DeviceId device,
            SecretBytes deviceKey,
            KeyPolicy policy,
            Supplier<WrappingKey> fresh)
            throws UnreadableException {
        Optional<KeyBundle> bundle = bundle(vault);
        List<WrappingKey> keys = forgets(bundle) ? List.of() : wrappingKeys(vault, policy, List.of());
        boolean isNone = keys.isEmpty() && (forgets(bundle) || RetiredKeys.hasBuried(vault));
        return restore(header, vault, device, deviceKey, bundle, isNone ? List.of(fresh.get()) : keys);
    }

    private static boolean forgets(Optional<KeyBundle> bundle) {
        return bundle.filter(known -> !known.historyPolicy().isKeep()).isPresent();
    }

    private static Keyring restore(
            KeyringHeader header,
            Vault vault,
            DeviceId device,
            SecretBytes deviceKey,
            Optional<KeyBundle> bundle,
            List<WrappingKey> keys)
            throws UnreadableException {
        try (Identity identity = identity(vault).orElseThrow(() -> senseless("no identity"))) {
            if (keys.isEmpty()) {
                throw senseless("no wrapping key");
            }
            boolean forgets = forgets(bundle);
            return new Keyring(
                    header,
                    new KeyringContent(
                            device,
                            deviceKey.copy(),
                            identity.copy(),
                            pastIdentities(vault),
                            KeyringContent.newest(keys),
                            bundle,
                            SeenVault.NONE,
                            KemKeys.NONE,
                            forgets ? VaultedKemKeys.none() : VaultedKemKeys.in(vault),
                            KeyringContent.hybridSince(bundle),
                            AccountDevices.in(vault),
                            ofNewDevice(vault, forgets, keys)));
        } catch (IllegalArgumentException e) {
            throw senseless(String.valueOf(e.getMessage()));
        }
    }

    /** To an account that forgets or once did, a device that is new lacks keys. */
    private static KeyNotes ofNewDevice(Vault vault, boolean forgets, List<WrappingKey> keys) {
        Set<KeyId> confined = forgets ? Set.of(keys.get(0).id()) : Set.of();
        return forgets || RetiredKeys.hasBuried(vault) ? KeyNotes.ofNewDevice(confined) : KeyNotes.NONE;
    }

    /**
     * Takes what a vault has and a keyring lacks: further wrapping keys and ML-KEM keys, a newer identity and its predecessors, a
     * newer bundle. Where the newer bundle says that the account forgets, no ML-KEM key is taken, and no wrapping key but the one that it has
     * for this device. What the vault has buried and this device holds is from then on neither offered nor put into a vault again.
     *
     * @param keyring what this device has
     * @param vault the opened vault
     * @param policy whether published test keys are refused
     * @param now the present, when an identity that gives way is retired
     * @return a keyring with both, to be closed on its own
     * @throws UnreadableException if the vault holds what makes no sense
     */
    public static Keyring join(Keyring keyring, Vault vault, KeyPolicy policy, Instant now) throws UnreadableException {
        List<WrappingKey> takeable = takeable(keyring, vault, policy);
        List<WrappingKey> keys = takeable.isEmpty() ? keyring.wrappingKeys() : takeable;
        try (Keyring theirs = restore(keyring.header(), vault, keyring.device(), emptyKey(), bundle(vault), keys);
                KeyringContent joined = keyring.content().joined(theirs.content(), now)) {
            return new Keyring(
                    keyring.header(), joined.withNotes(joined.notes().retiring(RetiredKeys.retired(joined, vault))));
        } catch (IllegalArgumentException e) {
            throw senseless(String.valueOf(e.getMessage()));
        }
    }

    /** What was in a vault before the account began to forget is not taken from there again, but for what its bundle lends this device. */
    private static List<WrappingKey> takeable(Keyring keyring, Vault vault, KeyPolicy policy)
            throws UnreadableException {
        List<WrappingKey> keys = wrappingKeys(vault, policy, keyring.wrappingKeys());
        Optional<KeyBundle> last = KeyringContent.newer(keyring.bundle(), bundle(vault));
        if (!forgets(last)) {
            return keys;
        }
        Set<KeyId> lent = LentKeys.of(last.orElseThrow(), keyring.device());
        return keys.stream().filter(key -> lent.contains(key.id())).toList();
    }

    /**
     * Whether a vault is that of the account whose keys a device holds: it has the device's identity, as the present or a past one.
     *
     * @param vault the opened vault
     * @param keyring the device's keyring
     * @return false if it is somebody else's
     * @throws UnreadableException if the vault holds what makes no sense
     */
    public static boolean isOf(Vault vault, Keyring keyring) throws UnreadableException {
        Ed25519PublicKey own = keyring.identity().publicKey();
        try (Identity present = identity(vault).orElseThrow(() -> senseless("no identity"))) {
            return present.publicKey().equals(own)
                    || pastIdentities(vault).stream()
                            .anyMatch(past -> past.key().equals(own));
        }
    }

    /**
     * Whether whoever made a backup held the private half of an identity of this account, the present or a past one.
     *
     * @param backup the keys of the backup
     * @param keyring the device's keyring
     * @return false if it is somebody else's, whatever it says
     * @throws UnreadableException if the backup holds what makes no sense
     */
    public static boolean holdsAnIdentityOf(Vault backup, Keyring keyring) throws UnreadableException {
        try (Identity held = identity(backup).orElseThrow(() -> senseless("no identity"))) {
            return keyring.isOurs(held.publicKey());
        }
    }

    /**
     * What a device takes out of a backup of its own account: keys that open what was received. Identities and the bundle stay those
     * that the device has, since a backup may be older, and since one that a thief made must replace nothing.
     *
     * @param backup the keys of the backup
     * @param keyring the device's keyring
     * @return the device's own identities and the backup's wrapping and ML-KEM keys, for {@link #join}; to be closed by the caller
     */
    public static Vault openingKeys(Vault backup, Keyring keyring) {
        List<VaultEntry> entries = new ArrayList<>();
        for (VaultEntry own : of(keyring)) {
            if (own.type() == VaultTypes.IDENTITY || own.type() == VaultTypes.PAST_IDENTITY) {
                entries.add(own);
            } else {
                own.value().close();
            }
        }
        backup.entries().stream()
                .filter(entry -> VaultTypes.opensMessages(entry.type()) && !entry.tombstone())
                .map(VaultEntry::copy)
                .forEach(entries::add);
        return new Vault(1, Vault.NO_PREDECESSOR, entries.stream().sorted().toList());
    }

    private static SecretBytes emptyKey() {
        return SecretBytes.adopt(new byte[Keyring.DEVICE_KEY_SIZE]);
    }

    private static VaultEntry entry(int type, Bytes key, long counter, SecretBytes value) {
        return new VaultEntry(type, key, counter, false, value);
    }

    private static SecretBytes time(Instant time) {
        try (BinaryWriter out = new BinaryWriter()) {
            return SecretBytes.adopt(out.time(time).toArray());
        }
    }

    private static SecretBytes written(WrappingKey key) {
        try (BinaryWriter out = new BinaryWriter();
                SecretBytes pkcs8 = key.key().pkcs8()) {
            out.time(key.created());
            pkcs8.reveal(out::raw);
            return SecretBytes.adopt(out.toArray());
        }
    }

    private static Optional<Identity> identity(Vault vault) throws UnreadableException {
        for (VaultEntry entry : entries(vault, VaultTypes.IDENTITY)) {
            if (entry.value().size() != Ed25519PrivateKey.SEED_SIZE) {
                throw senseless("an identity of " + entry.value().size() + " bytes");
            }
            return Optional.of(Identity.ofSeed(entry.value()));
        }
        return Optional.empty();
    }

    private static List<PastIdentity> pastIdentities(Vault vault) throws UnreadableException {
        List<PastIdentity> past = new ArrayList<>();
        for (VaultEntry entry : entries(vault, VaultTypes.PAST_IDENTITY)) {
            past.add(read(entry, in -> new PastIdentity(Ed25519PublicKey.parse(entry.key()), in.time("retired"))));
        }
        past.sort(Comparator.comparing(PastIdentity::retired));
        return past;
    }

    /** Those that are known already are not read again: each costs some milliseconds, and there may be hundreds. */
    private static List<WrappingKey> wrappingKeys(Vault vault, KeyPolicy policy, List<WrappingKey> known)
            throws UnreadableException {
        Map<Bytes, WrappingKey> here =
                known.stream().collect(Collectors.toMap(key -> key.id().value(), Function.identity()));
        List<WrappingKey> keys = new ArrayList<>();
        for (VaultEntry entry : entries(vault, VaultTypes.WRAPPING_KEY)) {
            WrappingKey same = here.get(entry.key());
            keys.add(
                    same != null
                            ? same
                            : read(entry, in -> {
                                Instant created = in.time("made");
                                byte[] pkcs8 =
                                        in.raw("wrapping key", in.remaining()).toArray();
                                try (SecretBytes secret = SecretBytes.adopt(pkcs8)) {
                                    return new WrappingKey(RsaPrivateKey.parse(secret, policy), created);
                                }
                            }));
        }
        keys.sort(Comparator.comparing(WrappingKey::created)
                .thenComparing(key -> key.id().value()));
        return keys;
    }

    private static Optional<KeyBundle> bundle(Vault vault) throws UnreadableException {
        for (VaultEntry entry : entries(vault, VaultTypes.OWN_BUNDLE)) {
            try {
                return Optional.of(bundle(entry));
            } catch (BundleException e) {
                throw senseless(String.valueOf(e.getMessage()));
            }
        }
        return Optional.empty();
    }

    static KeyBundle bundle(VaultEntry entry) throws BundleException {
        return KeyBundle.parse(entry.value().reveal(Bytes::copyOf));
    }

    private static List<VaultEntry> entries(Vault vault, int type) {
        return vault.entries().stream()
                .filter(entry -> entry.type() == type && !entry.tombstone())
                .toList();
    }

    private interface Reading<T> {
        T read(BinaryReader in) throws PychatException;
    }

    private static <T> T read(VaultEntry entry, Reading<T> reading) throws UnreadableException {
        SecretBytes.Reader<T, PychatException> whole = raw -> {
            BinaryReader in = new BinaryReader("vault entry", Bytes.adopt(raw));
            T value = reading.read(in);
            in.end();
            return value;
        };
        try {
            return entry.value().reveal(whole);
        } catch (PychatException e) {
            // The content is secret, so no cause goes along.
            throw senseless("an entry of type " + entry.type() + " that can't be read");
        }
    }

    private static UnreadableException senseless(String what) {
        return new UnreadableException(
                UnreadableException.Reason.DAMAGED,
                "this vault was sealed with a content that makes no sense: " + what);
    }
}
