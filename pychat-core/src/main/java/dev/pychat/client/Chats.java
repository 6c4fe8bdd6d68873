package dev.pychat.client;

import dev.pychat.model.PychatException;
import dev.pychat.model.Username;
import dev.pychat.store.OutboxLane;
import dev.pychat.store.StoreException;
import dev.pychat.transport.internal.SerialQueue;
import dev.pychat.wire.Inbox;
import dev.pychat.wire.InboxEntry;
import dev.pychat.wire.InboxPage;
import dev.pychat.wire.Message;
import dev.pychat.wire.WireLimits;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All conversations of an account. They go online and offline together; one that turns up later joins the others. Thread-safe;
 * under the lock tasks are only queued.
 */
final class Chats implements VaultedPins.OpenChats {

    private static final Logger LOG = LoggerFactory.getLogger(Chats.class);

    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final Duration FORGETTING = Duration.ofHours(1);

    /** Far more than a server follows for one connection. What the person opens comes on top. */
    private static final int MOST_TOLD = 10_000;

    private final Account account;
    private final ClientOptions options;
    private final Listeners listeners;
    private final OutboxBudget budget;
    private final ReentrantLock lock = new ReentrantLock();
    private final SerialQueue queue = new SerialQueue(Threads.work());
    private final Map<Username, Chat> chats = new HashMap<>();
    private final PushBudget pushes = new PushBudget();
    private final Trouble trouble;
    private final Trouble forgetting;
    private @Nullable Link link;
    private final Future<?> regularly;
    private boolean closed;

    Chats(Account account, ClientOptions options, Listeners listeners, OutboxBudget budget) {
        this.account = account;
        this.options = options;
        this.listeners = listeners;
        this.budget = budget;
        this.trouble = new Trouble(listeners);
        this.forgetting = new Trouble(listeners);
        account.vaultedPins().openChats(this);
        account.upkeep().onSync(this::receiptsChanged);
        this.regularly = Threads.regularly(FORGETTING, this::forget);
    }

    /** Takes up what the outbox of this device holds. */
    void load() throws StoreException, ClosedException {
        for (OutboxLane lane : account.outbox().load()) {
            budget.expect(lane.entries().size());
            find(lane.peer(), Optional.of(lane));
        }
        forget();
    }

    /**
     * Erases what is old by the account's policy, in all conversations that this device holds: a server that is silent about one must not
     * keep it from being forgotten. Returns at once.
     */
    void forget() {
        if (account.oldness().forgets()) {
            queue.execute(this::forgetAll);
        }
    }

    private void forgetAll() {
        try {
            for (Username peer : account.transcripts().peers()) {
                of(peer).pages().forget();
            }
            account.outbox().eraseDropped();
            forgetting.over();
        } catch (StoreException e) {
            forgetting.tell("what is old could not be forgotten on this device: " + e.getMessage());
        } catch (ClosedException e) {
            LOG.debug("what is old is forgotten with the next start", e);
        }
    }

    /** Receipts were switched on or off, or what other devices have set is known. */
    void receiptsChanged() {
        lock.lock();
        try {
            chats.values().forEach(Chat::receiptsChanged);
        } finally {
            lock.unlock();
        }
    }

    boolean knows(Username peer) {
        lock.lock();
        try {
            return chats.containsKey(peer);
        } finally {
            lock.unlock();
        }
    }

    /** The chat with a peer, if there is one already. */
    @Override
    public Optional<Chat> known(Username peer) {
        lock.lock();
        try {
            return Optional.ofNullable(chats.get(peer));
        } finally {
            lock.unlock();
        }
    }

    @Override
    public List<Chat> all() {
        lock.lock();
        try {
            return List.copyOf(chats.values());
        } finally {
            lock.unlock();
        }
    }

    Chat of(Username peer) throws ClosedException {
        return find(peer, Optional.empty());
    }

    private Chat find(Username peer, Optional<OutboxLane> lane) throws ClosedException {
        lock.lock();
        try {
            if (closed) {
                throw new ClosedException("the client was closed before the conversation with " + peer + " was opened");
            }
            Chat known = chats.get(peer);
            if (known != null) {
                return known;
            }
            Chat chat = new Chat(account, options, listeners, budget, pushes, peer);
            chats.put(peer, chat);
            chat.load(lane);
            if (link != null) {
                chat.online(link);
            }
            return chat;
        } finally {
            lock.unlock();
        }
    }

    void online(Link next) {
        lock.lock();
        try {
            link = next;
            chats.values().forEach(chat -> chat.online(next));
        } finally {
            lock.unlock();
        }
        queue.execute(() -> sync(next, ""));
        // A machine that was asleep has missed its hours.
        forget();
    }

    /** Goes through the inbox, so that every conversation is followed. */
    private void sync(Link here, String after) {
        queue.then(
                here.ask(InboxPage.class, id -> new Inbox(id, after, WireLimits.MAX_INBOX)),
                page -> {
                    List<InboxEntry> entries = page.entries();
                    entries.forEach(entry -> told(here, entry));
                    String last = entries.isEmpty()
                            ? after
                            : entries.get(entries.size() - 1).with().value();
                    if (page.more() && last.compareTo(after) > 0 && !isFull()) {
                        sync(here, last);
                    } else {
                        readAll(here);
                    }
                },
                failure -> notSynced(here, after, Answers.known(failure)));
    }

    /** When what waits at the server has been read, keys that it needed may go. Of an account that keeps, none ever does. */
    private void readAll(Link here) {
        if (!account.keyring().historyPolicy().isKeep()) {
            lock.lock();
            try {
                readAll(here, List.copyOf(chats.values()).iterator());
            } finally {
                lock.unlock();
            }
        }
    }

    /** One after the other. If one can't be read, the keys wait. */
    private void readAll(Link here, Iterator<Chat> rest) {
        if (!rest.hasNext()) {
            account.upkeep().allRead(here);
            return;
        }
        queue.then(
                rest.next().catchUp(),
                read -> {
                    if (read && isCurrent(here)) {
                        readAll(here, rest);
                    }
                },
                failure -> LOG.debug("not everything could be read, so no key is erased yet", failure));
    }

    /** Whoever has written while this device was away is known from there alone. */
    private void notSynced(Link here, String after, PychatException why) {
        LOG.debug("the inbox could not be read", why);
        if (Remedy.isLater(why) && isCurrent(here)) {
            Threads.later(
                    Remedy.delay(why, RETRY),
                    () -> queue.execute(() -> {
                        if (isCurrent(here)) {
                            sync(here, after);
                        }
                    }));
        }
    }

    void offline() {
        lock.lock();
        try {
            link = null;
            chats.values().forEach(Chat::offline);
        } finally {
            lock.unlock();
        }
    }

    /** The account has another identity. */
    void identityRenewed() {
        lock.lock();
        try {
            chats.values().forEach(Chat::identityRenewed);
        } finally {
            lock.unlock();
        }
    }

    /** Completes with what waits, in the order of the names; without the chats that have nothing to say. */
    CompletableFuture<List<Pending>> pending() {
        List<CompletableFuture<Pending>> asked;
        lock.lock();
        try {
            asked = new TreeMap<>(chats).values().stream().map(Chat::pending).toList();
        } finally {
            lock.unlock();
        }
        return CompletableFuture.allOf(asked.toArray(CompletableFuture<?>[]::new))
                .thenApply(all -> asked.stream()
                        .map(CompletableFuture::join)
                        .filter(one ->
                                !one.messages().isEmpty() || one.obstacle().isPresent())
                        .toList());
    }

    /** A server pushes only what is followed, so a name that nobody knows here is no reason to begin a conversation. */
    void arrive(Link from, Message push) {
        known(push.with()).ifPresent(chat -> chat.arrive(from, push));
    }

    void told(Link from, InboxEntry entry) {
        if (isCurrent(from)) {
            toldOf(entry.with()).ifPresent(chat -> chat.told(mailboxEntry(entry)));
        }
    }

    /** The chat with a peer of whom the server tells; none if it has told of more than anybody talks to. */
    private Optional<Chat> toldOf(Username peer) {
        Optional<Chat> known = known(peer);
        if (known.isPresent()) {
            return known;
        }
        if (isFull()) {
            trouble.tell("the server tells of more than " + MOST_TOLD
                    + " conversations: no further one is followed before it is opened here");
            return Optional.empty();
        }
        try {
            return Optional.of(of(peer));
        } catch (ClosedException e) {
            return Optional.empty();
        }
    }

    private boolean isFull() {
        lock.lock();
        try {
            return chats.size() >= MOST_TOLD;
        } finally {
            lock.unlock();
        }
    }

    private boolean isCurrent(Link from) {
        lock.lock();
        try {
            return link == from;
        } finally {
            lock.unlock();
        }
    }

    static MailboxEntry mailboxEntry(InboxEntry entry) {
        return new MailboxEntry(entry.with(), entry.unread(), entry.head(), entry.read(), entry.time());
    }

    /** Completes when no chat runs any more; none is opened from now on. */
    CompletableFuture<Void> close() {
        regularly.cancel(false);
        lock.lock();
        try {
            closed = true;
            link = null;
            // What is being forgotten writes to the stores, too, which are somebody else's when this has completed.
            return CompletableFuture.allOf(Stream.concat(
                            Stream.of(queue.close(() -> {})),
                            chats.values().stream().map(Chat::close))
                    .toArray(CompletableFuture<?>[]::new));
        } finally {
            lock.unlock();
        }
    }
}
