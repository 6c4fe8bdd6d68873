package dev.pychat.ref.client.home;

import dev.pychat.model.Bytes;
import dev.pychat.model.Envelope;
import dev.pychat.model.EpochName;
import dev.pychat.model.LaneId;
import dev.pychat.model.MessageId;
import dev.pychat.model.Position;
import dev.pychat.model.Username;
import dev.pychat.store.OutboxEntry;
import dev.pychat.store.OutboxEpoch;
import dev.pychat.store.OutboxStep;
import java.util.ArrayList;
import java.util.List;

/**
 * A step of the outbox as one record: peer, head before, head, epochs (name, header), entries (number, id, draft, whether
 * sealed, and then hash, epoch, lane, after, head before, seen, quiet, envelope), dropped numbers; each list behind its
 * length.
 *
 * <p>Stateless; safe for every thread.
 */
final class OutboxRecords {
    private OutboxRecords() {}

    static Bytes encode(OutboxStep step) {
        RecordWriter out = new RecordWriter();
        out.name(step.peer().value()).bytes(step.headBefore()).bytes(step.head());
        out.number(step.epochs().size());
        step.epochs().forEach(epoch -> out.bytes(epoch.name().value()).bytes(epoch.header()));
        out.number(step.entries().size());
        step.entries().forEach(entry -> encode(entry, out));
        out.number(step.dropped().size());
        step.dropped().forEach(out::number);
        return out.written();
    }

    private static void encode(OutboxEntry entry, RecordWriter out) {
        out.number(entry.number()).bytes(entry.id().value()).bytes(entry.draft());
        out.flag(entry instanceof OutboxEntry.Sealed);
        if (entry instanceof OutboxEntry.Sealed sealed) {
            out.bytes(sealed.hash())
                    .bytes(sealed.epoch().value())
                    .bytes(sealed.lane().value())
                    .bytes(sealed.after().value())
                    .bytes(sealed.headBefore())
                    .number(sealed.seen().value())
                    .flag(sealed.quiet())
                    .bytes(sealed.envelope().value());
        }
    }

    /** Throws {@link IllegalArgumentException} if it is no such record. */
    static OutboxStep decode(Bytes record) {
        RecordReader in = new RecordReader(record);
        Username peer = new Username(in.name());
        Bytes headBefore = in.bytes();
        Bytes head = in.bytes();
        List<OutboxEpoch> epochs = new ArrayList<>();
        for (int left = in.number(); left > 0; left--) {
            epochs.add(new OutboxEpoch(new EpochName(in.bytes()), in.bytes()));
        }
        List<OutboxEntry> entries = new ArrayList<>();
        for (int left = in.number(); left > 0; left--) {
            entries.add(entry(in));
        }
        List<Long> dropped = new ArrayList<>();
        for (int left = in.number(); left > 0; left--) {
            dropped.add(in.longNumber());
        }
        return new OutboxStep(peer, headBefore, head, epochs, entries, dropped);
    }

    private static OutboxEntry entry(RecordReader in) {
        long number = in.longNumber();
        MessageId id = new MessageId(in.bytes());
        Bytes draft = in.bytes();
        if (!in.flag()) {
            return new OutboxEntry.Draft(number, id, draft);
        }
        return new OutboxEntry.Sealed(
                number,
                id,
                draft,
                in.bytes(),
                new EpochName(in.bytes()),
                new LaneId(in.bytes()),
                new MessageId(in.bytes()),
                in.bytes(),
                new Position(in.longNumber()),
                in.flag(),
                new Envelope(in.bytes()));
    }
}
