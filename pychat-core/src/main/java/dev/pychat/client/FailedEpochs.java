package dev.pychat.client;

import dev.pychat.envelope.Finding;
import dev.pychat.model.EpochName;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What was found about epochs that do not open, so that not every message of one costs a private operation again; the
 * {@value #MAX} that were asked for last. Confined to the chat's queue.
 */
final class FailedEpochs {

    static final int MAX = 1_000;

    private final Map<EpochName, Finding> findings = new LinkedHashMap<>(16, 0.75f, true) {

        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<EpochName, Finding> eldest) {
            return size() > MAX;
        }
    };
    private Map<EpochName, Finding> before = Map.of();
    private long age;

    Optional<Finding> of(EpochName epoch) {
        return Optional.ofNullable(findings.get(epoch));
    }

    /** What was found before that went out of date: better than nothing, for whoever did not ask for a header because of it. */
    Optional<Finding> before(EpochName epoch) {
        return Optional.ofNullable(before.get(epoch));
    }

    /** Remembers a finding, unless it was made before what is known was told to be out of date. */
    void put(EpochName epoch, Finding finding, long foundAt) {
        if (foundAt == age) {
            findings.put(epoch, finding);
        }
    }

    /** The secret of this one has come by another way. */
    void forget(EpochName epoch) {
        findings.remove(epoch);
    }

    /** Pins or keys have changed, so what failed may open now. */
    void reconsider() {
        age++;
        before = findings.isEmpty() ? before : Map.copyOf(findings);
        findings.clear();
    }

    /** When this is, in reconsiderations. */
    long age() {
        return age;
    }
}
