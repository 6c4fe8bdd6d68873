package dev.pychat.ref.client.home;

import dev.pychat.model.Bytes;
import dev.pychat.model.EpochName;
import dev.pychat.model.Position;
import dev.pychat.model.Username;
import dev.pychat.store.StoreRefusedException;
import dev.pychat.store.TranscriptEntry;
import dev.pychat.store.TranscriptEpoch;
import dev.pychat.store.TranscriptForgetting;
import dev.pychat.store.TranscriptSpan;
import dev.pychat.store.TranscriptStep;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One conversation's transcript as a log of its steps. Each step repeats the state, so a log whose states have come to more
 * than the rest is rewritten, with many entries in one record and the state once; so is one of which something is forgotten, each time, so
 * that forgetting costs one writing of the log. Confined to the store's lock.
 */
final class TranscriptLog implements Closeable {
    static final char KIND = 'T';

    private static final int ENTRIES_IN_RECORD = 64;
    private static final long SMALL = 1024 * 1024;

    private final Path path;
    private final Username peer;
    private final RecordLog log;
    private TranscriptIndex index = new TranscriptIndex();
    private long states;

    TranscriptLog(Path path, Username peer) throws IOException {
        this.path = path;
        this.peer = peer;
        this.log = RecordLog.open(path, KIND, (record, at) -> add(decode(record, at), at));
    }

    TranscriptIndex index() {
        return index;
    }

    boolean isUsable() {
        return log.isUsable();
    }

    void append(TranscriptStep step) throws IOException, StoreRefusedException {
        index.requireFollows(step.entries());
        write(step);
    }

    /** The step's record comes later than the entries that it replaces, and counts instead of them. */
    void replace(TranscriptStep step) throws IOException, StoreRefusedException {
        for (TranscriptEntry entry : step.entries()) {
            boolean held = index.holds(entry.position())
                    && entries(entry.position(), entry.position()).stream().allMatch(entry::mayReplace);
            if (!held) {
                throw new StoreRefusedException(
                        "position " + entry.position() + " holds no unopened entry of the same message");
            }
        }
        write(step);
    }

    /** The log is written anew, without what is forgotten, and takes the place of the one before. */
    void forget(TranscriptForgetting step) throws IOException, StoreRefusedException {
        for (Position position : step.entries().keySet()) {
            if (!index.holds(position)) {
                throw new StoreRefusedException("position " + position + " holds no entry that could be forgotten");
            }
        }
        TranscriptIndex rewritten = new TranscriptIndex();
        log.compact(writer -> rewrite(step, writer, rewritten));
        rewritten(rewritten);
    }

    private void write(TranscriptStep step) throws IOException {
        add(step, log.append(TranscriptRecords.encode(step)));
        if (log.size() > SMALL && states > log.size() / 2) {
            TranscriptIndex rewritten = new TranscriptIndex();
            TranscriptForgetting nothing = new TranscriptForgetting(peer, Map.of(), List.of());
            if (log.compactOrGoOn(writer -> rewrite(nothing, writer, rewritten))) {
                rewritten(rewritten);
            }
        }
    }

    private void add(TranscriptStep step, long at) {
        index.add(step, at);
        states += step.state().size();
    }

    /** The entries from one position to another, both inside the span. */
    List<TranscriptEntry> entries(Position first, Position last) throws IOException {
        List<TranscriptEntry> found = new ArrayList<>();
        Position next = first;
        while (!next.isAfter(last)) {
            long at = index.place(next);
            for (TranscriptEntry entry : step(at).entries()) {
                if (entry.position().equals(next) && !next.isAfter(last) && index.place(next) == at) {
                    found.add(entry);
                    next = next.next();
                }
            }
        }
        return found;
    }

    Optional<Bytes> epoch(EpochName name) throws IOException {
        Optional<Long> place = index.epoch(name);
        if (place.isEmpty()) {
            return Optional.empty();
        }
        return step(place.get()).epochs().stream()
                .filter(epoch -> epoch.name().equals(name))
                .map(TranscriptEpoch::sealed)
                .reduce((earlier, later) -> later);
    }

    private void rewrite(TranscriptForgetting without, RecordLog.Writer writer, TranscriptIndex rewritten)
            throws IOException {
        TranscriptSpan span = index.span();
        Position next = span.from();
        while (next.isMessage() && !next.isAfter(span.to())) {
            Position end = next.plus(Math.min(ENTRIES_IN_RECORD - 1L, span.to().value() - next.value()));
            List<TranscriptEntry> kept = entries(next, end).stream()
                    .map(entry -> Optional.ofNullable(without.entries().get(entry.position()))
                            .map(entry::withSealed)
                            .orElse(entry))
                    .toList();
            write(new TranscriptStep(peer, kept, List.of(), Bytes.EMPTY), writer, rewritten);
            next = end.next();
        }
        Set<EpochName> dropped = Set.copyOf(without.epochs());
        for (EpochName name : index.epochs()) {
            if (!dropped.contains(name)) {
                TranscriptEpoch epoch = new TranscriptEpoch(name, epoch(name).orElseThrow());
                write(new TranscriptStep(peer, List.of(), List.of(epoch), Bytes.EMPTY), writer, rewritten);
            }
        }
        write(new TranscriptStep(peer, List.of(), List.of(), span.state()), writer, rewritten);
    }

    private void rewritten(TranscriptIndex rewritten) {
        index = rewritten;
        states = rewritten.span().state().size();
    }

    private static void write(TranscriptStep step, RecordLog.Writer writer, TranscriptIndex rewritten)
            throws IOException {
        rewritten.add(step, writer.append(TranscriptRecords.encode(step)));
    }

    private TranscriptStep step(long at) throws IOException {
        return decode(log.read(at), at);
    }

    private TranscriptStep decode(Bytes record, long at) throws HomeException {
        try {
            TranscriptStep step = TranscriptRecords.decode(record);
            if (step.peer().equals(peer)) {
                return step;
            }
        } catch (IllegalArgumentException e) {
            // Reported below with the place.
        }
        throw FileHeader.damaged(path, "holds a record that does not belong there, at byte " + at);
    }

    @Override
    public void close() throws IOException {
        log.close();
    }
}
