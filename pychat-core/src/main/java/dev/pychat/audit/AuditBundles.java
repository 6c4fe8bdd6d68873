package dev.pychat.audit;

import dev.pychat.crypto.open.Ed25519PublicKey;
import dev.pychat.crypto.open.KeyPolicy;
import dev.pychat.crypto.open.Sha256;
import dev.pychat.envelope.HybridSince;
import dev.pychat.envelope.PinnedIdentity;
import dev.pychat.envelope.SignedEpoch;
import dev.pychat.key.BundleDefect;
import dev.pychat.key.BundleException;
import dev.pychat.key.BundleFields;
import dev.pychat.key.Fingerprint;
import dev.pychat.key.KeyBundle;
import dev.pychat.key.Succession;
import dev.pychat.key.Suite;
import dev.pychat.model.Bytes;
import dev.pychat.model.Username;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The key bundles of the file: each by itself, against the others, and against the epochs that name it. Confined to one thread. */
final class AuditBundles {

    private final EvidenceScope scope;
    private final KeyPolicy policy;
    private final List<Entry> entries = new ArrayList<>();

    AuditBundles(EvidenceScope scope, KeyPolicy policy) {
        this.scope = scope;
        this.policy = policy;
    }

    void add(Bytes received) {
        Entry entry = new Entry(received);
        entries.add(entry);
        try {
            KeyBundle bundle = KeyBundle.parse(received);
            entry.bundle = bundle;
            boolean ofPeer = bundle.fields().username().equals(scope.peer());
            bundle.check(scope.realm(), ofPeer ? scope.peer() : scope.exporter(), policy);
            boolean known = ofPeer
                    ? scope.pinned().stream()
                            .map(PinnedIdentity::key)
                            .anyMatch(bundle.fields().identity()::equals)
                    : scope.own().contains(bundle.fields().identity());
            if (!known) {
                entry.object(BundleDefect.IDENTITY_CHANGED, "it is of an identity that is none of its user's here");
            }
        } catch (BundleException e) {
            entry.object(e);
        }
    }

    /** All have been added: holds those of one identity against each other. */
    void compare() {
        List<Entry> sorted = entries.stream()
                .filter(Entry::holds)
                .sorted(Comparator.comparing(
                                (Entry entry) -> entry.fields().username().value())
                        .thenComparing(entry -> entry.fields().identity().value())
                        .thenComparingLong(entry -> entry.fields().serial()))
                .toList();
        for (int i = 1; i < sorted.size(); i++) {
            Entry before = sorted.get(i - 1);
            Entry after = sorted.get(i);
            if (isSameUser(before, after)) {
                try {
                    after.parsed().checkSucceeds(before.parsed());
                } catch (BundleException e) {
                    after.object(e);
                }
            }
        }
    }

    /** From which serials on the two sides offer suite 2, as far as the file tells. */
    HybridSince since() {
        return new HybridSince(
                lowest(scope.exporter(), scope.own().stream()),
                lowest(scope.peer(), scope.pinned().stream().map(PinnedIdentity::key)));
    }

    private long lowest(Username user, Stream<Ed25519PublicKey> identities) {
        List<Ed25519PublicKey> present = identities.limit(1).toList();
        return entries.stream()
                .filter(Entry::holds)
                .filter(entry -> entry.fields().username().equals(user)
                        && present.contains(entry.fields().identity())
                        && entry.fields().suites().contains(Suite.HYBRID))
                .mapToLong(entry -> entry.fields().serial())
                .min()
                .orElse(HybridSince.NOT_KNOWN);
    }

    /** Which identity gave way to this one, as a bundle of this one says and the other has signed. */
    Optional<Ed25519PublicKey> before(Username user, Ed25519PublicKey identity) {
        return entries.stream()
                .filter(Entry::holds)
                .filter(entry -> entry.fields().username().equals(user)
                        && entry.fields().identity().equals(identity))
                .flatMap(entry -> Succession.in(entry.parsed()).stream())
                .map(Succession::before)
                .findFirst();
    }

    /** An epoch names the recipient's bundle; whether the file has it. */
    boolean isNamed(SignedEpoch epoch) {
        Username recipient = epoch.sentByUs() ? scope.peer() : scope.exporter();
        boolean given = false;
        for (Entry entry : entries) {
            boolean meant = entry.bundle != null
                    && entry.fields().username().equals(recipient)
                    && Fingerprint.of(entry.fields().identity()).equals(epoch.recipient())
                    && entry.fields().serial() == epoch.recipientSerial();
            if (meant && entry.hash.equals(epoch.recipientBundle())) {
                given = true;
                entry.epochs++;
            } else if (meant && entry.holds()) {
                entry.object(
                        BundleDefect.BUNDLE_FORKED,
                        "epoch " + epoch.name().value().hex() + " was made with another bundle of serial "
                                + entry.fields().serial());
            }
        }
        return given;
    }

    List<AuditedBundle> audited() {
        return entries.stream().map(Entry::audited).toList();
    }

    private static boolean isSameUser(Entry one, Entry other) {
        return one.fields().username().equals(other.fields().username())
                && one.fields().identity().equals(other.fields().identity());
    }

    private static final class Entry {
        private final Bytes hash;
        private @Nullable KeyBundle bundle;
        private @Nullable BundleDefect defect;
        private String what = "";
        private long epochs;

        Entry(Bytes received) {
            this.hash = Sha256.of(received);
        }

        KeyBundle parsed() {
            return Optional.ofNullable(bundle).orElseThrow();
        }

        BundleFields fields() {
            return parsed().fields();
        }

        boolean holds() {
            return defect == null;
        }

        void object(BundleException e) {
            object(e.defect(), String.valueOf(e.getMessage()));
        }

        /** The first defect counts. */
        void object(BundleDefect found, String sentence) {
            if (defect == null) {
                defect = found;
                what = sentence;
            }
        }

        AuditedBundle audited() {
            return new AuditedBundle(hash, Optional.ofNullable(bundle), Optional.ofNullable(defect), what, epochs);
        }
    }
}
