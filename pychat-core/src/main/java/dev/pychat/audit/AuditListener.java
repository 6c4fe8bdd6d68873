package dev.pychat.audit;

import dev.pychat.key.SafetyNumber;
import java.util.List;
import java.util.Optional;

/** Is told what an audit sees, as it goes through the file. Called on the thread that audits. */
public interface AuditListener {

    /**
     * The file is readable from its beginning to its end, and what it is about is known. The safety number is of the two present
     * identities alone, so what another one has signed may be anybody's.
     *
     * @param scope what the file is about, by the exporter's word
     * @param safetyNumber that of the two present identities; empty if the exporter has accepted none of the peer
     * @param identities all that the file names, those of the exporter first, each side's in the order of the scope
     */
    default void onScope(EvidenceScope scope, Optional<SafetyNumber> safetyNumber, List<AuditedIdentity> identities) {}

    /**
     * A position was looked at.
     *
     * @param message what is to be said of it
     */
    default void onMessage(AuditedMessage message) {}
}
