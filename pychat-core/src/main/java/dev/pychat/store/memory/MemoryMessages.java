package dev.pychat.store.memory;

import dev.pychat.model.ConversationId;
import dev.pychat.model.Position;
import dev.pychat.model.Username;
import dev.pychat.store.AppendResult;
import dev.pychat.store.BatchMessageStore;
import dev.pychat.store.InboxEntry;
import dev.pychat.store.InboxPage;
import dev.pychat.store.MessagePage;
import dev.pychat.store.StoreException;
import dev.pychat.store.StoreRefusedException;
import dev.pychat.store.Submission;
import dev.pychat.store.internal.BatchCheck;
import dev.pychat.store.internal.Limits;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Messages in memory. */
final class MemoryMessages implements BatchMessageStore {

    private final Guard guard;
    private final Map<ConversationId, Log> logs = new HashMap<>();
    private final Map<Username, TreeMap<String, Log>> inboxes = new HashMap<>();

    MemoryMessages(Guard guard) {
        this.guard = guard;
    }

    @Override
    public List<AppendResult> append(List<Submission> batch) throws StoreException {
        List<Submission> copy = List.copyOf(batch);
        return guard.call(() -> {
            BatchCheck.check(copy, id -> Optional.ofNullable(logs.get(id)).map(Log::ledger));
            List<AppendResult> answers = new ArrayList<>(copy.size());
            for (Submission submission : copy) {
                answers.add(append(submission));
            }
            return List.copyOf(answers);
        });
    }

    private AppendResult append(Submission submission) throws StoreException {
        Log log = logs.getOrDefault(submission.conversation(), new Log(submission));
        AppendResult answer = log.append(submission);
        if (!log.isEmpty() && logs.putIfAbsent(submission.conversation(), log) == null) {
            file(submission.sender(), submission.recipient(), log);
            file(submission.recipient(), submission.sender(), log);
        }
        return answer;
    }

    private void file(Username owner, Username peer, Log log) {
        inboxes.computeIfAbsent(owner, name -> new TreeMap<>()).put(peer.value(), log);
    }

    @Override
    public MessagePage page(ConversationId conversation, Position before, int limit) throws StoreException {
        Limits.check(limit, MAX_PAGE);
        return guard.call(() -> read(conversation, (log, head) -> {
            long to = Math.max(0, Math.min(before.value() - 1, head));
            return log.slice(Math.max(0, to - limit), to);
        }));
    }

    @Override
    public MessagePage since(ConversationId conversation, Position after, int limit) throws StoreException {
        Limits.check(limit, MAX_PAGE);
        return guard.call(() -> read(conversation, (log, head) -> {
            long from = Math.min(after.value(), head);
            return log.slice(from, Math.min(from + limit, head));
        }));
    }

    private interface Cut {
        MessagePage of(Log log, long head);
    }

    private MessagePage read(ConversationId conversation, Cut cut) {
        Log log = logs.get(conversation);
        return log == null
                ? new MessagePage(List.of(), Position.NONE)
                : cut.of(log, log.ledger().head().value());
    }

    @Override
    public InboxPage inbox(Username account, String after, int limit) throws StoreException {
        Limits.check(limit, Limits.MAX_LIST);
        return guard.call(() -> {
            List<InboxEntry> entries = new ArrayList<>();
            for (Log log : inboxes.getOrDefault(account, new TreeMap<>())
                    .tailMap(after, false)
                    .values()) {
                if (entries.size() == limit) {
                    return new InboxPage(entries, true);
                }
                entries.add(log.ledger().entry(account));
            }
            return new InboxPage(entries, false);
        });
    }

    @Override
    public InboxEntry markRead(ConversationId conversation, Username account, Position upTo) throws StoreException {
        return guard.call(() -> {
            Log log = logs.get(conversation);
            if (log == null) {
                throw new StoreRefusedException("the conversation " + conversation + " has no message to be read");
            }
            log.ledger().markRead(account, upTo, log);
            return log.ledger().entry(account);
        });
    }

    /** Under the guard. */
    void forgetRead(Username account) {
        inboxes.getOrDefault(account, new TreeMap<>())
                .values()
                .forEach(log -> log.ledger().forgetRead(account));
    }
}
