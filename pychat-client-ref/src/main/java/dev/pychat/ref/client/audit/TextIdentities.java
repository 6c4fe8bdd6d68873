package dev.pychat.ref.client.audit;

import dev.pychat.audit.AuditedIdentity;
import dev.pychat.audit.EvidenceScope;
import dev.pychat.envelope.PinnedIdentity;
import dev.pychat.key.Fingerprint;
import dev.pychat.key.SafetyNumber;
import dev.pychat.model.Username;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a person is told of the identities: which of them the safety number covers, and which nobody but the file. Immutable. */
final class TextIdentities {

    private final EvidenceScope scope;
    private final Optional<SafetyNumber> safetyNumber;
    private final List<AuditedIdentity> identities;

    TextIdentities(EvidenceScope scope, Optional<SafetyNumber> safetyNumber, List<AuditedIdentity> identities) {
        this.scope = scope;
        this.safetyNumber = safetyNumber;
        this.identities = identities;
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add("Identities, by the same word: everything below holds for whoever has their keys");
        List<String> others = new ArrayList<>();
        for (int i = 0; i < identities.size(); i++) {
            AuditedIdentity identity = identities.get(i);
            String line = "  " + identity.user() + ": fingerprint " + identity.fingerprint() + span(i);
            if (identity.isCovered()) {
                lines.add(line);
            } else {
                others.add(line);
                others.add("    " + vouched(identity) + ".");
            }
        }
        if (safetyNumber.isPresent()) {
            lines.add("  safety number: " + safetyNumber.get());
            lines.add("  If the two people see this safety number in their programs, these two identities are theirs.");
        } else {
            lines.add("  safety number: none, since no identity of " + scope.peer() + " was accepted");
        }
        if (!others.isEmpty()) {
            lines.add("Identities that no safety number here covers, and that may be anybody's");
            lines.addAll(others);
        }
        return lines;
    }

    /** Those of the peer stand behind those of the exporter, as in the scope. */
    private String span(int index) {
        int pin = index - scope.own().size();
        return pin < 0 ? "" : span(scope.pinned().get(pin));
    }

    private static String span(PinnedIdentity pin) {
        String to = pin.to().value() == Long.MAX_VALUE ? " on" : " to " + pin.to();
        return ", for positions " + pin.from() + to;
    }

    private static String vouched(AuditedIdentity identity) {
        return switch (identity.voucher()) {
            case SAFETY_NUMBER -> "covered by the safety number";
            case SUCCESSION ->
                "a bundle below says that it was " + identity.user()
                        + "'s and gave way, perhaps since its key was stolen";
            case NOBODY -> "nobody vouches for it";
        };
    }

    /** Whose signature something has, if the safety number does not cover it; else nothing. */
    static String signedBy(AuditedIdentity signer) {
        return signer.isCovered()
                ? ""
                : "signed by identity " + signer.fingerprint() + ", which the safety number does not cover";
    }

    /** The same of one that a bundle or a header names, behind its fingerprint. */
    static String uncovered(List<AuditedIdentity> identities, Username user, Fingerprint named) {
        boolean covered = identities.stream()
                .anyMatch(each -> each.isCovered()
                        && each.user().equals(user)
                        && each.fingerprint().equals(named));
        return covered ? "" : " (which the safety number does not cover)";
    }
}
