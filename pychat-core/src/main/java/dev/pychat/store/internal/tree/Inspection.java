package dev.pychat.store.internal.tree;

import dev.pychat.model.Bytes;
import dev.pychat.store.StoreException;
import dev.pychat.store.directory.StoreCheck;
import dev.pychat.store.directory.StoreFigures;
import dev.pychat.store.directory.internal.Reasons;
import dev.pychat.store.internal.ConversationLedger;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;

/** Reads all records and compares what they promise of one another, and goes on behind a fault. Confined to one thread, whose interrupt ends it. */
final class Inspection {

    private final List<String> faults = new ArrayList<>();
    private final Map<TreeName, Long> counts = new EnumMap<>(TreeName.class);
    private long faultCount;

    private Inspection() {}

    static StoreCheck of(Database database) throws StoreException {
        Inspection inspection = new Inspection();
        database.compareFiles(inspection::found);
        return database.read(inspection::run);
    }

    /** Remembers a fault. */
    void found(String fault) {
        faultCount++;
        if (faults.size() < StoreCheck.MOST_FAULTS) {
            faults.add(fault);
        }
    }

    private StoreCheck run(Trees trees) {
        MessageInspection messages = new MessageInspection(trees, this::found);
        for (TreeName name : TreeName.values()) {
            scan(trees, name, messages);
        }
        messages.end();
        StoreFigures figures =
                new StoreFigures(count(TreeName.ACCOUNTS), count(TreeName.LEDGERS), count(TreeName.MESSAGES));
        long records = counts.values().stream().mapToLong(Long::longValue).sum();
        return new StoreCheck(figures, records, faults, faultCount);
    }

    private long count(TreeName name) {
        return counts.getOrDefault(name, 0L);
    }

    /** What an engine throws unchecked is damage here, unless the system could not read at all. */
    private void scan(Trees trees, TreeName name, MessageInspection messages) {
        Tree tree = trees.tree(name);
        try {
            trees.cells().upwards(name, Bytes.EMPTY, cell -> {
                if (Thread.currentThread().isInterrupted()) {
                    throw new CancellationException("it was interrupted");
                }
                counts.merge(name, 1L, Long::sum);
                look(trees, tree, name, cell, messages);
                return true;
            });
        } catch (UncheckedIOException | CancellationException e) {
            throw e;
        } catch (DamagedRecordException | RuntimeException e) {
            found("the tree " + name.text() + " can't be read to its end: " + Reasons.of(e));
        }
    }

    private void look(Trees trees, Tree tree, TreeName name, Cells.Cell cell, MessageInspection messages) {
        try {
            Tree.Entry entry = tree.entry(cell);
            switch (name) {
                case ACCOUNTS -> requireReadable(AccountRecord.read(entry.value()));
                case CONVERSATIONS -> conversation(trees, entry);
                case INBOXES -> inbox(trees, entry);
                case LEDGERS -> ledger(trees, entry);
                case MESSAGES -> messages.take(entry);
                default -> {}
            }
        } catch (UncheckedIOException e) {
            throw e;
        } catch (DamagedRecordException e) {
            found(String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            found("the record " + cell.key().hex() + " of " + name.text() + " is not what a record of it is: "
                    + Reasons.of(e));
        }
    }

    private static void requireReadable(AccountRecord record) {
        if (record.login().hash().isEmpty()) {
            throw new IllegalArgumentException("it has no hash of a log-in secret");
        }
    }

    private void conversation(Trees trees, Tree.Entry entry) throws DamagedRecordException {
        long number = RecordReader.number(entry.value());
        ConversationLedger ledger = OpenConversation.load(trees, number).ledger();
        if (!ledger.conversation().value().equals(entry.key())) {
            found("the conversation " + entry.key().hex() + " has the number " + number + ", which is that of "
                    + ledger.conversation());
        }
    }

    private void inbox(Trees trees, Tree.Entry entry) throws DamagedRecordException {
        long number = RecordReader.number(entry.value());
        ConversationLedger ledger = OpenConversation.load(trees, number).ledger();
        if (!entry.key().equals(inboxKey(ledger, true)) && !entry.key().equals(inboxKey(ledger, false))) {
            found("the inbox entry " + entry.key().hex() + " names the conversation " + ledger.conversation()
                    + ", which is of others");
        }
    }

    private static Bytes inboxKey(ConversationLedger ledger, boolean ofFirst) {
        var owner = (ofFirst ? ledger.first() : ledger.second()).name();
        var peer = (ofFirst ? ledger.second() : ledger.first()).name();
        return Bytes.concat(Keys.owner(owner), Keys.name(peer));
    }

    /** A conversation is found by its id and in both inboxes, and has the message that its ledger calls the last. */
    private void ledger(Trees trees, Tree.Entry entry) throws DamagedRecordException {
        ConversationLedger ledger = LedgerRecord.read(entry.value());
        Optional<Bytes> number = Optional.of(entry.key());
        if (!trees.conversations().get(ledger.conversation().value()).equals(number)) {
            found("the conversation " + ledger.conversation() + " has a ledger and is not found by its name");
        }
        for (boolean ofFirst : new boolean[] {true, false}) {
            if (!trees.inboxes().get(inboxKey(ledger, ofFirst)).equals(number)) {
                found("the conversation " + ledger.conversation() + " is missing in the inbox of "
                        + (ofFirst ? ledger.first() : ledger.second()).name());
            }
        }
        long head = ledger.head().value();
        Bytes last = Keys.message(RecordReader.number(entry.key()), head);
        if (head > 0 && !trees.messages().has(last)) {
            throw trees.messages().damaged(last);
        }
    }
}
