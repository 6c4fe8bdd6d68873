package dev.pychat.store.memory;

import dev.pychat.model.MessageId;
import dev.pychat.model.Position;
import dev.pychat.model.StoredMessage;
import dev.pychat.store.AppendResult;
import dev.pychat.store.MessagePage;
import dev.pychat.store.StoreException;
import dev.pychat.store.Submission;
import dev.pychat.store.internal.AppendRules;
import dev.pychat.store.internal.ConversationLedger;
import dev.pychat.store.internal.Row;
import dev.pychat.store.internal.Rows;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One conversation: its ledger and its messages, of which the one at position p has index p - 1. Confined to the guard. */
final class Log implements Rows {

    private final ConversationLedger ledger;
    private final List<Row> rows = new ArrayList<>();

    Log(Submission first) {
        this.ledger = ConversationLedger.begin(first);
    }

    ConversationLedger ledger() {
        return ledger;
    }

    AppendResult append(Submission submission) throws StoreException {
        return AppendRules.apply(submission, ledger, this, rows::add);
    }

    boolean isEmpty() {
        return rows.isEmpty();
    }

    /** The messages from index {@code from} on, without the one at {@code to}. */
    MessagePage slice(long from, long to) {
        List<StoredMessage> messages =
                rows.subList((int) from, (int) to).stream().map(Row::message).toList();
        return new MessagePage(messages, ledger.head());
    }

    @Override
    public Row at(Position position) {
        return rows.get((int) (position.value() - 1));
    }

    @Override
    public Optional<Row> find(MessageId id, Position after, Position upTo) {
        for (long p = upTo.value(); p > after.value(); p--) {
            Row row = at(new Position(p));
            if (row.message().id().equals(id)) {
                return Optional.of(row);
            }
        }
        return Optional.empty();
    }
}
