package dev.pychat.client;

import dev.pychat.crypto.open.Sha256;
import dev.pychat.model.Content;
import dev.pychat.model.MessageId;
import dev.pychat.model.Position;
import dev.pychat.model.PychatException;
import dev.pychat.model.StoredMessage;
import dev.pychat.model.Username;
import dev.pychat.store.OutboxLane;
import dev.pychat.store.StoreException;
import dev.pychat.transport.internal.SerialQueue;
import dev.pychat.wire.Ack;
import dev.pychat.wire.Follow;
import dev.pychat.wire.Message;
import dev.pychat.wire.Ok;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The work for one conversation: its history, its outbox and its listeners. Each task runs on the chat's queue, one at a
 * time; the methods may be called from any thread.
 */
final class Chat implements ChatHistory.Reader {

    private static final Logger LOG = LoggerFactory.getLogger(Chat.class);
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final Account account;
    private final ClientOptions options;
    private final Listeners listeners;
    private final OutboxBudget budget;
    private final PushBudget pushes;
    private final Username peer;
    private final SerialQueue queue = new SerialQueue(Threads.work());
    private final Promises promises = new Promises();
    private final Unread unread = new Unread();
    private final Latest<Link> left = new Latest<>();
    private final Latest<MailboxEntry> toldLast = new Latest<>();
    private final PeerKeys keys;
    private final ChatHistory history;
    private final OutboxSealing sealing;
    private final ChatOutbox outbox;
    private final Trouble trouble;
    private final PeerTrust trust;
    private final HistoryPages pages;
    private final Telling telling;
    private final ReadMarker marker;
    private final Rewraps rewraps;
    private @Nullable Link link;
    private @Nullable Link early;
    private boolean loaded;
    private @Nullable Link resuming;
    private boolean following;
    private volatile boolean closed;
    private volatile boolean over;
    private Optional<PychatException> unreadable = Optional.empty();

    Chat(
            Account account,
            ClientOptions options,
            Listeners listeners,
            OutboxBudget budget,
            PushBudget pushes,
            Username peer) {
        this.account = account;
        this.options = options;
        this.listeners = listeners;
        this.budget = budget;
        this.pushes = pushes;
        this.peer = peer;
        this.trouble = new Trouble(listeners);
        this.keys = new PeerKeys(account, options, listeners, peer, queue);
        this.history = new ChatHistory(account, peer, keys, queue, this);
        OutboxShelf shelf = new OutboxShelf(account.outbox(), account.records(), budget, peer);
        LaneSealer sealer = new LaneSealer(account, options, peer, keys, history, shelf, unread::read);
        this.sealing = new OutboxSealing(account, options, peer, keys, shelf, budget, sealer, listeners);
        this.outbox = new ChatOutbox(peer, keys, history, listeners, queue, shelf, sealing);
        this.pages = new HistoryPages(account, peer, keys, history, listeners, queue, promises);
        this.marker =
                new ReadMarker(account, options, peer, unread, history, pages, listeners, queue, promises, this::send);
        this.telling = new Telling(peer, listeners, queue, listeners.untold(), pages::from, this::acknowledge);
        HistoryReopening reopening = new HistoryReopening(account, peer, history, listeners, queue);
        this.trust = new PeerTrust(account, options, peer, keys, history, outbox, sealing, reopening, queue, promises);
        this.rewraps =
                new Rewraps(account, options, peer, keys, history, reopening, listeners, queue, promises, this::send);
    }

    Username peer() {
        return peer;
    }

    PeerTrust trust() {
        return trust;
    }

    ReadMarker marker() {
        return marker;
    }

    Rewraps rewraps() {
        return rewraps;
    }

    Unread unread() {
        return unread;
    }

    /** Reads what the stores hold; before anything else, and again and again until they can be read. */
    void load(Optional<OutboxLane> lane) {
        queue.execute(() -> {
            try {
                keys.load();
                history.load();
                marker.loaded();
                outbox.restore(lane);
                loaded = true;
                trust.loaded();
                keys.change().ifPresent(listeners::identityChanged);
                unreadable = Optional.empty();
            } catch (StoreException e) {
                unreadable = Optional.of(e);
                trouble.tell("the conversation with " + peer + " can't be read on this device: " + e.getMessage());
                Threads.later(RETRY, () -> load(lane));
                return;
            }
            trouble.over();
            outbox.pump();
            if (early != null) {
                online(early);
            }
        });
    }

    /** There is a connection for the account: follow, and send what waits. */
    void online(Link next) {
        queue.execute(() -> {
            early = next;
            if (!loaded || next.isClosed()) {
                return;
            }
            link = next;
            follow(next);
            outbox.online(next);
            trust.online(next);
            rewraps.online(next);
            marker.online(next);
        });
    }

    /** The account's vault says something of the peer. */
    void takePin(Pin vaulted) {
        queue.execute(() -> trust.takeVaulted(vaulted));
    }

    /** Receipts were switched on or off, or what other devices have set is known. */
    void receiptsChanged() {
        queue.execute(marker.receipts()::look);
    }

    /** The account has another identity. */
    void identityRenewed() {
        queue.execute(trust::reseal);
    }

    private void follow(Link here) {
        following = true;
        Position from = history.last();
        queue.then(
                here.ask(Ok.class, id -> new Follow(id, peer, from)),
                ok -> {
                    if (from.isAfter(ok.head())) {
                        listeners.notice("the server has lost messages: its history with " + peer + " ends at "
                                + ok.head() + ", this device holds " + from);
                    }
                },
                failure -> notFollowed(here, failure));
    }

    /** Then what is new is read whenever the server tells that there is something. */
    private void notFollowed(Link here, Throwable failure) {
        LOG.debug("the conversation with {} is not followed", peer, failure);
        if (here == link) {
            following = false;
            catchUp(here);
        }
    }

    void offline() {
        queue.execute(() -> {
            link = null;
            early = null;
            trust.offline();
            rewraps.offline();
            marker.offline();
            outbox.offline();
        });
    }

    /** Messages were pushed. */
    void arrive(Link from, Message frame) {
        if (pushes.take(frame)) {
            queue.execute(() -> {
                if (from == link) {
                    queue.then(history.arrive(from, frame), nothing -> pushes.give(frame), failure -> {
                        pushes.give(frame);
                        stumbled(from, failure);
                    });
                } else {
                    pushes.give(frame);
                }
            });
        } else {
            left.put(from, queue, this::readLeft);
        }
    }

    /** Reads what was left out, behind a reading that may have begun before that. */
    private void readLeft(Link from) {
        if (from == link) {
            queue.then(history.catchUp(from), nothing -> catchUp(from), failure -> stumbled(from, failure));
        }
    }

    /** Messages could not be taken. If time may mend it, it is tried again after a while. */
    @Override
    public void stumbled(Link from, Throwable failure) {
        if (from != link || from == resuming) {
            return;
        }
        PychatException why = Answers.known(failure);
        if (!Remedy.isLater(why)) {
            return;
        }
        if (why instanceof StoreException) {
            trouble.tell("messages of " + peer + " could not be stored on this device: " + why.getMessage());
        }
        resuming = from;
        Threads.later(Remedy.delay(why, RETRY), () -> queue.execute(() -> resume(from)));
    }

    private void resume(Link from) {
        if (from != link) {
            return;
        }
        resuming = null;
        try {
            history.load();
            catchUp(from);
        } catch (StoreException e) {
            stumbled(from, e);
        }
    }

    /** The server has told of the conversation, outside of the messages themselves. */
    void told(MailboxEntry entry) {
        unread.told(entry);
        toldLast.put(entry, queue, this::look);
        listeners.mailbox(entry);
    }

    private void look(MailboxEntry entry) {
        if (loaded) {
            marker.count();
        }
        Link here = link;
        if (here == null) {
            return;
        }
        if (!following && entry.head().isAfter(history.last())) {
            catchUp(here);
        }
        marker.told(here, entry.read());
    }

    private void catchUp(Link here) {
        queue.then(history.catchUp(here), nothing -> {}, failure -> stumbled(here, failure));
    }

    @Override
    public void contradicted(String how) {
        listeners.notice("in the conversation with " + peer + " " + how + ". Distrust the server");
    }

    @Override
    public void takenAgain(List<StoredMessage> messages, List<HistoryRecord> records) {
        marker.heard();
        records.forEach(record -> trust.found(record.findings()));
        telling.addLate(pages.messages(messages, records));
    }

    @Override
    public void taken(List<StoredMessage> messages, List<HistoryRecord> records) {
        trouble.over();
        for (StoredMessage message : messages) {
            boolean mine = message.sender().equals(account.user());
            unread.held(message.position(), !mine && !message.quiet());
            if (mine) {
                outbox.echoed(message, Sha256.of(message.envelope().value()));
            }
        }
        records.forEach(record -> trust.found(record.findings()));
        rewraps.taken(messages, records);
        marker.taken(messages);
        telling.add(pages.messages(messages, records));
    }

    /** Listeners were told up to there, so the server may push more. */
    private void acknowledge(Position upTo) {
        if (link != null) {
            link.acknowledge(new Ack(peer, upTo));
        }
    }

    Receipt send(Content content) throws OutboxFullException, KeysRefusedException, ClosedException {
        requireOpen();
        Optional<Objection> objection = keys.objection();
        if (objection.isPresent()) {
            throw objection.get().refusal();
        }
        budget.take(content.body().size());
        SentReceipt receipt = new SentReceipt(MessageId.random(options.random()), marker::seen);
        sealing.add(content, receipt);
        queue.execute(outbox::pump);
        if (over) {
            sealing.refuseFresh();
        }
        return receipt;
    }

    /** Completes on the chat's queue. */
    CompletableFuture<Pending> pending() {
        CompletableFuture<Pending> pending = promises.make();
        queue.execute(() -> pending.complete(
                new Pending(peer, sealing.pending(), unreadable.isPresent() ? unreadable : outbox.obstacle())));
        return pending;
    }

    void requireOpen() throws ClosedException {
        if (closed) {
            throw new ClosedException("the client is closed");
        }
    }

    void markRead(Position upTo) {
        if (unread.read(upTo)) {
            queue.execute(() -> marker.moved(upTo));
        }
    }

    /** Completes when this device holds what the server has, with false if it could not be asked; on the chat's queue. */
    CompletableFuture<Boolean> catchUp() {
        CompletableFuture<Boolean> done = promises.make();
        queue.execute(() -> {
            if (link == null) {
                done.complete(false);
                return;
            }
            queue.then(
                    history.catchUp(link),
                    read -> {
                        pages.forget();
                        done.complete(true);
                    },
                    done::completeExceptionally);
        });
        return done;
    }

    HistoryPages pages() {
        return pages;
    }

    Subscription listen(MessageListener listener) {
        return telling.listen(listener);
    }

    /** Takes nothing more, no late answer either. Completes when nothing of this chat runs any more. */
    CompletableFuture<Void> close() {
        closed = true;
        return queue.close(() -> {
            link = null;
            outbox.close();
            history.epochs().close();
            promises.close();
            over = true;
            sealing.refuseFresh();
        });
    }
}
