package dev.pychat.audit;

import dev.pychat.crypto.open.Ed25519PublicKey;
import dev.pychat.key.Fingerprint;
import dev.pychat.model.Username;

/**
 * An identity that the file names, and what tells whose it is. The list of identities is the exporter's word, and so anybody's who has
 * made the file.
 *
 * <p>Immutable and thread-safe.
 *
 * @param user whose it is, by the exporter's word
 * @param key the identity
 * @param voucher what else tells so
 */
public record AuditedIdentity(Username user, Ed25519PublicKey key, Voucher voucher) {

    /** What tells whose an identity is. */
    public enum Voucher {
        /** The safety number, which is of this identity and the present one of the other side: people can compare it. */
        SAFETY_NUMBER,
        /**
         * A bundle in the file: an identity that is vouched for has signed that it took the place of this one, and this one that it
         * gave way. The key may have been the reason, so that somebody else had it: what it signed, its owner need not have signed.
         */
        SUCCESSION,
        /** Nothing but the exporter's word. */
        NOBODY
    }

    /**
     * Its fingerprint.
     *
     * @return the fingerprint of the key
     */
    public Fingerprint fingerprint() {
        return Fingerprint.of(key);
    }

    /**
     * Whether the safety number covers it, so that the two people can tell whose it is.
     *
     * @return true if it does
     */
    public boolean isCovered() {
        return voucher == Voucher.SAFETY_NUMBER;
    }
}
