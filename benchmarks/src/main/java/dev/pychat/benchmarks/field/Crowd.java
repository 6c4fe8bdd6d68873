package dev.pychat.benchmarks.field;

import dev.pychat.benchmarks.contender.Part;
import dev.pychat.benchmarks.contender.Party;
import dev.pychat.benchmarks.contender.Role;
import dev.pychat.benchmarks.contender.RunningServer;
import dev.pychat.benchmarks.contender.Tally;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Connections to one server that are opened and closed together, counted in one tally. Confined to one thread. */
final class Crowd implements AutoCloseable {

    /** How many handshakes are under way at a time. */
    static final int AT_ONCE = 32;

    private static final int PATIENCE_SECONDS = 120;

    private final RunningServer server;
    private final Tally tally;
    private final boolean remembers;
    private final List<Party> parties = new ArrayList<>();

    Crowd(RunningServer server, Tally tally) {
        this(server, tally, false);
    }

    private Crowd(RunningServer server, Tally tally, boolean remembers) {
        this.server = server;
        this.tally = tally;
        this.remembers = remembers;
    }

    /** Users whose clients resume their TLS sessions: those of the last such crowd. */
    static Crowd remembering(RunningServer server, Tally tally) {
        return new Crowd(server, tally, true);
    }

    /** Users 0 and 1 are a pair, 2 and 3 the next one, and so on. */
    static int peer(int user) {
        return user ^ 1;
    }

    /** Users who talk to each other. */
    static Crowd ofPairs(RunningServer server, int firstUser, int pairs) throws InterruptedException {
        return new Crowd(server, Tally.counting()).join(Role.TALKER, firstUser, 2 * pairs, 1);
    }

    /** Logs so many users in, each some numbers behind the one before. */
    Crowd join(Role role, int firstUser, int count, int step) throws InterruptedException {
        Semaphore places = new Semaphore(AT_ONCE);
        List<CompletableFuture<Void>> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int user = firstUser + i * step;
            places.acquire();
            Party party = server.connect(new Part(user, peer(user), role, remembers, tally));
            parties.add(party);
            all.add(party.ready().whenComplete((nothing, failure) -> places.release()));
        }
        try {
            CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            close();
            throw new IllegalStateException("a log-in failed: " + e.getCause(), e);
        } catch (TimeoutException e) {
            close();
            throw new IllegalStateException("not all of " + count + " log-ins were answered", e);
        }
        return this;
    }

    Tally tally() {
        return tally;
    }

    /** How many of its connections are open. */
    long open() {
        return parties.stream().filter(Party::isOpen).count();
    }

    int size() {
        return parties.size();
    }

    void keepSending(int window, long each) {
        parties.forEach(party -> party.keepSending(window, each));
    }

    void fetch() {
        parties.forEach(Party::fetch);
    }

    void expectTheEnd() {
        parties.forEach(Party::expectTheEnd);
    }

    /** Sends a number of messages a second, one user after the other, each due at its own moment, until the time is over. */
    void pace(int perSecond, long nanos) {
        long interval = TimeUnit.SECONDS.toNanos(1) / perSecond;
        long start = System.nanoTime();
        long count = nanos / interval;
        for (long i = 0; i < count; i++) {
            long due = start + i * interval;
            for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
                LockSupport.parkNanos(wait);
            }
            parties.get((int) (i % parties.size())).send(due);
        }
    }

    /** Talks as fast as it can for a while, and lets all arrive. */
    void busy(Duration time) throws InterruptedException {
        keepSending(OnlinePairs.WINDOW, Long.MAX_VALUE);
        TimeUnit.MILLISECONDS.sleep(time.toMillis());
        quieten();
    }

    /** Waits until what was sent has arrived. */
    void quieten() throws InterruptedException {
        parties.forEach(Party::stopSending);
        long before = -1;
        for (int i = 0; i < PATIENCE_SECONDS && tally.delivered() != before; i++) {
            before = tally.delivered();
            TimeUnit.MILLISECONDS.sleep(200);
        }
    }

    /** Waits until something holds, and says whether it came to it. */
    static boolean await(BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                return false;
            }
            TimeUnit.MILLISECONDS.sleep(1);
        }
        return true;
    }

    @Override
    public void close() {
        List<CompletableFuture<Void>> all = parties.stream().map(Party::leave).toList();
        CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).join();
    }
}
