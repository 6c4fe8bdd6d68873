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
 * @param bundles the key bundles
 * @param epochs the epoch headers, in the order of the file
 * @param lanes the lanes, in the order of their first messages
 * @param views what the senders had received
 * @param counts how many messages there are of each kind
 */
public record AuditReport(
        EvidenceScope scope,
        Optional<SafetyNumber> safetyNumber,
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
     */
    public record Counts(
            long read, long sealed, long refused, long absent, long findings, long unsupported, long unbundled) {}

    /**
     * Copies the lists.
     *
     * @param scope what the file is about
     * @param safetyNumber that of the two present identities
     * @param bundles the key bundles
     * @param epochs the epoch headers
     * @param lanes the lanes
     * @param views what the senders had received
     * @param counts how many there are of each kind
     */
    public AuditReport {
        bundles = List.copyOf(bundles);
        epochs = List.copyOf(epochs);
        lanes = List.copyOf(lanes);
    }

    /**
     * Whether all that could be looked at holds.
     *
     * @return true if there is no finding
     */
    public boolean holds() {
        return counts.findings() == 0;
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
