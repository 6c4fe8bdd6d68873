package dev.pychat.audit;

import dev.pychat.model.EpochName;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Which records may follow which in an evidence file, for whoever writes and whoever reads one: what it is about, bundles, then epochs
 * and messages, then its end. Confined to one thread.
 */
final class EvidenceOrder {

    static final int MAX_BUNDLES = 256;
    static final int MAX_EPOCHS = EvidenceScope.MAX_MESSAGES;

    private final Set<EpochName> epochs = new HashSet<>();
    private boolean begun;
    private boolean bundlesOver;
    private boolean withSecrets;
    private int bundles;
    private int left;

    /** Takes what the file is about; gives what is wrong. */
    Optional<String> scope(EvidenceScope scope) {
        if (begun) {
            return Optional.of("it says twice what it is about");
        }
        begun = true;
        withSecrets = scope.withSecrets();
        left = scope.messages();
        return Optional.empty();
    }

    Optional<String> bundle() {
        bundles++;
        if (!begun || bundlesOver) {
            return Optional.of("a bundle out of its place");
        }
        return bundles > MAX_BUNDLES ? Optional.of("more than " + MAX_BUNDLES + " bundles") : Optional.empty();
    }

    Optional<String> epoch(EpochName name, boolean withSecret) {
        bundlesOver = true;
        if (!begun) {
            return Optional.of("an epoch out of its place");
        }
        if (withSecret && !withSecrets) {
            return Optional.of("the secret of an epoch, where it says that it holds none");
        }
        if (!epochs.add(name)) {
            return Optional.of("an epoch twice");
        }
        return epochs.size() > MAX_EPOCHS ? Optional.of("more than " + MAX_EPOCHS + " epochs") : Optional.empty();
    }

    Optional<String> message() {
        bundlesOver = true;
        left--;
        return !begun || left < 0 ? Optional.of("more messages than it speaks of") : Optional.empty();
    }

    Optional<String> end() {
        return !begun || left > 0 ? Optional.of("it ends before " + left + " of its messages") : Optional.empty();
    }
}
