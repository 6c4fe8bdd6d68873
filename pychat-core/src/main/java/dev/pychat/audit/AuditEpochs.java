package dev.pychat.audit;

import dev.pychat.crypto.open.Sha256;
import dev.pychat.crypto.secret.SecretBytes;
import dev.pychat.envelope.EpochInspection;
import dev.pychat.envelope.EpochInspector;
import dev.pychat.envelope.EpochOpening;
import dev.pychat.envelope.Finding;
import dev.pychat.envelope.OpenedEpoch;
import dev.pychat.envelope.SignedEpoch;
import dev.pychat.model.EpochName;
import dev.pychat.model.StoredMessage;
import java.io.IOException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The epochs of the file. A few are held open; the record of any other is read again when a message names it. Confined to one thread;
 * closing erases the secrets.
 */
final class AuditEpochs implements AutoCloseable {

    private static final int MAX_OPEN = 32;

    /** An epoch that a message can be judged with: opened if its secret was given, else signed only. */
    record Held(SignedEpoch signed, Optional<OpenedEpoch> opened) {}

    /** Reads the record of an epoch again. */
    interface Records {
        EvidenceRecord.Epoch at(long recordAt) throws IOException, EvidenceException;
    }

    private final EvidenceScope scope;
    private final EpochInspector inspector;
    private final AuditBundles bundles;
    private final Records records;
    private final Map<EpochName, EpochTally> tallies = new LinkedHashMap<>();
    private final LinkedHashMap<EpochName, Held> held = new LinkedHashMap<>(16, 0.75f, true);

    AuditEpochs(EvidenceScope scope, EpochInspector inspector, AuditBundles bundles, Records records) {
        this.scope = scope;
        this.inspector = inspector;
        this.bundles = bundles;
        this.records = records;
    }

    /** The file has an epoch; it is looked at when a message names it. */
    void add(EvidenceRecord.Epoch epoch, long recordAt) {
        EpochName name = new EpochName(Sha256.of(epoch.header()));
        tallies.put(name, new EpochTally(name, recordAt));
    }

    /** What became of the epoch of a message: it is held in the answer's {@code held}, or there is a finding. */
    Named named(StoredMessage message, EpochName name) throws IOException, EvidenceException {
        EpochTally tally = tallies.get(name);
        if (tally == null) {
            return Named.refused(Findings.headerMissing(message, name));
        }
        tally.named(message.position());
        Held known = held.get(tally.name());
        if (known != null) {
            return Named.of(known);
        }
        try (EvidenceRecord.Epoch record = records.at(tally.recordAt())) {
            EpochInspection seen = inspector.inspect(message, record.header());
            if (seen instanceof SignedEpoch signed) {
                return signed(message, signed, record.secret(), tally);
            }
            tally.refused((Finding) seen);
            return Named.refused((Finding) seen);
        }
    }

    private Named signed(StoredMessage message, SignedEpoch signed, Optional<SecretBytes> secret, EpochTally tally) {
        if (tally.isNews()) {
            tally.signed(signed, scope, bundles.isNamed(signed));
        }
        if (secret.isEmpty()) {
            return Named.of(hold(tally, new Held(signed, Optional.empty())));
        }
        EpochOpening opening = signed.open(message, secret.get());
        if (opening instanceof OpenedEpoch opened) {
            tally.opened();
            return Named.of(hold(tally, new Held(signed, Optional.of(opened))));
        }
        tally.inconsistent((Finding) opening);
        return Named.refused((Finding) opening);
    }

    private Held hold(EpochTally tally, Held next) {
        held.put(tally.name(), next);
        Iterator<Held> eldest = held.values().iterator();
        if (held.size() > MAX_OPEN) {
            eldest.next().opened().ifPresent(OpenedEpoch::close);
            eldest.remove();
        }
        return next;
    }

    List<AuditedEpoch> audited() {
        return tallies.values().stream().map(EpochTally::audited).toList();
    }

    @Override
    public void close() {
        held.values().forEach(each -> each.opened().ifPresent(OpenedEpoch::close));
        held.clear();
    }

    /**
     * The epoch of a message.
     *
     * @param held the epoch, if it counts
     * @param finding why it does not, else
     */
    record Named(Optional<Held> held, Optional<Finding> finding) {

        static Named of(Held held) {
            return new Named(Optional.of(held), Optional.empty());
        }

        static Named refused(Finding why) {
            return new Named(Optional.empty(), Optional.of(why));
        }
    }
}
