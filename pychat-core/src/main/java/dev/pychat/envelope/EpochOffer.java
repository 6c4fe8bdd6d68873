package dev.pychat.envelope;

import dev.pychat.crypto.secret.Ed25519PrivateKey;
import dev.pychat.key.CheckedBundle;
import java.time.Instant;

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
 */
public record EpochOffer(
        Ed25519PrivateKey identity,
        CheckedBundle own,
        CheckedBundle peer,
        Instant fetched,
        long vaultVersion,
        long ownPolicy,
        long peerPolicy) {

    /**
     * An offer with no vault and with both sides keeping history.
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

    boolean sameBundles(EpochOffer other) {
        return own.equals(other.own) && peer.equals(other.peer);
    }
}
