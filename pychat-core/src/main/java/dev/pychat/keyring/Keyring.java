package dev.pychat.keyring;

import dev.pychat.crypto.open.Ed25519PublicKey;
import dev.pychat.crypto.open.KeyPolicy;
import dev.pychat.crypto.open.PasswordCost;
import dev.pychat.crypto.secret.RsaKeySource;
import dev.pychat.crypto.secret.RsaPrivateKey;
import dev.pychat.crypto.secret.SecretBytes;
import dev.pychat.key.HistoryPolicy;
import dev.pychat.key.KeyBundle;
import dev.pychat.key.KeyId;
import dev.pychat.model.Bytes;
import dev.pychat.model.DeviceId;
import dev.pychat.model.Realm;
import dev.pychat.model.Username;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The private keys of one account on one device. What changes a key gives a new keyring, with secrets of its own, closed on its own.
 *
 * <p>Thread-safe. Closing erases the identity, the device key and the ML-KEM keys; the JDK offers no way to erase an RSA key.
 */
public final class Keyring implements AutoCloseable {

    /** How long a bundle is valid. */
    public static final Duration BUNDLE_VALIDITY = Duration.ofDays(60);

    /** The most wrapping keys, the present one included. */
    public static final int MAX_WRAPPING_KEYS = KeyringContent.MAX_WRAPPING_KEYS;

    static final int DEVICE_KEY_SIZE = 32;
    private final KeyringHeader header;
    private final KeyringContent content;

    Keyring(KeyringHeader header, KeyringContent content) {
        this.header = header;
        this.content = content;
    }

    /**
     * Makes the keyring of a new account: a new identity, a first wrapping key and a device key.
     *
     * @param header whose it is, and how its passphrase is stretched
     * @param keys where the wrapping key comes from
     * @param now the present time
     * @param random the source of all else
     * @return the keyring, which has published no bundle yet
     */
    public static Keyring create(KeyringHeader header, RsaKeySource keys, Instant now, SecureRandom random) {
        WrappingKey first = new WrappingKey(keys.next(random), now);
        return new Keyring(
                header,
                KeyringContent.first(
                        DeviceId.random(random),
                        SecretBytes.random(random, DEVICE_KEY_SIZE),
                        Identity.generate(random),
                        first));
    }

    /**
     * Opens a keyring that was sealed.
     *
     * @param key the key it was sealed under
     * @param sealed the sealed keyring; anything at all may be given
     * @param policy whether published test keys are refused, as they always are outside tests
     * @return the keyring, to be closed by the caller
     * @throws UnreadableException if the key is another one, the keyring is damaged, or a newer program wrote it
     */
    public static Keyring open(SecretBytes key, Bytes sealed, KeyPolicy policy) throws UnreadableException {
        return KeyringFile.open(key, sealed, policy);
    }

    /**
     * Seals this keyring for keeping.
     *
     * @param key the key, 32 bytes: the vault key that was made of the passphrase
     * @param random the source of the box's salt
     * @return the header in clear and the sealed content
     * @throws IllegalStateException if this has been closed
     */
    public Bytes seal(SecretBytes key, SecureRandom random) {
        return KeyringFile.seal(header, content, key, random);
    }

    /**
     * Makes the next bundle for the present keys, to be kept by {@link #withBundle} and stored before it is published.
     *
     * @param now the present time
     * @return a signed bundle, valid for {@link #BUNDLE_VALIDITY}, following the last one; without removed devices, if others are left
     * @throws IllegalStateException if 8 other devices are listed for suite 2 and this one has a key for it too
     */
    public KeyBundle nextBundle(Instant now) {
        return BundleMaker.next(this, now, BundleChange.NONE);
    }

    /**
     * The same as {@link #nextBundle(Instant)}, with something that it says otherwise than the one before.
     *
     * @param now the present time
     * @param change what is said, by this bundle and those that follow it
     * @return a signed bundle, valid for {@link #BUNDLE_VALIDITY}, following the last one of this keyring
     * @throws IllegalStateException if 8 other devices are listed for suite 2 and this one has a key for it too
     */
    public KeyBundle nextBundle(Instant now, BundleChange change) {
        return BundleMaker.next(this, now, change);
    }

    /**
     * Whether the account keeps its history, as its last bundle says.
     *
     * @return the policy of {@link #bundle()}; {@link HistoryPolicy#KEEP} if there is none
     */
    public HistoryPolicy historyPolicy() {
        return bundle().map(KeyBundle::historyPolicy).orElse(HistoryPolicy.KEEP);
    }

    /**
     * The server's realm.
     *
     * @return the realm
     */
    public Realm realm() {
        return header.realm();
    }

    /**
     * The account.
     *
     * @return its name
     */
    public Username username() {
        return header.username();
    }

    /**
     * Whose this is, and how the passphrase is stretched.
     *
     * @return what stands in clear before the sealed form
     */
    public KeyringHeader header() {
        return header;
    }

    /**
     * This installation.
     *
     * @return its id
     */
    public DeviceId device() {
        return content.device();
    }

    /**
     * What this device knows of the account's devices.
     *
     * @return them, this one among them
     */
    public AccountDevices devices() {
        return content.devices();
    }

    /**
     * This keyring with a change of the account's devices.
     *
     * @param devices those of {@link #devices()}, changed
     * @return a keyring to be closed on its own
     */
    public Keyring withDevices(AccountDevices devices) {
        return new Keyring(header, content.withDevices(devices));
    }

    /**
     * The account's present identity.
     *
     * @return the identity, which this keyring closes
     */
    public Identity identity() {
        return content.identity();
    }

    /**
     * The identities that the account had before.
     *
     * @return them, oldest first
     */
    public List<PastIdentity> pastIdentities() {
        return content.pastIdentities();
    }

    /**
     * Whether an identity is or was this account's.
     *
     * @param key its public half
     * @return true for the present and each past one
     */
    public boolean isOurs(Ed25519PublicKey key) {
        return identity().publicKey().equals(key)
                || pastIdentities().stream().anyMatch(past -> past.key().equals(key));
    }

    /**
     * All wrapping keys, so that old history opens.
     *
     * @return 1 to {@link #MAX_WRAPPING_KEYS}, oldest first; the last is the present one
     */
    public List<WrappingKey> wrappingKeys() {
        return content.wrappingKeys();
    }

    /**
     * Gives the wrapping key that the next bundle offers.
     *
     * @return the newest one
     */
    public WrappingKey currentWrappingKey() {
        return content.currentWrappingKey();
    }

    /**
     * Finds a wrapping key, present or past.
     *
     * @param id its id
     * @return its private half; empty if this keyring does not hold it
     */
    public Optional<RsaPrivateKey> wrappingKey(KeyId id) {
        return content.wrappingKey(id);
    }

    /**
     * The last bundle that was made with this keyring.
     *
     * @return the bundle; empty if there was none
     */
    public Optional<KeyBundle> bundle() {
        return content.bundle();
    }

    /**
     * The newest vault that this device has seen.
     *
     * @return its version and hash
     */
    public SeenVault seenVault() {
        return content.seenVault();
    }

    /**
     * Seals records of this device.
     *
     * @param random the source of their salts
     * @return a sealer with a copy of the device key, to be closed on its own
     */
    public DeviceSealer deviceSealer(SecureRandom random) {
        return new DeviceSealer(content.deviceKey(), random);
    }

    /**
     * This keyring with a bundle of its own.
     *
     * @param bundle the bundle
     * @return a keyring to be closed on its own
     * @throws IllegalArgumentException if the bundle is another account's
     */
    public Keyring withBundle(KeyBundle bundle) {
        header.requireOwn(bundle);
        return new Keyring(header, content.withBundle(bundle));
    }

    /**
     * This keyring with one more wrapping key, the present one from then on. Of {@link #MAX_WRAPPING_KEYS} the oldest one gives way.
     *
     * @param key the new key
     * @return a keyring to be closed on its own
     * @throws IllegalArgumentException if the keyring holds the key already
     */
    public Keyring withWrappingKey(WrappingKey key) {
        return new Keyring(header, content.withWrappingKey(key));
    }

    /**
     * This keyring with another identity; the one before becomes a past one.
     *
     * @param identity the new identity, which is copied
     * @param now the present time
     * @return a keyring to be closed on its own
     */
    public Keyring withIdentity(Identity identity, Instant now) {
        return new Keyring(header, content.withIdentity(identity, now));
    }

    /**
     * This keyring under a new passphrase.
     *
     * @param salt the new salt, 32 bytes
     * @param cost the new cost
     * @return a keyring to be closed on its own
     */
    public Keyring withPassword(Bytes salt, PasswordCost cost) {
        return new Keyring(new KeyringHeader(realm(), username(), salt, cost), content.copy());
    }

    /**
     * This keyring after a newer vault has been seen.
     *
     * @param vault its version and hash
     * @return a keyring to be closed on its own
     * @throws IllegalArgumentException if this keyring has seen a higher version
     */
    public Keyring withSeenVault(SeenVault vault) {
        return new Keyring(header, content.withSeenVault(vault));
    }

    /**
     * Whether a bundle offers the present keys.
     *
     * @param bundle a bundle of this account
     * @return false if a new one is due
     */
    public boolean offersPresentKeys(KeyBundle bundle) {
        return BundleMaker.isOffered(this, bundle);
    }

    /**
     * Whether another keyring of this account holds the same identities, wrapping keys, devices, keys of other devices and bundle.
     *
     * @param other the other one
     * @return true if nothing of them differs
     */
    public boolean holdsTheSameKeysAs(Keyring other) {
        return content.holdsTheSameKeysAs(other.content);
    }

    /**
     * The ML-KEM keys of this device, without which it takes part in suite 1 only.
     *
     * @return them; this keyring closes them
     */
    public KemKeys kemKeys() {
        return content.kemKeys();
    }

    /**
     * Keys beside this device's present ones, which open old epochs and those of other devices.
     *
     * @return them; this keyring closes them
     */
    public VaultedKemKeys vaultedKemKeys() {
        return content.vaulted();
    }

    /**
     * From which own bundle on suite 2 is listed. No later one drops it.
     *
     * @return the serial; empty if this device knows no such bundle
     */
    public OptionalLong hybridSince() {
        return content.knownHybridSince();
    }

    /**
     * This keyring with other ML-KEM keys, to be stored before any of them is published.
     *
     * @param next what one of the methods of {@link #kemKeys()} gave; the new keyring takes it over and closes it
     * @return a keyring to be closed on its own
     */
    public Keyring withKemKeys(KemKeys next) {
        return new Keyring(header, content.withKemKeys(next));
    }

    /**
     * This keyring with one-time keys put aside that were used.
     *
     * @param used their ids
     * @return a keyring to be closed on its own
     */
    public Keyring withUsed(Set<KeyId> used) {
        return new Keyring(header, content.withUsed(used));
    }

    KeyringContent content() {
        return content;
    }

    @Override
    public void close() {
        content.close();
    }

    @Override
    public String toString() {
        return "keyring of " + username() + " on device " + device();
    }
}
