package dev.pychat.store.internal.tree;

import dev.pychat.model.Bytes;
import dev.pychat.model.ConversationId;
import dev.pychat.model.Position;
import dev.pychat.model.StoredMessage;
import dev.pychat.model.Username;
import dev.pychat.store.AppendResult;
import dev.pychat.store.BatchMessageStore;
import dev.pychat.store.InboxEntry;
import dev.pychat.store.InboxPage;
import dev.pychat.store.MessagePage;
import dev.pychat.store.StoreException;
import dev.pychat.store.StoreRefusedException;
import dev.pychat.store.Submission;
import dev.pychat.store.internal.Limits;
import dev.pychat.store.internal.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Messages over trees. */
final class TreeMessages implements BatchMessageStore {

    private final Database database;

    TreeMessages(Database database) {
        this.database = database;
    }

    @Override
    public List<AppendResult> append(List<Submission> batch) throws StoreException {
        List<Submission> copy = List.copyOf(batch);
        if (copy.isEmpty()) {
            throw new IllegalArgumentException("the batch is empty");
        }
        return database.write((trees) -> new AppendBatch(trees).run(copy));
    }

    @Override
    public MessagePage page(ConversationId conversation, Position before, int limit) throws StoreException {
        Limits.check(limit, MAX_PAGE);
        return read(conversation, open -> {
            long to = Math.min(before.value() - 1, open.ledger().head().value());
            return open.rows(Math.max(1, to - limit + 1), to);
        });
    }

    @Override
    public MessagePage since(ConversationId conversation, Position after, int limit) throws StoreException {
        Limits.check(limit, MAX_PAGE);
        return read(conversation, open -> {
            long from = Math.min(after.value(), open.ledger().head().value());
            return open.rows(
                    from + 1, Math.min(from + limit, open.ledger().head().value()));
        });
    }

    private interface Cut {
        List<Row> of(OpenConversation conversation) throws DamagedRecordException;
    }

    private MessagePage read(ConversationId conversation, Cut cut) throws StoreException {
        return database.read((trees) -> {
            Optional<OpenConversation> open = OpenConversation.find(trees, conversation);
            if (open.isEmpty()) {
                return new MessagePage(List.of(), Position.NONE);
            }
            List<StoredMessage> messages =
                    cut.of(open.get()).stream().map(Row::message).toList();
            return new MessagePage(messages, open.get().ledger().head());
        });
    }

    @Override
    public InboxPage inbox(Username account, String after, int limit) throws StoreException {
        Limits.check(limit, Limits.MAX_LIST);
        return database.read((trees) -> {
            List<Long> numbers = numbers(trees, account, after, limit + 1);
            List<InboxEntry> entries = new ArrayList<>();
            for (long number : numbers.subList(0, Math.min(limit, numbers.size()))) {
                entries.add(OpenConversation.load(trees, number).ledger().entry(account));
            }
            return new InboxPage(entries, numbers.size() > limit);
        });
    }

    private static List<Long> numbers(Trees trees, Username account, String after, int limit)
            throws DamagedRecordException {
        Bytes owner = Keys.owner(account);
        Bytes from = Bytes.concat(owner, Keys.text(after));
        List<Long> numbers = new ArrayList<>();
        trees.inboxes().upwards(from, entry -> {
            if (!Keys.startsWith(entry.key(), owner)) {
                return false;
            }
            if (!entry.key().equals(from)) {
                numbers.add(RecordReader.number(entry.value()));
            }
            return numbers.size() < limit;
        });
        return numbers;
    }

    @Override
    public InboxEntry markRead(ConversationId conversation, Username account, Position upTo) throws StoreException {
        return database.write((trees) -> {
            OpenConversation open = OpenConversation.find(trees, conversation)
                    .orElseThrow(() -> new StoreRefusedException(
                            "the conversation " + conversation + " has no message to be read"));
            if (open.ledger().markRead(account, upTo, open)) {
                open.save();
            }
            return open.ledger().entry(account);
        });
    }

    /** Sets the read markers of an account back, in somebody else's transaction. */
    static void forgetRead(Trees trees, Username account) throws DamagedRecordException {
        for (long number : numbers(trees, account, "", Integer.MAX_VALUE)) {
            OpenConversation open = OpenConversation.load(trees, number);
            open.ledger().forgetRead(account);
            open.save();
        }
    }
}
