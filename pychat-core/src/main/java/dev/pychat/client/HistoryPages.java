package dev.pychat.client;

import dev.pychat.envelope.RewrapAnswer;
import dev.pychat.envelope.RewrapRequest;
import dev.pychat.model.Bytes;
import dev.pychat.model.Content;
import dev.pychat.model.MessageId;
import dev.pychat.model.Position;
import dev.pychat.model.StoredMessage;
import dev.pychat.model.Username;
import dev.pychat.store.StoreException;
import dev.pychat.store.TranscriptEntry;
import dev.pychat.store.TranscriptSpan;
import dev.pychat.store.TranscriptStore;
import dev.pychat.transport.internal.SerialQueue;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Shows what this device holds of a conversation. Confined to the chat's queue, but for {@link #ask}. */
final class HistoryPages {

    private final Account account;
    private final Username peer;
    private final PeerKeys keys;
    private final SerialQueue queue;
    private final Promises promises;
    private final ChatHistory history;
    private final HistoryForgetting forgetting;

    HistoryPages(
            Account account,
            Username peer,
            PeerKeys keys,
            ChatHistory history,
            Listeners listeners,
            SerialQueue queue,
            Promises promises) {
        this.history = history;
        this.forgetting = new HistoryForgetting(account, peer, history, listeners, queue);
        this.account = account;
        this.peer = peer;
        this.keys = keys;
        this.queue = queue;
        this.promises = promises;
    }

    /** Erases what is old. On any thread. */
    void forget() {
        queue.execute(forgetting::run);
    }

    /** What both sides say about keeping this history. On any thread. */
    CompletableFuture<ConversationPolicy> policy() {
        CompletableFuture<ConversationPolicy> policy = promises.make();
        queue.execute(() -> {
            try {
                policy.complete(PolicyWord.of(account, peer, keys.pin(), history.epochs()));
            } catch (StoreException e) {
                policy.completeExceptionally(e);
            }
        });
        return policy;
    }

    /** A page, read on the queue; with the reason why what may follow was not given, if it was not. On any thread. */
    CompletableFuture<HistoryPage> ask(Position before, int limit, Optional<String> withheld) {
        CompletableFuture<HistoryPage> page = promises.make();
        queue.execute(() -> {
            forgetting.run();
            try {
                page.complete(page(before, limit, withheld));
            } catch (StoreException e) {
                page.completeExceptionally(e);
            }
        });
        return page;
    }

    HistoryPage page(Position before, int limit, Optional<String> withheld) throws StoreException {
        TranscriptStore store = account.transcripts();
        List<ChatMessage> messages = before(before.isMessage() ? before : new Position(Long.MAX_VALUE), limit);
        TranscriptSpan span = store.span(peer);
        boolean more = !messages.isEmpty() && messages.get(0).position().isAfter(span.from());
        return HistoryPage.of(messages, keys.changes(), more, span.to(), withheld);
    }

    /** So many consecutive messages from a position on, all of which this device holds. */
    List<ChatMessage> from(Position first, int count) throws StoreException {
        return before(first.plus(count), count);
    }

    private List<ChatMessage> before(Position end, int limit) throws StoreException {
        List<ChatMessage> messages = new ArrayList<>();
        for (TranscriptEntry entry : account.transcripts().page(peer, end, limit)) {
            messages.add(message(account.kept(peer, entry)));
        }
        return messages;
    }

    /** The peer's messages behind the read marker that count, in their order: of what a person is never shown none does. */
    List<Position> unread(Position read, Position upTo) throws StoreException {
        ArrayDeque<Position> unread = new ArrayDeque<>();
        HistoryWalk.back(account, peer, upTo, upTo.value() - read.value(), (entry, record) -> {
            if (!record.quiet() && record.sender().equals(peer)) {
                unread.addFirst(entry.position());
            }
            return true;
        });
        return List.copyOf(unread);
    }

    /** Messages with what was kept of each. */
    List<ChatMessage> messages(List<StoredMessage> messages, List<HistoryRecord> records) {
        List<ChatMessage> shown = new ArrayList<>(messages.size());
        for (int i = 0; i < messages.size(); i++) {
            StoredMessage message = messages.get(i);
            shown.add(message(account.user(), peer, message.position(), message.id(), records.get(i), false));
        }
        return shown;
    }

    /** What is old is not shown, whether it is erased yet or not. */
    private ChatMessage message(KeptMessage kept) {
        HistoryRecord record = kept.record();
        boolean isOld = kept.entry().n() >= 0 && account.oldness().isOld(record);
        return message(account.user(), peer, kept.entry(), isOld ? record.forgotten() : record);
    }

    /** What opened and says nothing is forgotten. */
    static ChatMessage message(Username user, Username peer, TranscriptEntry entry, HistoryRecord record) {
        boolean forgotten = entry.n() >= 0 && record.content().isEmpty();
        return message(user, peer, entry.position(), entry.id(), record, forgotten);
    }

    private static ChatMessage message(
            Username user, Username peer, Position position, MessageId id, HistoryRecord record, boolean forgotten) {
        boolean mine = record.sender().equals(user);
        return new ChatMessage(
                peer,
                position,
                id,
                record.sender(),
                mine,
                record.time(),
                record.claimed(),
                record.content().map(HistoryPages::withoutSecrets),
                record.findings(),
                forgotten);
    }

    /** Of keys that were given, which ones, in the form in which they were asked for. */
    static Content withoutSecrets(Content content) {
        Optional<RewrapAnswer> answer = RewrapAnswer.of(content);
        if (answer.isEmpty()) {
            return content;
        }
        try (RewrapAnswer given = answer.get()) {
            Bytes names =
                    new RewrapRequest(List.copyOf(given.epochs())).content().body();
            return new Content(content.type(), names);
        }
    }
}
