package dev.pychat.ref.client.home;

import dev.pychat.model.Bytes;
import dev.pychat.model.EpochName;
import dev.pychat.model.MessageId;
import dev.pychat.model.Position;
import dev.pychat.model.Username;
import dev.pychat.store.TranscriptEntry;
import dev.pychat.store.TranscriptEpoch;
import dev.pychat.store.TranscriptStep;
import java.util.ArrayList;
import java.util.List;

/**
 * A step of a transcript as one record: peer, entries (position, id, epoch, n, envelope hash, view hash, sealed), epochs
 * (name, sealed), state; each list behind its length.
 *
 * <p>Stateless; safe for every thread.
 */
final class TranscriptRecords {
    private TranscriptRecords() {}

    static Bytes encode(TranscriptStep step) {
        RecordWriter out = new RecordWriter().name(step.peer().value());
        out.number(step.entries().size());
        for (TranscriptEntry entry : step.entries()) {
            out.number(entry.position().value())
                    .bytes(entry.id().value())
                    .bytes(entry.epoch().value())
                    .number(entry.n())
                    .bytes(entry.envelopeHash())
                    .bytes(entry.viewHash())
                    .bytes(entry.sealed());
        }
        out.number(step.epochs().size());
        step.epochs().forEach(epoch -> out.bytes(epoch.name().value()).bytes(epoch.sealed()));
        return out.bytes(step.state()).written();
    }

    /** Throws {@link IllegalArgumentException} if it is no such record. */
    static TranscriptStep decode(Bytes record) {
        RecordReader in = new RecordReader(record);
        Username peer = new Username(in.name());
        List<TranscriptEntry> entries = new ArrayList<>();
        for (int left = in.number(); left > 0; left--) {
            entries.add(new TranscriptEntry(
                    new Position(in.longNumber()),
                    new MessageId(in.bytes()),
                    new EpochName(in.bytes()),
                    in.number(),
                    in.bytes(),
                    in.bytes(),
                    in.bytes()));
        }
        List<TranscriptEpoch> epochs = new ArrayList<>();
        for (int left = in.number(); left > 0; left--) {
            epochs.add(new TranscriptEpoch(new EpochName(in.bytes()), in.bytes()));
        }
        return new TranscriptStep(peer, entries, epochs, in.bytes());
    }
}
