package dev.pychat.store.internal.tree;

import dev.pychat.model.Bytes;
import dev.pychat.model.Envelope;
import dev.pychat.model.EpochName;
import dev.pychat.model.LaneId;
import dev.pychat.model.MessageId;
import dev.pychat.model.Position;
import dev.pychat.model.StoredMessage;
import dev.pychat.model.Username;
import dev.pychat.store.internal.ConversationLedger;
import dev.pychat.store.internal.Row;
import java.time.Instant;

/** The value of a message. It begins with the id, so that looking for one reads 16 bytes of each. */
final class MessageRecord {

    private MessageRecord() {}

    static Bytes write(ConversationLedger ledger, Row row) {
        StoredMessage message = row.message();
        return new RecordWriter()
                .raw(message.id().value())
                .bit(message.quiet())
                .bit(message.sender().equals(ledger.second().name()))
                .raw(message.lane().value())
                .raw(message.epoch().value())
                .count(message.ordinal())
                .count(row.othersOrdinal())
                .millis(message.time())
                .raw(message.envelope().value())
                .done();
    }

    static Row read(ConversationLedger ledger, Position position, Bytes value) {
        RecordReader record = new RecordReader(value);
        MessageId id = new MessageId(record.raw(MessageId.SIZE));
        boolean quiet = record.bit();
        Username sender = (record.bit() ? ledger.second() : ledger.first()).name();
        LaneId lane = new LaneId(record.raw(LaneId.SIZE));
        EpochName epoch = new EpochName(record.raw(EpochName.SIZE));
        long ordinal = record.count();
        long othersOrdinal = record.count();
        Instant time = record.millis();
        Envelope envelope = new Envelope(record.rest());
        StoredMessage message = new StoredMessage(
                ledger.conversation(), position, sender, id, lane, epoch, ordinal, quiet, time, envelope);
        return new Row(message, othersOrdinal);
    }
}
