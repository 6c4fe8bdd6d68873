package dev.pychat.client;

import dev.pychat.model.PychatException;
import dev.pychat.model.Realm;
import dev.pychat.transport.TrustRefusedException;
import dev.pychat.transport.internal.SerialQueue;
import dev.pychat.wire.InboxChanged;
import dev.pychat.wire.LogOut;
import dev.pychat.wire.Message;
import dev.pychat.wire.Ok;
import java.time.Duration;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The life of a client: its connection, and for the account that has logged in, getting the connection back.
 *
 * <pre>
 * connected ─ sign up, log in ─▶ online ─ connection lost ─▶ waiting ─▶ connecting ─▶ online
 *     any ─ close ─▶ closed
 * </pre>
 *
 * <p>Thread-safe. The lock guards the fields; nothing is waited for under it.
 */
final class Engine implements LinkFrames.Pushes {

    private static final Logger LOG = LoggerFactory.getLogger(Engine.class);
    private static final Duration CLOSING = Duration.ofSeconds(2);
    private static final Duration CLOSING_IN_ALL = Duration.ofSeconds(4);

    private final ClientOptions options;
    private final Connector connector;
    private final Listeners listeners;
    private final OutboxBudget budget;
    private final Told<Optional<Link>> session = new Told<>(Optional.empty(), this::session, this::tell);
    private final ReentrantLock lock = new ReentrantLock();
    private final Heartbeat heartbeat;
    private final Backoff backoff;
    private final SerialQueue connects = new SerialQueue(Threads.connects());
    private final Queue<ClientState> changes = new ConcurrentLinkedQueue<>();
    private ClientState state = new ClientState.Connecting();
    private @Nullable Link link;
    private @Nullable Realm realm;
    private @Nullable Account account;
    private @Nullable Chats chats;
    private volatile boolean trustRefused;

    Engine(ClientOptions options, Listeners listeners, OutboxBudget budget) {
        this.options = options;
        this.listeners = listeners;
        this.budget = budget;
        this.connector = new Connector(options);
        Threads.enter();
        this.backoff = new Backoff(options.firstRetry(), options.longestRetry(), options.random());
        this.heartbeat = new Heartbeat(options, () -> locked(() -> Optional.ofNullable(link)));
    }

    private <T> T locked(Supplier<T> field) {
        lock.lock();
        try {
            return field.get();
        } finally {
            lock.unlock();
        }
    }

    ClientState state() {
        return locked(() -> state);
    }

    Optional<Realm> realm() {
        return locked(() -> Optional.ofNullable(realm));
    }

    Optional<Account> account() {
        return locked(() -> Optional.ofNullable(account));
    }

    Optional<Chats> chats() {
        return locked(() -> Optional.ofNullable(chats));
    }

    void requireOpen() throws ClosedException {
        if (state() instanceof ClientState.Closed over) {
            throw new ClosedException("the client is closed: " + over.reason());
        }
    }

    /** The account that is logged in, for a call that is of no use without one. */
    Account requireAccount() throws NotLoggedInException, ClosedException {
        requireOpen();
        return account().orElseThrow(() -> new NotLoggedInException("log in or sign up first"));
    }

    /** The connection, if there is one. */
    Link link() throws ServerUnreachableException, ClosedException {
        requireOpen();
        lock.lock();
        try {
            if (link == null) {
                throw new ServerUnreachableException(
                        "there is no connection to " + options.transport().address() + " at the moment");
            }
            return link;
        } finally {
            lock.unlock();
        }
    }

    /** The connection before log-in; it is made anew if it was lost. On the caller's thread. */
    Connector.Greeted greeted() throws PychatException, InterruptedException {
        requireOpen();
        lock.lock();
        try {
            if (link != null && realm != null && !link.isClosed()) {
                return new Connector.Greeted(link, realm);
            }
        } finally {
            lock.unlock();
        }
        Connector.Greeted greeted = connector.connect(this);
        lock.lock();
        try {
            realm = greeted.realm();
        } finally {
            lock.unlock();
        }
        stands(greeted.link());
        return greeted;
    }

    /** A connection stands, unless it is gone again already or the client was closed meanwhile. */
    private void stands(Link next) {
        lock.lock();
        try {
            if (state instanceof ClientState.Closed) {
                next.close("the client was closed");
                return;
            }
            // In one step with the link, so that a connection that is gone at once is not called online afterwards.
            link = next;
            set(new ClientState.Online());
            backoff.reset();
            trustRefused = false;
        } finally {
            lock.unlock();
        }
        listeners.states(changes);
        session.tell();
        account().ifPresent(in -> in.upkeep().changed());
        if (next.isClosed()) {
            onClosed(next);
        }
    }

    /** Somebody has logged in over the connection. */
    void adopt(Account in, Chats all, Link with) {
        boolean over;
        boolean lost;
        lock.lock();
        try {
            over = state instanceof ClientState.Closed;
            lost = link != with;
            if (!over) {
                account = in;
                chats = all;
            }
        } finally {
            lock.unlock();
        }
        if (over) {
            in.close(all.close());
            waited(in.closed(), System.nanoTime() + CLOSING.toNanos());
        } else if (lost) {
            retryLater();
        } else {
            session.tell();
            if (with.isClosed()) {
                onClosed(with);
            }
        }
    }

    /** The connection that the account has. */
    private Optional<Link> session() {
        return locked(() -> chats == null ? Optional.empty() : Optional.ofNullable(link));
    }

    private void tell(Optional<Link> now) {
        chats().ifPresent(all -> now.ifPresentOrElse(all::online, all::offline));
        account().ifPresent(in -> now.ifPresentOrElse(in.upkeep()::online, in.upkeep()::offline));
    }

    private void become(ClientState next) {
        lock.lock();
        try {
            if (state instanceof ClientState.Closed) {
                return;
            }
            set(next);
        } finally {
            lock.unlock();
        }
        listeners.states(changes);
    }

    /** Under the lock, so that the changes are told in the order in which they came. */
    private void set(ClientState next) {
        state = next;
        changes.add(next);
    }

    @Override
    public void onMessages(Link from, Message push) {
        chats().ifPresent(all -> all.arrive(from, push));
    }

    @Override
    public void onInboxChanged(Link from, InboxChanged push) {
        chats().ifPresent(all -> all.told(from, push.entry()));
    }

    @Override
    public void onAccountChanged(Link from) {
        account().ifPresent(in -> in.upkeep().changed());
    }

    @Override
    public void onClosed(Link gone) {
        boolean in;
        lock.lock();
        try {
            if (link != gone) {
                return;
            }
            link = null;
            in = account != null;
            if (!in) {
                set(new ClientState.Connecting());
            }
        } finally {
            lock.unlock();
        }
        LOG.debug("the connection ended: {}", gone.closedBecause());
        session.tell();
        if (in) {
            retryLater();
        } else {
            listeners.states(changes);
        }
    }

    private void retryLater() {
        Duration wait = locked(backoff::next);
        become(new ClientState.Waiting(options.clock().instant().plus(wait)));
        Threads.later(wait, this::reconnectSoon);
    }

    private void reconnectSoon() {
        try {
            connects.execute(this::reconnect);
        } catch (OutOfMemoryError noThread) {
            LOG.warn("no thread to connect with: {}", noThread.toString());
            retryLater();
        }
    }

    private void reconnect() {
        Optional<Account> in = account();
        if (state() instanceof ClientState.Closed || in.isEmpty()) {
            return;
        }
        become(new ClientState.Connecting());
        try {
            stands(connector.resume(in.get(), this));
        } catch (TrustRefusedException e) {
            refused(e);
            retryLater();
        } catch (PychatException e) {
            LOG.debug("an attempt to connect again failed", e);
            Optional<String> end = Connector.endsIt(e);
            if (end.isPresent()) {
                Threads.connects().execute(() -> close(end.get()));
            } else {
                retryLater();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            retryLater();
        } catch (RuntimeException | Error e) {
            // A transport or a store of somebody else's may fail as it should not, and threads may lack; the next
            // attempt may not.
            LOG.error("an attempt to connect again failed as none should", e);
            retryLater();
        }
    }

    private void refused(TrustRefusedException refusal) {
        LOG.warn("the server is not trusted any more: {}", refusal.getMessage());
        if (!trustRefused) {
            trustRefused = true;
            listeners.trustRefused(refusal);
        }
    }

    /** Ends everything; what is not accepted stays in the outbox. Waits a bounded time. */
    void close(String reason) {
        Link here;
        Optional<Chats> all;
        lock.lock();
        try {
            if (state instanceof ClientState.Closed) {
                return;
            }
            here = link;
            link = null;
            all = Optional.ofNullable(chats);
            set(new ClientState.Closed(reason));
        } finally {
            lock.unlock();
        }
        try {
            close(here, all);
        } finally {
            Threads.leave();
        }
    }

    private void close(@Nullable Link here, Optional<Chats> all) {
        long end = System.nanoTime() + CLOSING_IN_ALL.toNanos();
        listeners.close();
        budget.close();
        listeners.states(changes);
        heartbeat.stop();
        CompletableFuture<Void> quiet = all.map(Chats::close).orElse(CompletableFuture.completedFuture(null));
        waited(quiet, end);
        if (here != null) {
            if (all.isPresent()) {
                logOut(here, end);
            }
            here.close("the client was closed");
        }
        CompletableFuture<Void> connected = connects.close(() -> {});
        account().ifPresent(in -> {
            in.close(CompletableFuture.allOf(quiet, connected));
            waited(in.closed(), end);
        });
    }

    /**
     * The token has no use without this process; the server need not keep it. Its answer says, too, that whatever was asked
     * before, such as to move a read marker, is done.
     */
    private static void logOut(Link here, long end) {
        waited(here.ask(Ok.class, LogOut::new).handle((ok, failure) -> null), end);
    }

    private static void waited(CompletableFuture<Void> quiet, long end) {
        try {
            quiet.get(Math.min(CLOSING.toNanos(), end - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("a client was closed while some of its work was still running");
        }
    }
}
