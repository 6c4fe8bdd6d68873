package dev.pychat.audit;

import dev.pychat.envelope.Finding;
import dev.pychat.envelope.SignedEpoch;
import dev.pychat.key.Fingerprint;
import dev.pychat.model.EpochName;
import dev.pychat.model.Position;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What has been seen of one epoch of the file so far. Confined to one thread. */
final class EpochTally {

    private final EpochName name;
    private final long recordAt;
    private Position first = Position.NONE;
    private long messages;
    private AuditedEpoch.State state = AuditedEpoch.State.UNNAMED;
    private AuditedEpoch.@Nullable Terms terms;
    private @Nullable Finding finding;

    EpochTally(EpochName name, long recordAt) {
        this.name = name;
        this.recordAt = recordAt;
    }

    EpochName name() {
        return name;
    }

    /** Where in the file its record begins. */
    long recordAt() {
        return recordAt;
    }

    void named(Position by) {
        first = first.isMessage() ? first : by;
        messages++;
    }

    /** Why it does not count; of several, the first. */
    void refused(Finding why) {
        if (state == AuditedEpoch.State.UNNAMED) {
            state = AuditedEpoch.State.REFUSED;
            finding = why;
        }
    }

    /** Whether this is the first time that its signature is found to verify. */
    boolean isNews() {
        return terms == null;
    }

    void signed(SignedEpoch epoch, EvidenceScope scope, boolean bundleGiven) {
        terms = new AuditedEpoch.Terms(
                epoch.sentByUs() ? scope.exporter() : scope.peer(),
                Fingerprint.of(epoch.sender()),
                epoch.suite().code(),
                Ids.copy(epoch.lane()),
                epoch.ordinal(),
                epoch.made(),
                epoch.senderSerial(),
                epoch.recipientSerial(),
                Ids.copy(epoch.recipientBundle()),
                bundleGiven,
                epoch.senderPolicy(),
                epoch.recipientPolicy());
        state = AuditedEpoch.State.SIGNED;
        finding = null;
    }

    void opened() {
        state = AuditedEpoch.State.OPENED;
    }

    /** Its signature verifies, and the secret given is another one's. */
    void inconsistent(Finding why) {
        state = AuditedEpoch.State.REFUSED;
        finding = why;
    }

    AuditedEpoch audited() {
        return new AuditedEpoch(name, state, Optional.ofNullable(terms), Optional.ofNullable(finding), first, messages);
    }
}
