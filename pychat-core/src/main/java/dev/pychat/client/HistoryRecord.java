package dev.pychat.client;

import dev.pychat.crypto.open.BinaryReader;
import dev.pychat.crypto.open.BinaryWriter;
import dev.pychat.crypto.open.MalformedException;
import dev.pychat.envelope.Finding;
import dev.pychat.envelope.FindingCode;
import dev.pychat.envelope.RewrapAnswer;
import dev.pychat.model.Bytes;
import dev.pychat.model.Content;
import dev.pychat.model.Username;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the device keeps of one message beside its public indexes. Immutable.
 *
 * @param sender who sent it
 * @param quiet whether it counts as no unread message
 * @param time when the server stored it
 * @param claimed when it was sealed, by the sender's clock
 * @param content what it says, if it opened
 * @param findings what does not hold
 * @param taken when this device took it, by its own clock
 */
record HistoryRecord(
        Username sender,
        boolean quiet,
        Instant time,
        Instant claimed,
        Optional<Content> content,
        List<Finding> findings,
        Instant taken) {

    private static final int FORMAT = 1;
    private static final int FORMAT_HERE = 2;
    private static final int MAX_FINDING = 2048;

    HistoryRecord {
        findings = List.copyOf(findings);
    }

    boolean has(FindingCode code) {
        return findings.stream().anyMatch(finding -> finding.code() == code);
    }

    /** What stays when it is forgotten: of what it says nothing, but of control content its type, so that nothing is shown of it. */
    HistoryRecord forgotten() {
        Optional<Content> type =
                content.filter(Content::isControl).map(control -> new Content(control.type(), Bytes.EMPTY));
        return new HistoryRecord(sender, quiet, time, claimed, type, findings, taken);
    }

    /** The same without the secrets of epochs that it gives. */
    HistoryRecord withoutSecrets() {
        Optional<RewrapAnswer> answer = content.flatMap(RewrapAnswer::of);
        if (answer.isEmpty()) {
            return this;
        }
        try (RewrapAnswer given = answer.get()) {
            Optional<Content> names = Optional.of(given.withoutSecrets());
            return new HistoryRecord(sender, quiet, time, claimed, names, findings, taken);
        }
    }

    /** As a backup has it (ENVELOPE.md, section 14.1): when this device took it means nothing elsewhere. */
    Bytes encode() {
        try (BinaryWriter out = new BinaryWriter()) {
            return write(out.u8(FORMAT)).toBytes();
        }
    }

    /** As this device keeps it. */
    Bytes encodeHere() {
        try (BinaryWriter out = new BinaryWriter()) {
            return write(out.u8(FORMAT_HERE).time(taken)).toBytes();
        }
    }

    private BinaryWriter write(BinaryWriter out) {
        out.username(sender).bool(quiet).time(time).time(claimed);
        out.bool(content.isPresent());
        content.ifPresent(present -> out.u16(present.type()).bytes32(present.body()));
        out.u8(findings.size());
        findings.forEach(finding -> out.bytes16(finding.encode()));
        return out;
    }

    /** Either form. One that does not say when it was taken counts from when the server stored it. */
    static HistoryRecord decode(Bytes raw) throws MalformedException {
        BinaryReader in = new BinaryReader("history entry", raw);
        Optional<Instant> taken =
                in.u8("format", FORMAT, FORMAT_HERE) == FORMAT ? Optional.empty() : Optional.of(in.time("taken"));
        Username sender = in.username("sender");
        boolean quiet = in.bool("quiet");
        Instant time = in.time("time");
        Instant claimed = in.time("claimed");
        Optional<Content> content = in.bool("content") ? Optional.of(content(in)) : Optional.empty();
        int count = in.u8("count of findings");
        List<Finding> findings = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            findings.add(Finding.decode(in.bytes16("finding", MAX_FINDING)));
        }
        in.end();
        return new HistoryRecord(sender, quiet, time, claimed, content, findings, taken.orElse(time));
    }

    static Content content(BinaryReader in) throws MalformedException {
        int type = in.u16("type");
        if (type == 0) {
            throw in.malformed("type 0");
        }
        return new Content(type, in.bytes32("body", Content.MAX_BODY));
    }
}
