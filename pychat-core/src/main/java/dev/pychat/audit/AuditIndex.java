package dev.pychat.audit;

import dev.pychat.envelope.KnownMessages;
import dev.pychat.envelope.LaneHead;
import dev.pychat.envelope.View;
import dev.pychat.model.Bytes;
import dev.pychat.model.EpochName;
import dev.pychat.model.MessageId;
import dev.pychat.model.Position;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an audit remembers of the messages before: some 400 bytes for each, and nothing that keeps its envelope in memory. Confined to
 * one thread.
 */
final class AuditIndex implements KnownMessages {

    private static final int HASH = 32;
    private static final int ROW = MessageId.SIZE + 2 * HASH + 1;
    private static final int ENVELOPE_AT = MessageId.SIZE;
    private static final int VIEW_AT = ENVELOPE_AT + HASH;
    private static final int VIEWED_AT = VIEW_AT + HASH;

    private final long first;
    /** For each position: the id that the server names, the hash of the envelope, the view hash and whether it is known. */
    private final List<byte[]> rows = new ArrayList<>();
    /** Copies, in which {@link HashMap} finds its way also among keys that somebody chose to collide. */
    private final Map<Bytes, Position> ids = new HashMap<>();

    private final Map<Bytes, Position> places = new HashMap<>();

    AuditIndex(Position first) {
        this.first = first.value();
    }

    /** Adds what the next position adds to the view. */
    void add(Step step) {
        ByteBuffer row = ByteBuffer.allocate(ROW);
        step.id().value().copyTo(row);
        step.envelopeHash().copyTo(row);
        rows.add(row.array());
    }

    /** Adds a view hash that has become known. The anchor may lie before the first position; nobody asks for it there. */
    void add(View view) {
        row(view.position()).ifPresent(row -> {
            view.hash().copyTo(ByteBuffer.wrap(row, VIEW_AT, HASH));
            row[VIEWED_AT] = 1;
        });
    }

    /** Adds a message that is in its place. */
    void add(Position position, LaneHead head) {
        ids.putIfAbsent(Bytes.copyOf(head.id().value().toArray()), position);
        places.putIfAbsent(place(head.epoch(), head.n()), position);
    }

    @Override
    public Optional<Known> byId(MessageId id) {
        return Optional.ofNullable(ids.get(id.value())).map(this::known);
    }

    @Override
    public Optional<Known> byPlace(EpochName epoch, int n) {
        return Optional.ofNullable(places.get(place(epoch, n))).map(this::known);
    }

    @Override
    public Optional<Bytes> viewAt(Position position) {
        return row(position).filter(row -> row[VIEWED_AT] == 1).map(row -> Bytes.copyOf(row, VIEW_AT, HASH));
    }

    @Override
    public Optional<Step> stepAt(Position position) {
        return row(position)
                .map(row -> new Step(new MessageId(Bytes.copyOf(row, 0, MessageId.SIZE)), envelopeHash(row)));
    }

    private Known known(Position position) {
        return new Known(position, envelopeHash(row(position).orElseThrow()));
    }

    private Optional<byte[]> row(Position position) {
        long at = position.value() - first;
        return at < 0 || at >= rows.size() ? Optional.empty() : Optional.of(rows.get((int) at));
    }

    private static Bytes envelopeHash(byte[] row) {
        return Bytes.copyOf(row, ENVELOPE_AT, HASH);
    }

    private static Bytes place(EpochName epoch, int n) {
        return Bytes.concat(epoch.value(), Bytes.adopt(new byte[] {(byte) n}));
    }
}
