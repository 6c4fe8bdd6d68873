package dev.pychat.audit;

import dev.pychat.key.SafetyNumber;
import java.util.Optional;

/** Is told what an audit sees, as it goes through the file. Called on the thread that audits. */
public interface AuditListener {

    /**
     * The file is readable from its beginning to its end, and what it is about is known.
     *
     * @param scope what the file is about, by the exporter's word
     * @param safetyNumber that of the two present identities; empty if the exporter has accepted none of the peer
     */
    default void onScope(EvidenceScope scope, Optional<SafetyNumber> safetyNumber) {}

    /**
     * A position was looked at.
     *
     * @param message what is to be said of it
     */
    default void onMessage(AuditedMessage message) {}
}
