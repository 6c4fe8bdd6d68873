package dev.pychat.ref.client.audit;

import com.google.gson.stream.JsonWriter;
import dev.pychat.audit.AuditReport;
import dev.pychat.audit.AuditedIdentity;
import dev.pychat.audit.AuditedMessage;
import dev.pychat.audit.EvidenceScope;
import dev.pychat.envelope.Finding;
import dev.pychat.envelope.PinnedIdentity;
import dev.pychat.key.ConversationIds;
import dev.pychat.key.SafetyNumber;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What an audit says, as one JSON object for a program (ENVELOPE.md, section 16). Confined to the thread that audits. */
public final class JsonReport implements Report {

    private final JsonWriter json;
    private final boolean messages;

    /**
     * Makes one.
     *
     * @param out where it goes, which stays the caller's to close
     * @param messages whether there is an entry for each message, and not only for those with a finding, not in the file, or of an
     *     identity that the safety number does not cover
     */
    public JsonReport(Writer out, boolean messages) {
        this.json = new JsonWriter(new AsciiWriter(out));
        this.json.setIndent("  ");
        this.messages = messages;
    }

    @Override
    public void onScope(EvidenceScope scope, Optional<SafetyNumber> safetyNumber, List<AuditedIdentity> identities) {
        unchecked(() -> {
            json.beginObject();
            json.name("format").value(1);
            json.name("realm").value(scope.realm().value().hex());
            json.name("conversation")
                    .value(ConversationIds.of(scope.realm(), scope.exporter(), scope.peer())
                            .value()
                            .hex());
            json.name("exporter").value(scope.exporter().value());
            json.name("peer").value(scope.peer().value());
            json.name("made").value(scope.made().toString());
            json.name("first").value(scope.first().value());
            json.name("last").value(scope.last().value());
            json.name("withSecrets").value(scope.withSecrets());
            identities(scope, identities);
            json.name("safetyNumber")
                    .value(safetyNumber.map(SafetyNumber::digits).orElse(null));
            json.name("messages").beginArray();
        });
    }

    /** Those of the peer stand behind those of the exporter, as in the scope. */
    private void identities(EvidenceScope scope, List<AuditedIdentity> identities) throws IOException {
        int own = scope.own().size();
        json.name("exporterIdentities").beginArray();
        for (AuditedIdentity identity : identities.subList(0, own)) {
            json.beginObject();
            identity(identity);
            json.endObject();
        }
        json.endArray();
        json.name("peerIdentities").beginArray();
        for (int i = own; i < identities.size(); i++) {
            PinnedIdentity pin = scope.pinned().get(i - own);
            json.beginObject();
            identity(identities.get(i));
            json.name("from").value(pin.from().value());
            // Open: beyond what every program takes for a whole number.
            json.name("to")
                    .value(pin.to().value() == Long.MAX_VALUE ? null : pin.to().value());
            json.endObject();
        }
        json.endArray();
    }

    private void identity(AuditedIdentity identity) throws IOException {
        json.name("fingerprint").value(identity.fingerprint().toString());
        json.name("voucher").value(identity.voucher().name());
    }

    @Override
    public void onMessage(AuditedMessage message) {
        boolean remarkable = message.outcome() == AuditedMessage.Outcome.ABSENT
                || message.signer().filter(signer -> !signer.isCovered()).isPresent()
                || !message.findings().isEmpty();
        if (!messages && !remarkable) {
            return;
        }
        unchecked(() -> {
            json.beginObject();
            json.name("position").value(message.position().value());
            json.name("sender").value(message.sender().value());
            json.name("id").value(message.id().value().hex());
            json.name("outcome").value(message.outcome().name());
            json.name("identity")
                    .value(message.signer()
                            .map(signer -> signer.fingerprint().toString())
                            .orElse(null));
            json.name("voucher")
                    .value(message.signer()
                            .map(signer -> signer.voucher().name())
                            .orElse(null));
            json.name("stored").value(message.stored().map(Instant::toString).orElse(null));
            if (messages) {
                json.name("sealed")
                        .value(message.sealed().map(Instant::toString).orElse(null));
                json.name("text")
                        .value(message.content()
                                .flatMap(content -> content.asText())
                                .orElse(null));
            }
            json.name("absent").value(message.absent().map(Enum::name).orElse(null));
            findings(message.findings());
            json.endObject();
        });
    }

    private void findings(List<Finding> findings) throws IOException {
        json.name("findings").beginArray();
        for (Finding finding : findings) {
            json.beginObject();
            json.name("code").value(finding.code().name());
            json.name("what").value(finding.what());
            json.name("from").value(finding.from().value());
            json.name("to").value(finding.to().value());
            json.endObject();
        }
        json.endArray();
    }

    @Override
    public void end(AuditReport report) throws IOException {
        json.endArray();
        new JsonSummary(json, report).write();
        json.endObject();
        json.flush();
    }

    private interface Writing {
        void write() throws IOException;
    }

    private static void unchecked(Writing writing) {
        try {
            writing.write();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
