package dev.pychat.store.internal.tree;

import dev.pychat.model.Bytes;
import dev.pychat.model.ConversationId;
import dev.pychat.model.LaneId;
import dev.pychat.model.MessageId;
import dev.pychat.model.Position;
import dev.pychat.model.Username;
import dev.pychat.store.internal.ConversationLedger;
import dev.pychat.store.internal.Lanes;
import dev.pychat.store.internal.Party;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** The one value that is kept of a conversation beside its messages. */
final class LedgerRecord {

    private LedgerRecord() {}

    static Bytes write(ConversationLedger ledger) {
        RecordWriter record = new RecordWriter()
                .raw(ledger.conversation().value())
                .count(ledger.head().value())
                .millis(ledger.time());
        write(record, ledger.first());
        write(record, ledger.second());
        return record.done();
    }

    private static void write(RecordWriter record, Party party) {
        record.name(party.name())
                .count(party.ordinal())
                .count(party.read().value())
                .count(party.readOrdinal())
                .bit(party.lanes().everDropped());
        var lanes = party.lanes().inOrder();
        record.count(lanes.size());
        lanes.forEach(lane -> record.raw(lane.getKey().value())
                .raw(lane.getValue().id().value())
                .count(lane.getValue().position().value()));
    }

    static ConversationLedger read(Bytes value) {
        RecordReader record = new RecordReader(value);
        ConversationId conversation = new ConversationId(record.raw(ConversationId.SIZE));
        Position head = new Position(record.count());
        Instant time = record.millis();
        Party first = party(record);
        Party second = party(record);
        return new ConversationLedger(conversation, first, second, head, time);
    }

    private static Party party(RecordReader record) {
        Username name = record.name();
        long ordinal = record.count();
        Position read = new Position(record.count());
        long readOrdinal = record.count();
        boolean everDropped = record.bit();
        Map<LaneId, Lanes.Head> heads = new LinkedHashMap<>();
        for (long left = record.count(); left > 0; left--) {
            LaneId lane = new LaneId(record.raw(LaneId.SIZE));
            MessageId id = new MessageId(record.raw(MessageId.SIZE));
            heads.put(lane, new Lanes.Head(id, new Position(record.count())));
        }
        return new Party(name, ordinal, read, readOrdinal, new Lanes(heads, everDropped));
    }
}
