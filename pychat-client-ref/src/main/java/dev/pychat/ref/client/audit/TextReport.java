package dev.pychat.ref.client.audit;

import dev.pychat.audit.AbsentMessage;
import dev.pychat.audit.AuditReport;
import dev.pychat.audit.AuditedIdentity;
import dev.pychat.audit.AuditedMessage;
import dev.pychat.audit.EvidenceScope;
import dev.pychat.envelope.Finding;
import dev.pychat.key.ConversationIds;
import dev.pychat.key.SafetyNumber;
import dev.pychat.ref.client.text.Entry;
import dev.pychat.ref.client.text.Printable;
import dev.pychat.ref.client.text.Rows;
import java.io.PrintStream;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What an audit says, for a person to read. Confined to the thread that audits. */
public final class TextReport implements Report {

    private static final DateTimeFormatter SECOND = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final PrintStream out;
    private final boolean messages;
    private boolean said;

    /**
     * Makes one.
     *
     * @param out where it goes; whether it took all is for the caller to ask
     * @param messages whether each message is shown, and not only what is found
     */
    public TextReport(PrintStream out, boolean messages) {
        this.out = out;
        this.messages = messages;
    }

    static String time(Instant moment) {
        return SECOND.format(moment);
    }

    void line(String text) {
        out.println(text);
    }

    @Override
    public void onScope(EvidenceScope scope, Optional<SafetyNumber> safetyNumber, List<AuditedIdentity> identities) {
        line("What this file is, by the word of " + scope.exporter() + ", whose device made it " + time(scope.made()));
        line("  a conversation of " + scope.exporter() + " with " + scope.peer());
        line("  server:        realm " + scope.realm().value().hex());
        line("  conversation:  "
                + ConversationIds.of(scope.realm(), scope.exporter(), scope.peer())
                        .value()
                        .hex());
        line(
                scope.messages() == 0
                        ? "  messages:      none"
                        : "  messages:      positions " + scope.first() + " to " + scope.last());
        line(
                scope.withSecrets()
                        ? "  epoch secrets: given; whoever holds this file can read the messages of those epochs"
                        : "  epoch secrets: not given; content, signatures and views of messages can't be looked at");
        new TextIdentities(scope, safetyNumber, identities).lines().forEach(this::line);
        line("");
        line("Messages");
    }

    @Override
    public void onMessage(AuditedMessage message) {
        if (messages) {
            show(message);
        } else if (message.outcome() == AuditedMessage.Outcome.ABSENT) {
            said(message, absent(message));
        } else if (!signedBy(message).isEmpty()) {
            said = true;
            line("  ? " + head(message) + signedBy(message));
        }
        for (Finding finding : message.findings()) {
            said(message, finding.code() + ": " + finding.what() + ". " + finding.remedy());
        }
    }

    private void said(AuditedMessage message, String sentence) {
        said = true;
        line("  ! " + head(message) + Printable.line(sentence));
    }

    private static String head(AuditedMessage message) {
        return "position " + message.position() + " of " + message.sender() + ": ";
    }

    private static String signedBy(AuditedMessage message) {
        return message.signer().map(TextIdentities::signedBy).orElse("");
    }

    private void show(AuditedMessage message) {
        said = true;
        String by = signedBy(message);
        String head = by.isEmpty() ? "  " + head(message) : "  ? " + head(message) + by + ": ";
        Optional<String> text = message.content().flatMap(content -> content.asText());
        if (text.isPresent()) {
            String time = message.sealed().map(TextReport::time).orElse("");
            Entry entry = new Entry(Entry.Tone.MESSAGE, head + time + ": ", Printable.lines(text.get()));
            Rows.of(entry, Rows.ENDLESS).forEach(this::line);
            return;
        }
        line(head
                + switch (message.outcome()) {
                    case READ -> "signed, and of a kind that this version of pychat can't show";
                    case SEALED -> "sealed; its secret is not in the file";
                    case REFUSED -> "not shown";
                    case ABSENT -> absent(message);
                });
    }

    private static String absent(AuditedMessage message) {
        return message.absent()
                        .filter(AbsentMessage.Reason.ANOTHER_GIVEN::equals)
                        .isPresent()
                ? "not in the file: the server gave another one than it had given before"
                : "not in the file: the server did not give it any more";
    }

    @Override
    public void end(AuditReport report) {
        if (!said) {
            line("  no finding");
        }
        new TextSummary(this, report).write();
    }
}
