package dev.pychat.ref.client.audit;

import dev.pychat.audit.AuditReport;
import dev.pychat.audit.AuditedBundle;
import dev.pychat.audit.AuditedEpoch;
import dev.pychat.audit.AuditedLane;
import dev.pychat.audit.AuditedViews;
import dev.pychat.client.ConversationPolicy;
import dev.pychat.key.BundleFields;
import dev.pychat.key.Fingerprint;
import dev.pychat.key.HistoryPolicy;
import dev.pychat.key.KeyBundle;
import dev.pychat.model.Position;
import dev.pychat.model.Username;
import dev.pychat.ref.client.text.Printable;
import java.util.List;

/** What a person is told behind the messages: bundles, epochs, lanes, views, counts and the verdict. Used once. */
final class TextSummary {

    private final TextReport out;
    private final AuditReport report;

    TextSummary(TextReport out, AuditReport report) {
        this.out = out;
        this.report = report;
    }

    void write() {
        section("Key bundles", report.bundles().stream().map(this::bundle).toList());
        section("Epoch headers", report.epochs().stream().map(this::epoch).toList());
        section(
                "Lanes, each the outgoing stream of one installation",
                report.lanes().stream().map(TextSummary::lane).toList());
        section("Views, by which senders say what history they had", views());
        section("Messages by what could be looked at", counts());
        section("Result", verdict());
    }

    private void section(String title, List<String> lines) {
        out.line("");
        out.line(title);
        if (lines.isEmpty()) {
            out.line("  none");
        }
        lines.forEach(line -> out.line("  " + Printable.line(line)));
    }

    private String bundle(AuditedBundle bundle) {
        String what = bundle.bundle().map(this::fields).orElse("bytes that are no key bundle") + ", hash "
                + bundle.hash().hex();
        if (bundle.defect().isPresent()) {
            return "! " + what + ": " + bundle.defect().get() + ", " + bundle.what();
        }
        return what + ": signature holds; " + counted(bundle.epochs(), "epoch was", "epochs were") + " made with it";
    }

    private String fields(KeyBundle bundle) {
        BundleFields fields = bundle.fields();
        return fields.username() + ", serial " + fields.serial() + ", identity "
                + identity(fields.username(), Fingerprint.of(fields.identity())) + ", from "
                + TextReport.time(fields.notBefore()) + " to " + TextReport.time(fields.notAfter());
    }

    private String epoch(AuditedEpoch epoch) {
        String name = epoch.name().value().hex();
        String terms = epoch.terms().map(this::terms).orElse("");
        String named = ", " + counted(epoch.messages(), "message", "messages") + " from position " + epoch.first();
        return switch (epoch.state()) {
            case OPENED -> name + terms + named + ": signature holds, and the secret given is its own";
            case SIGNED -> name + terms + named + ": signature holds; no secret is given";
            case REFUSED ->
                "! " + name + terms + named + ": "
                        + epoch.finding()
                                .map(why -> why.code() + ", " + why.what())
                                .orElse("refused");
            case UNNAMED -> name + ": no message names it, so it was not looked at";
        };
    }

    private String identity(Username user, Fingerprint named) {
        return named + TextIdentities.uncovered(report.identities(), user, named);
    }

    private String terms(AuditedEpoch.Terms terms) {
        return " by " + terms.sender() + ", identity " + identity(terms.sender(), terms.identity()) + ", suite "
                + terms.suite() + ", lane "
                + terms.lane() + ", epoch " + terms.ordinal() + " of the lane, made " + TextReport.time(terms.made())
                + " with the recipient's bundle " + terms.recipientSerial()
                + (terms.bundleGiven() ? "" : ", which is not in the file")
                + ", history " + kept(terms.senderPolicy()) + " by the sender and " + kept(terms.recipientPolicy())
                + " by the recipient";
    }

    private static String kept(HistoryPolicy policy) {
        return policy.isKeep() ? "kept" : "forgotten after " + ConversationPolicy.words(policy);
    }

    private static String lane(AuditedLane lane) {
        String what = lane.sender() + ", lane " + lane.lane() + ": numbers " + lane.first() + " to " + lane.last()
                + ", " + counted(lane.messages(), "message", "messages") + " in place, " + lane.read()
                + " read and signed";
        String vouched = lane.vouched() > 0 ? "; later signed headers vouch for " + lane.vouched() + " of them" : "";
        return lane.findings() > 0
                ? "! " + what + vouched + "; " + counted(lane.findings(), "finding", "findings")
                : what + vouched + "; nothing is missing between them";
    }

    private List<String> views() {
        AuditedViews views = report.views();
        return List.of(
                counted(views.agreeing(), "view agrees", "views agree") + " with the history of this file, "
                        + views.differing() + " " + (views.differing() == 1 ? "differs" : "differ") + ", "
                        + views.unchecked() + " could not be looked at",
                confirmed(report.scope().peer(), views.byPeer()),
                confirmed(report.scope().exporter(), views.byExporter()));
    }

    private static String confirmed(Username who, Position upTo) {
        return upTo.isMessage()
                ? who + " has confirmed this history up to position " + upTo + ", under a signature"
                : who + " has confirmed no part of this history";
    }

    private List<String> counts() {
        AuditReport.Counts counts = report.counts();
        return List.of(
                "read, each with its sender's signature: " + counts.read(),
                "sealed, only their place was looked at: " + counts.sealed(),
                "refused: " + counts.refused(),
                "not in the file: " + counts.absent(),
                "of identities that the safety number does not cover: " + counts.uncovered());
    }

    private List<String> verdict() {
        AuditReport.Counts counts = report.counts();
        String verdict = switch (report.verdict()) {
            case HOLDS -> "HOLDS: all that could be looked at holds";
            case HOLDS_IN_PART ->
                "HOLDS IN PART: nothing is found, but "
                        + counted(counts.uncovered(), "message is", "messages are")
                        + " of identities that the safety number does not cover, each marked with ? above: "
                        + "anybody could have written that";
            case DOES_NOT_HOLD ->
                "DOES NOT HOLD: " + counted(counts.findings(), "finding", "findings") + ", each marked with ! above";
        };
        return report.isComplete()
                ? List.of(verdict, "Everything in the file could be looked at.")
                : List.of(verdict, "Not everything could be looked at: " + unlooked() + ".");
    }

    private String unlooked() {
        AuditReport.Counts counts = report.counts();
        return counted(counts.sealed(), "message is", "messages are") + " sealed, "
                + counted(counts.absent(), "is", "are") + " not in the file, "
                + counted(counts.unsupported(), "thing needs", "things need") + " a newer program, "
                + counted(counts.unbundled(), "epoch was", "epochs were")
                + " made with a bundle that is not in the file, and "
                + counted(report.views().unchecked(), "view", "views") + " can't be compared";
    }

    private static String counted(long count, String one, String many) {
        return count + " " + (count == 1 ? one : many);
    }
}
