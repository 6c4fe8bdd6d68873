package dev.pychat.audit;

import dev.pychat.key.SafetyNumber;
import java.util.List;
import java.util.Optional;

/**
 * What an audit found, but for the messages themselves, of which its listener was told.
 *
 * <p>Immutable and thread-safe.
 *
 * @param scope what the file is about, by the exporter's word
 * @param safetyNumber that of the two present identities; empty if the exporter has accepted none of the peer
 * @param identities all that the file names, those of the exporter first, each side's in the order of the scope
 * @param bundles the key bundles
 * @param epochs the epoch headers, in the order of the file
 * @param lanes the lanes, in the order of their first messages
 * @param views what the senders had received
 * @param counts how many messages there are of each kind
 */
public record AuditReport(
        EvidenceScope scope,
        Optional<SafetyNumber> safetyNumber,
        List<AuditedIdentity> identities,
        List<AuditedBundle> bundles,
        List<AuditedEpoch> epochs,
        List<AuditedLane> lanes,
        AuditedViews views,
        Counts counts) {

    /**
     * How many there are of each kind.
     *
     * @param read messages that were decrypted, each with its sender's signature
     * @param sealed messages of which only the place could be looked at
     * @param refused messages that are not what one of the two sent there, or of a version not known here
     * @param absent messages that the file does not hold
     * @param findings what does not hold: findings of messages, and defects of bundles
     * @param unsupported messages and bundles that a newer program could look at
     * @param unbundled epochs, signed and named by a message, of which the file does not have the bundle that they were made with
     * @param uncovered messages, read or sealed, of identities that the safety number does not cover
     */
    public record Counts(
            long read,
            long sealed,
            long refused,
            long absent,
            long findings,
            long unsupported,
            long unbundled,
            long uncovered) {}

    /** What is to be said of the file as a whole. */
    public enum Verdict {
        /** Nothing is found, and all that was looked at is of the two identities that the safety number covers. */
        HOLDS,
        /**
         * Nothing is found, but something is of an identity that the safety number does not cover. Whoever knows the two names, the realm
         * and the public keys can make such a file; only what the safety number covers shows who wrote it.
         */
        HOLDS_IN_PART,
        /** Something is found. */
        DOES_NOT_HOLD
    }

    /**
     * Copies the lists.
     *
     * @param scope what the file is about
     * @param safetyNumber that of the two present identities
     * @param identities all that the file names
     * @param bundles the key bundles
     * @param epochs the epoch headers
     * @param lanes the lanes
     * @param views what the senders had received
     * @param counts how many there are of each kind
     */
    public AuditReport {
        identities = List.copyOf(identities);
        bundles = List.copyOf(bundles);
        epochs = List.copyOf(epochs);
        lanes = List.copyOf(lanes);
    }

    /**
     * What is to be said of the file as a whole.
     *
     * @return the verdict
     */
    public Verdict verdict() {
        if (counts.findings() > 0) {
            return Verdict.DOES_NOT_HOLD;
        }
        return counts.uncovered() > 0 ? Verdict.HOLDS_IN_PART : Verdict.HOLDS;
    }

    /**
     * Whether all that could be looked at holds, and is of the two identities that the safety number covers.
     *
     * @return true for {@link Verdict#HOLDS} alone
     */
    public boolean holds() {
        return verdict() == Verdict.HOLDS;
    }

    /**
     * Whether everything could be looked at.
     *
     * @return true if every message was read or refused, the file has the bundle of every epoch, and nothing is of a version not known
     *     here
     */
    public boolean isComplete() {
        return counts.sealed() == 0
                && counts.absent() == 0
                && counts.unsupported() == 0
                && counts.unbundled() == 0
                && views.unchecked() == 0;
    }
}
