package dev.pychat.envelope;

import dev.pychat.crypto.open.MlKemPublicKey;
import dev.pychat.crypto.secret.Ed25519PrivateKey;
import dev.pychat.key.CheckedBundle;
import dev.pychat.key.DeviceKeys;
import dev.pychat.key.OneTimeKey;
import dev.pychat.key.Suite;
import java.time.Instant;
import java.util.List;

/**
 * What an epoch is begun with: our identity and bundle, the peer's bundle, and what the header says beside them.
 *
 * <p>Immutable; the identity stays the caller's to close, after the sealer that uses it.
 *
 * @param identity the private half of our present identity
 * @param own our own bundle, as published
 * @param peer the peer's bundle, of the pinned identity
 * @param fetched when the peer's bundle was fetched
 * @param vaultVersion the version of our vault, 0 if there is none
 * @param ownPolicy seconds after which our devices forget, 0 for never
 * @param peerPolicy the same of the peer, as far as we know
 * @param oneTime the one-time keys that were taken for this epoch, for suite 2: at most one for each device of either side.
 *     A device without one gets its last-resort key; one for a device that no bundle lists is left aside
 */
public record EpochOffer(
        Ed25519PrivateKey identity,
        CheckedBundle own,
        CheckedBundle peer,
        Instant fetched,
        long vaultVersion,
        long ownPolicy,
        long peerPolicy,
        List<OneTimeKey> oneTime) {

    /**
     * Copies the list.
     *
     * @param identity the private half of our present identity
     * @param own our own bundle
     * @param peer the peer's bundle
     * @param fetched when the peer's bundle was fetched
     * @param vaultVersion the version of our vault
     * @param ownPolicy seconds after which our devices forget
     * @param peerPolicy the same of the peer
     * @param oneTime the one-time keys that were taken for this epoch
     * @throws IllegalArgumentException if there are two one-time keys for one device
     */
    public EpochOffer {
        oneTime = List.copyOf(oneTime);
        long devices = oneTime.stream()
                .map(key -> List.of(key.owner().username(), key.device()))
                .distinct()
                .count();
        if (devices != oneTime.size()) {
            throw new IllegalArgumentException(
                    oneTime.size() + " one-time keys for " + devices + " devices; there must be at most one for each");
        }
    }

    /**
     * An offer without one-time keys.
     *
     * @param identity the private half of our present identity
     * @param own our own bundle, as published
     * @param peer the peer's bundle, of the pinned identity
     * @param fetched when the peer's bundle was fetched
     * @param vaultVersion the version of our vault, 0 if there is none
     * @param ownPolicy seconds after which our devices forget, 0 for never
     * @param peerPolicy the same of the peer, as far as we know
     */
    public EpochOffer(
            Ed25519PrivateKey identity,
            CheckedBundle own,
            CheckedBundle peer,
            Instant fetched,
            long vaultVersion,
            long ownPolicy,
            long peerPolicy) {
        this(identity, own, peer, fetched, vaultVersion, ownPolicy, peerPolicy, List.of());
    }

    /**
     * An offer with no vault, with both sides keeping history and without one-time keys.
     *
     * @param identity the private half of our present identity
     * @param own our own bundle, as published
     * @param peer the peer's bundle, of the pinned identity
     * @param fetched when the peer's bundle was fetched
     * @return the offer
     */
    public static EpochOffer keeping(
            Ed25519PrivateKey identity, CheckedBundle own, CheckedBundle peer, Instant fetched) {
        return new EpochOffer(identity, own, peer, fetched, 0, 0, 0);
    }

    /**
     * The same with one-time keys, which no other epoch has had or will have.
     *
     * @param keys the keys that were taken for this epoch
     * @return the offer
     * @throws IllegalArgumentException if there are two for one device
     */
    public EpochOffer with(List<OneTimeKey> keys) {
        return new EpochOffer(identity, own, peer, fetched, vaultVersion, ownPolicy, peerPolicy, keys);
    }

    /**
     * The suite that an epoch of these two bundles has.
     *
     * @return the highest that both offer
     */
    public Suite suite() {
        return own.suiteWith(peer);
    }

    boolean sameBundles(EpochOffer other) {
        return own.equals(other.own) && peer.equals(other.peer);
    }

    /** The key that a device of one of the two bundles is wrapped to. */
    MlKemPublicKey kemKey(CheckedBundle bundle, DeviceKeys device) {
        return oneTime.stream()
                .filter(key -> key.owner().identity().equals(bundle.identity()))
                .filter(key -> key.device().equals(device.device()))
                .map(OneTimeKey::key)
                .findAny()
                .orElse(device.lastResort());
    }
}
