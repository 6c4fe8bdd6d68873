package dev.pychat.audit;

import dev.pychat.audit.AuditedIdentity.Voucher;
import dev.pychat.crypto.open.Ed25519PublicKey;
import dev.pychat.envelope.PinnedIdentity;
import dev.pychat.envelope.SignedEpoch;
import dev.pychat.key.SafetyNumber;
import dev.pychat.model.Username;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The identities that the file names, and what tells whose they are. Immutable and thread-safe. */
final class AuditIdentities {

    private final EvidenceScope scope;
    private final List<AuditedIdentity> all;

    private AuditIdentities(EvidenceScope scope, List<AuditedIdentity> all) {
        this.scope = scope;
        this.all = all;
    }

    static AuditIdentities of(EvidenceScope scope, AuditBundles bundles) {
        List<Ed25519PublicKey> pinned =
                scope.pinned().stream().map(PinnedIdentity::key).toList();
        boolean covered = !pinned.isEmpty();
        return new AuditIdentities(
                scope,
                Stream.concat(
                                side(scope.exporter(), scope.own(), covered, bundles),
                                side(scope.peer(), pinned, covered, bundles))
                        .toList());
    }

    /** A safety number is of two, so without one of the peer nobody can compare the exporter's either. */
    private static Stream<AuditedIdentity> side(
            Username user, List<Ed25519PublicKey> keys, boolean covered, AuditBundles bundles) {
        Set<Ed25519PublicKey> succeeded = new HashSet<>();
        Optional<Ed25519PublicKey> present = covered ? keys.stream().findFirst() : Optional.<Ed25519PublicKey>empty();
        Optional<Ed25519PublicKey> next = present;
        while (next.isPresent()) {
            next = bundles.before(user, next.get()).filter(succeeded::add);
        }
        return keys.stream()
                .map(key -> new AuditedIdentity(
                        user,
                        key,
                        present.filter(key::equals).isPresent()
                                ? Voucher.SAFETY_NUMBER
                                : succeeded.contains(key) ? Voucher.SUCCESSION : Voucher.NOBODY));
    }

    List<AuditedIdentity> all() {
        return all;
    }

    /** Who has signed a header. */
    AuditedIdentity signer(SignedEpoch epoch) {
        Username user = epoch.sentByUs() ? scope.exporter() : scope.peer();
        return all.stream()
                .filter(each -> each.user().equals(user) && each.key().equals(epoch.sender()))
                .findFirst()
                .orElseThrow();
    }

    Optional<SafetyNumber> safetyNumber() {
        return scope.pinned().stream()
                .findFirst()
                .map(pin -> SafetyNumber.of(
                        scope.realm(), scope.exporter(), scope.own().get(0), scope.peer(), pin.key()));
    }
}
