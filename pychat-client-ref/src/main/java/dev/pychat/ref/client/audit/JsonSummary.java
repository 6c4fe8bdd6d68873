package dev.pychat.ref.client.audit;

import com.google.gson.stream.JsonWriter;
import dev.pychat.audit.AuditReport;
import dev.pychat.audit.AuditedBundle;
import dev.pychat.audit.AuditedEpoch;
import dev.pychat.audit.AuditedLane;
import dev.pychat.key.Fingerprint;
import dev.pychat.key.KeyBundle;
import java.io.IOException;

/** What a program is told behind the messages. Used once. */
final class JsonSummary {

    private final JsonWriter json;
    private final AuditReport report;

    JsonSummary(JsonWriter json, AuditReport report) {
        this.json = json;
        this.report = report;
    }

    void write() throws IOException {
        json.name("bundles").beginArray();
        for (AuditedBundle bundle : report.bundles()) {
            bundle(bundle);
        }
        json.endArray();
        json.name("epochs").beginArray();
        for (AuditedEpoch epoch : report.epochs()) {
            epoch(epoch);
        }
        json.endArray();
        json.name("lanes").beginArray();
        for (AuditedLane lane : report.lanes()) {
            lane(lane);
        }
        json.endArray();
        views();
        counts();
        json.name("verdict").value(report.verdict().name());
        json.name("holds").value(report.holds());
        json.name("complete").value(report.isComplete());
    }

    private void bundle(AuditedBundle bundle) throws IOException {
        json.beginObject();
        json.name("hash").value(bundle.hash().hex());
        if (bundle.bundle().isPresent()) {
            KeyBundle known = bundle.bundle().get();
            json.name("user").value(known.fields().username().value());
            json.name("identity")
                    .value(Fingerprint.of(known.fields().identity()).toString());
            json.name("serial").value(known.fields().serial());
        }
        json.name("defect").value(bundle.defect().map(Enum::name).orElse(null));
        json.name("what").value(bundle.what());
        json.name("epochs").value(bundle.epochs());
        json.endObject();
    }

    private void epoch(AuditedEpoch epoch) throws IOException {
        json.beginObject();
        json.name("name").value(epoch.name().value().hex());
        json.name("state").value(epoch.state().name());
        json.name("first").value(epoch.first().value());
        json.name("messages").value(epoch.messages());
        if (epoch.terms().isPresent()) {
            AuditedEpoch.Terms terms = epoch.terms().get();
            json.name("sender").value(terms.sender().value());
            json.name("identity").value(terms.identity().toString());
            json.name("suite").value(terms.suite());
            json.name("lane").value(terms.lane().value().hex());
            json.name("ordinal").value(terms.ordinal());
            json.name("made").value(terms.made().toString());
            json.name("senderSerial").value(terms.senderSerial());
            json.name("recipientSerial").value(terms.recipientSerial());
            json.name("recipientBundle").value(terms.recipientBundle().hex());
            json.name("bundleGiven").value(terms.bundleGiven());
            json.name("senderPolicy").value(terms.senderPolicy().seconds());
            json.name("recipientPolicy").value(terms.recipientPolicy().seconds());
        }
        json.name("finding").value(epoch.finding().map(why -> why.code().name()).orElse(null));
        json.endObject();
    }

    private void lane(AuditedLane lane) throws IOException {
        json.beginObject();
        json.name("sender").value(lane.sender().value());
        json.name("lane").value(lane.lane().value().hex());
        json.name("messages").value(lane.messages());
        json.name("first").value(lane.first());
        json.name("last").value(lane.last());
        json.name("read").value(lane.read());
        json.name("vouched").value(lane.vouched());
        json.name("findings").value(lane.findings());
        json.endObject();
    }

    private void views() throws IOException {
        json.name("views").beginObject();
        json.name("agreeing").value(report.views().agreeing());
        json.name("differing").value(report.views().differing());
        json.name("unchecked").value(report.views().unchecked());
        json.name("byExporter").value(report.views().byExporter().value());
        json.name("byPeer").value(report.views().byPeer().value());
        json.endObject();
    }

    private void counts() throws IOException {
        json.name("counts").beginObject();
        json.name("read").value(report.counts().read());
        json.name("sealed").value(report.counts().sealed());
        json.name("refused").value(report.counts().refused());
        json.name("absent").value(report.counts().absent());
        json.name("findings").value(report.counts().findings());
        json.name("unsupported").value(report.counts().unsupported());
        json.name("unbundled").value(report.counts().unbundled());
        json.name("uncovered").value(report.counts().uncovered());
        json.endObject();
    }
}
