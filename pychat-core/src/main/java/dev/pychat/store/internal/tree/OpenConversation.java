package dev.pychat.store.internal.tree;

import dev.pychat.model.Bytes;
import dev.pychat.model.ConversationId;
import dev.pychat.model.MessageId;
import dev.pychat.model.Position;
import dev.pychat.store.StoreException;
import dev.pychat.store.StoreRefusedException;
import dev.pychat.store.internal.ConversationLedger;
import dev.pychat.store.internal.Row;
import dev.pychat.store.internal.Rows;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A conversation in a transaction. Confined to the transaction's thread. */
final class OpenConversation implements Rows {

    private final Trees trees;
    private final long number;
    private final ConversationLedger ledger;

    OpenConversation(Trees trees, long number, ConversationLedger ledger) {
        this.trees = trees;
        this.number = number;
        this.ledger = ledger;
    }

    static Optional<OpenConversation> find(Trees trees, ConversationId id) throws DamagedRecordException {
        Optional<Bytes> number = trees.conversations().get(id.value());
        return number.isEmpty() ? Optional.empty() : Optional.of(load(trees, RecordReader.number(number.get())));
    }

    static OpenConversation load(Trees trees, long number) throws DamagedRecordException {
        Bytes key = Keys.number(number);
        Optional<Bytes> ledger = trees.ledgers().get(key);
        if (ledger.isEmpty()) {
            throw trees.ledgers().damaged(key);
        }
        return new OpenConversation(trees, number, LedgerRecord.read(ledger.get()));
    }

    ConversationLedger ledger() {
        return ledger;
    }

    void add(Row row) {
        trees.messages().put(key(row.message().position().value()), MessageRecord.write(ledger, row));
    }

    void save() {
        trees.ledgers().put(Keys.number(number), LedgerRecord.write(ledger));
    }

    /** Enters a conversation that has its first message. */
    void enter() {
        Bytes value = Keys.number(number);
        Bytes first = Keys.owner(ledger.first().name());
        Bytes second = Keys.owner(ledger.second().name());
        trees.conversations().put(ledger.conversation().value(), value);
        trees.inboxes().put(Bytes.concat(first, Keys.name(ledger.second().name())), value);
        trees.inboxes().put(Bytes.concat(second, Keys.name(ledger.first().name())), value);
    }

    /** The messages from one position to another, both included and both there. */
    List<Row> rows(long from, long to) throws DamagedRecordException {
        List<Row> rows = new ArrayList<>();
        if (from > to) {
            return rows;
        }
        trees.messages().upwards(key(from), entry -> {
            long position = from + rows.size();
            if (!entry.key().equals(key(position))) {
                return false;
            }
            rows.add(MessageRecord.read(ledger, new Position(position), entry.value()));
            return position < to;
        });
        if (rows.size() < to - from + 1) {
            throw trees.messages().damaged(key(from + rows.size()));
        }
        return rows;
    }

    @Override
    public Row at(Position position) throws StoreException {
        try {
            return rows(position.value(), position.value()).get(0);
        } catch (DamagedRecordException e) {
            throw new StoreRefusedException(String.valueOf(e.getMessage()), e);
        }
    }

    @Override
    public Optional<Row> find(MessageId id, Position after, Position upTo) throws StoreException {
        long[] next = {upTo.value()};
        boolean[] found = {false};
        trees.messages().glanceDownwards(key(upTo.value()), MessageId.SIZE, cell -> {
            if (!cell.key().equals(key(next[0]))) {
                return false;
            }
            found[0] = cell.record().equals(id.value());
            next[0] -= found[0] ? 0 : 1;
            return !found[0] && next[0] > after.value();
        });
        // Where the scan ended early something is missing, which reading tells as damage.
        boolean read = found[0] || next[0] > after.value();
        return read ? Optional.of(at(new Position(next[0]))) : Optional.empty();
    }

    private Bytes key(long position) {
        return Keys.message(number, position);
    }
}
