package dev.pychat.server;

import dev.pychat.bus.LiveBus;
import dev.pychat.crypto.open.PasswordCost;
import dev.pychat.model.Bytes;
import dev.pychat.store.MessageStore;
import dev.pychat.store.ServerStores;
import dev.pychat.transport.Connection;
import dev.pychat.transport.FrameHandler;
import dev.pychat.transport.internal.NamedThreads;
import dev.pychat.wire.ClientFrame;
import dev.pychat.wire.ErrorCode;
import dev.pychat.wire.KdfCost;
import dev.pychat.wire.ServerFrame;
import dev.pychat.wire.ServerKey;
import dev.pychat.wire.WireLimits;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** What all connections of a server share. Thread-safe. */
final class Engine {

    private static final double SIGN_UPS_A_SECOND = 0.1;

    /** A token is past guessing; this bounds what a stranger learns of names, and lets a house full of devices find theirs over. */
    private static final int FREE_BAD_TOKENS = 64;

    private static final double BAD_TOKENS_A_SECOND = 1;
    private static final int FREE_REFUSALS = 256;
    private static final int REFUSALS_A_SECOND = 32;

    /** Bytes: some five thousand headers at once, and ten a second. */
    private static final int FREE_HEADERS = 8 << 20;

    private static final int HEADERS_A_SECOND = 16 << 10;

    /** Each costs a hash, and a vault may be nearly a mebibyte. */
    private static final int FREE_PROOFS = 64;

    private static final double PROOFS_A_SECOND = 0.2;

    /** Bytes: two full pools of the largest keys at once, then a key of theirs every second. */
    private static final int FREE_KEY_BYTES = 2 * WireLimits.MAX_POOL * WireLimits.MAX_ONE_TIME_KEY;

    private static final int KEY_BYTES_A_SECOND = WireLimits.MAX_ONE_TIME_KEY;

    /** An epoch takes one for each device; then one every ten minutes, so that nobody empties a pool alone in a day. */
    private static final int FREE_TAKES = 32;

    private static final double TAKES_A_SECOND = 1.0 / 600;

    /** Each is a write of its own. */
    private static final int FREE_BLOCKS = 256;

    private static final double BLOCKS_A_SECOND = 0.2;

    private final ServerOptions options;
    private final StoreHealth storeHealth;
    private final ServerStores stores;
    private final Turns turns;
    private final ServerMetrics metrics;
    private final Announcer announcer;
    private final Committer committer;
    private final SecretHashes hashes;
    private final AttemptLimiter attempts;
    private final Allowances signUps;
    private final Allowances badTokens;
    private final Allowances refusals;
    private final Allowances headers;
    private final Allowances proofs;
    private final Allowances keyBytes;
    private final Allowances takes;
    private final Allowances blocks;
    private final AtomicLong changes = new AtomicLong();
    private final DecoySalts decoySalts;
    private final ScheduledThreadPoolExecutor timer;
    private final LongSupplier nanoTime;
    private final Set<ClientConnection> connections = ConcurrentHashMap.newKeySet();
    private volatile Optional<ServerKey> nextKey = Optional.empty();
    private volatile boolean stopping;

    Engine(ServerOptions options, Executor executor) {
        this(options, executor, timer(), System::nanoTime);
    }

    /** With a timer, which is taken over, and a clock for durations of one's own. */
    Engine(ServerOptions options, Executor executor, ScheduledThreadPoolExecutor timer, LongSupplier nanoTime) {
        this.options = options;
        this.storeHealth = new StoreHealth(options.clock());
        this.stores = new WatchedStores(options.stores(), storeHealth.accounts());
        this.turns = new Turns(executor, options.limits().readThreads());
        this.timer = timer;
        this.nanoTime = nanoTime;
        this.metrics =
                options.metrics() == ServerMetrics.NONE ? ServerMetrics.NONE : new GuardedMetrics(options.metrics());
        this.announcer = new Announcer(options.bus());
        this.committer = new Committer(
                stores.messages(), options.limits(), announcer::announce, metrics, storeHealth.messages());
        this.hashes = new SecretHashes(options.hashCost(), options.random(), options.limits(), metrics);
        this.attempts = new AttemptLimiter(options.clock(), options.limits());
        this.signUps = new Allowances(
                options.clock(), "sign-ups from this address", options.limits().freeSignUps(), SIGN_UPS_A_SECOND);
        this.badTokens =
                new Allowances(options.clock(), "bad tokens from this address", FREE_BAD_TOKENS, BAD_TOKENS_A_SECOND);
        this.refusals = new Allowances(options.clock(), "refused messages", FREE_REFUSALS, REFUSALS_A_SECOND);
        this.headers = new Allowances(options.clock(), "epoch headers and key bundles", FREE_HEADERS, HEADERS_A_SECOND);
        this.proofs = new Allowances(options.clock(), "changes of this account", FREE_PROOFS, PROOFS_A_SECOND);
        this.keyBytes = new Allowances(options.clock(), "one-time keys", FREE_KEY_BYTES, KEY_BYTES_A_SECOND);
        this.takes = new Allowances(options.clock(), "one-time keys of this account", FREE_TAKES, TAKES_A_SECOND);
        this.blocks =
                new Allowances(options.clock(), "changes of whom this account blocks", FREE_BLOCKS, BLOCKS_A_SECOND);
        this.decoySalts = new DecoySalts(stores.decoySecret());
        timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    private static ScheduledThreadPoolExecutor timer() {
        return new ScheduledThreadPoolExecutor(
                1, NamedThreads.factory("timer"), new ThreadPoolExecutor.DiscardPolicy());
    }

    ServerOptions options() {
        return options;
    }

    /** Measures how long something takes, in nanoseconds from some moment on. */
    long nanoTime() {
        return nanoTime.getAsLong();
    }

    /** The least that a passphrase must cost, as it travels. */
    KdfCost kdfFloor() {
        return wire(options.passwordFloor());
    }

    /** What a passphrase costs most accounts: the clients' default, not the floor, which may lie below it. */
    KdfCost usualKdf() {
        PasswordCost floor = options.passwordFloor();
        return wire(PasswordCost.RECOMMENDED.atLeast(floor) ? PasswordCost.RECOMMENDED : floor);
    }

    private static KdfCost wire(PasswordCost cost) {
        return new KdfCost(cost.memoryKiB(), cost.iterations(), cost.parallelism());
    }

    /** Refuses a cost below the floor. */
    void requireCost(KdfCost given) throws RefusalException {
        KdfCost floor = kdfFloor();
        if (given.memory() < floor.memory() || given.passes() < floor.passes()) {
            throw new RefusalException(
                    ErrorCode.INVALID,
                    "Argon2id with m = " + given.memory() + " and t = " + given.passes()
                            + " is too cheap, this server takes m = " + floor.memory() + " and t = "
                            + floor.passes() + " or more");
        }
    }

    /** Checks a secret; if that does not come about, the attempt that was begun is no guess. */
    CompletionStage<Boolean> checked(AttemptLimiter.Attempt attempt, Bytes secret, String hash) {
        return hashes.matches(attempt.address(), secret, hash).whenComplete((matches, failure) -> {
            if (failure != null) {
                attempts.notChecked(attempt);
            }
        });
    }

    ServerLimits limits() {
        return options.limits();
    }

    ServerStores stores() {
        return stores;
    }

    ServerMetrics metrics() {
        return metrics;
    }

    /** The messages, behind the committer. */
    MessageStore messages() {
        return committer;
    }

    LiveBus bus() {
        return options.bus();
    }

    Announcer announcer() {
        return announcer;
    }

    SecretHashes hashes() {
        return hashes;
    }

    AttemptLimiter attempts() {
        return attempts;
    }

    /** How many accounts may be made from an address. */
    Allowances signUps() {
        return signUps;
    }

    /** How often an address is told that a resume token is not good. */
    Allowances badTokens() {
        return badTokens;
    }

    /** How many messages of an account may be looked for, or be refused, which costs the store a search. */
    Allowances refusals() {
        return refusals;
    }

    /** How many bytes of epoch headers and key bundles an account may leave, which are kept for ever. */
    Allowances headers() {
        return headers;
    }

    /** How often somebody with a session may prove the passphrase, rightly or not. */
    Allowances proofs() {
        return proofs;
    }

    /** How many bytes of one-time keys an account may put. */
    Allowances keyBytes() {
        return keyBytes;
    }

    /** How many one-time keys of an account another may take. */
    Allowances takes() {
        return takes;
    }

    /** How often an account may block and unblock. */
    Allowances blocks() {
        return blocks;
    }

    /** How often on this node somebody was deleted or blocked, so that nobody goes on believing what held before. */
    long peerChanges() {
        return changes.get();
    }

    void peersChanged() {
        changes.incrementAndGet();
    }

    DecoySalts decoySalts() {
        return decoySalts;
    }

    Clock clock() {
        return options.clock();
    }

    SecureRandom random() {
        return options.random();
    }

    /** For what blocks; connections run their queues on it, in turns with those of other addresses. */
    Executor executor(String address) {
        return turns.of(address);
    }

    /** Does something small after a while, unless the server has stopped by then. */
    @SuppressWarnings("FutureReturnValueIgnored") // the task itself tells what goes wrong in it
    void later(Duration delay, Runnable task) {
        timer.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Does something small again and again until the server stops. */
    @SuppressWarnings("FutureReturnValueIgnored") // the task itself tells what goes wrong in it
    void regularly(Duration period, Runnable task) {
        timer.scheduleWithFixedDelay(task, period.toMillis(), period.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Takes a new connection. */
    FrameHandler<ClientFrame> accept(Connection<ServerFrame> channel) {
        ClientConnection connection = new ClientConnection(this, channel);
        channel.maxFrame(WireLimits.BEFORE_LOGIN);
        channel.maxHeader(limits().wire().header());
        connections.add(connection);
        metrics.connected();
        return connection;
    }

    void gone(ClientConnection connection) {
        if (connections.remove(connection)) {
            metrics.disconnected();
        }
    }

    /** What is told to each session as long as another key is to come. */
    Optional<ServerKey> nextKey() {
        return nextKey;
    }

    /** A session that is made meanwhile may be told twice, and none is not told: it looks after it was made. */
    int announce(Optional<ServerKey> next) {
        nextKey = next;
        List<ClientConnection> told = connections.stream()
                .filter(connection -> next.isPresent() && connection.isMember())
                .toList();
        told.forEach(connection -> next.ifPresent(connection::send));
        return told.size();
    }

    Set<ClientConnection> connections() {
        return connections;
    }

    ServerLoad load() {
        Committer.Waits waits = committer.waits();
        return new ServerLoad(
                connections.size(),
                (int) connections.stream().filter(ClientConnection::isMember).count(),
                connections.stream().mapToLong(ClientConnection::unanswered).sum(),
                waits.messages(),
                waits.bytes(),
                hashes.waiting(),
                storeHealth.failure(),
                stopping);
    }

    /** From now on requests are refused. */
    void stopping() {
        stopping = true;
    }

    boolean isStopping() {
        return stopping;
    }

    /** Stores what waits, and lets go of all but the stores. */
    void close(Deadline deadline) {
        timer.shutdownNow();
        hashes.close(deadline);
        committer.close(deadline);
    }
}
