package dev.pychat.store.internal.tree;

import dev.pychat.model.Bytes;
import dev.pychat.store.StoreException;
import dev.pychat.store.directory.RecordSink;
import dev.pychat.store.directory.StoredRecord;
import java.util.Optional;

/** Writes out all records of the trees, having compared what they promise of one another. Confined to the transaction's thread. */
final class Records {

    private final Trees trees;
    private final RecordSink sink;
    private long conversation;
    private long position;

    private Records(Trees trees, RecordSink sink) {
        this.trees = trees;
        this.sink = sink;
    }

    /** What the sink throws, on its way through a scan. */
    private static final class SinkFailed extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final StoreException failure;

        SinkFailed(StoreException failure) {
            super(failure);
            this.failure = failure;
        }
    }

    static void writeOut(Database database, RecordSink sink) throws StoreException {
        Optional<StoreException> failure = database.read(trees -> {
            try {
                new Records(trees, sink).writeOut();
                return Optional.empty();
            } catch (SinkFailed e) {
                return Optional.of(e.failure);
            }
        });
        if (failure.isPresent()) {
            throw failure.get();
        }
    }

    private void writeOut() throws DamagedRecordException {
        for (TreeName name : TreeName.values()) {
            trees.tree(name).upwards(Bytes.EMPTY, entry -> {
                check(name, entry);
                take(new StoredRecord(name.text(), entry.key(), entry.value()));
                return true;
            });
        }
        requireHead();
    }

    private void take(StoredRecord record) {
        try {
            sink.take(record);
        } catch (StoreException e) {
            throw new SinkFailed(e);
        }
    }

    private void check(TreeName name, Tree.Entry entry) throws DamagedRecordException {
        if (name == TreeName.LEDGERS) {
            requireLast(entry);
        } else if (name == TreeName.MESSAGES) {
            requireNext(entry);
        }
    }

    /** A conversation has the message that its ledger calls the last. */
    private void requireLast(Tree.Entry ledger) throws DamagedRecordException {
        long head = LedgerRecord.read(ledger.value()).head().value();
        Bytes last = Keys.message(RecordReader.number(ledger.key()), head);
        if (head > 0 && !trees.messages().has(last)) {
            throw trees.messages().damaged(last);
        }
    }

    /** Messages follow one another from 1 up to what their ledger calls the last. */
    private void requireNext(Tree.Entry message) throws DamagedRecordException {
        long number = RecordReader.number(message.key());
        if (number != conversation) {
            requireHead();
            conversation = number;
            position = 0;
        }
        Bytes next = Keys.message(number, ++position);
        if (!message.key().equals(next)) {
            throw trees.messages().damaged(next);
        }
    }

    private void requireHead() throws DamagedRecordException {
        if (conversation == 0) {
            return;
        }
        long head = OpenConversation.load(trees, conversation).ledger().head().value();
        if (head != position) {
            throw trees.messages().damaged(Keys.message(conversation, Math.min(head, position) + 1));
        }
    }
}
