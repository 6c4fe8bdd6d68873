package dev.pychat.client;

import dev.pychat.transport.CloseReason;
import dev.pychat.transport.Connection;
import dev.pychat.transport.KeyPin;
import dev.pychat.wire.Accepted;
import dev.pychat.wire.Ack;
import dev.pychat.wire.ClientFrame;
import dev.pychat.wire.Failure;
import dev.pychat.wire.ServerFrame;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongFunction;

/**
 * One connection to the server: matches replies to requests, keeps the number of unanswered requests below the server's limit,
 * and hands pushes on. It is never used again once it is closed.
 *
 * <p>Thread-safe. What {@link #ask} gives is completed on a network thread, so whoever waits for it goes on elsewhere.
 */
final class Link {

    private static final int BEFORE_WELCOME = 1;

    private record Waiting(long id, ClientFrame.Request request) {}

    private final Connection<ClientFrame> connection;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Long, CompletableFuture<Object>> unanswered = new HashMap<>();
    private final ArrayDeque<Waiting> waiting = new ArrayDeque<>(0);
    private int sent;
    private int mostInFlight = BEFORE_WELCOME;
    private long lastId;
    private volatile long lastHeard = System.nanoTime();
    private volatile long lastSaid = System.nanoTime();
    private volatile boolean closing;
    private volatile String closedBecause = "";

    Link(Connection<ClientFrame> connection) {
        this.connection = connection;
    }

    void mostInFlight(int requests) {
        lock.lock();
        try {
            mostInFlight = requests;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Sends a request. Completes with the reply; or exceptionally with {@link FailureException} if that is an error, or
     * {@link ServerUnreachableException} if the connection ends first.
     */
    <T> CompletableFuture<T> ask(Class<T> reply, LongFunction<? extends ClientFrame.Request> request) {
        CompletableFuture<Object> answer = new CompletableFuture<>();
        List<ClientFrame.Request> ready;
        lock.lock();
        try {
            long id = ++lastId;
            if (closedBecause.isEmpty()) {
                unanswered.put(id, answer);
                waiting.add(new Waiting(id, request.apply(id)));
            }
            ready = ready();
            // Under the lock, so that requests leave in the order in which they were made; it only queues.
            ready.forEach(this::say);
        } finally {
            lock.unlock();
        }
        if (!closedBecause.isEmpty()) {
            answer.completeExceptionally(unreachable());
        }
        return answer.thenApply(reply::cast);
    }

    /** Sends a request of which nobody waits for the answer. */
    @SuppressWarnings("FutureReturnValueIgnored")
    <T> void tell(Class<T> reply, LongFunction<? extends ClientFrame.Request> request) {
        ask(reply, request);
    }

    /** What may leave now: never more unanswered than the server takes. */
    private List<ClientFrame.Request> ready() {
        List<ClientFrame.Request> ready = new ArrayList<>();
        while (sent < mostInFlight && !waiting.isEmpty()) {
            ready.add(waiting.remove().request());
            sent++;
        }
        return ready;
    }

    /** The key of the server's certificate; empty where the transport has none. */
    Optional<KeyPin> serverKey() {
        return connection.serverKey();
    }

    void acknowledge(Ack ack) {
        say(ack);
    }

    private void say(ClientFrame frame) {
        lastSaid = System.nanoTime();
        connection.send(frame);
    }

    void answered(long re, Object reply) {
        CompletableFuture<Object> answer;
        lock.lock();
        try {
            answer = unanswered.remove(re);
            if (answer != null) {
                sent--;
                ready().forEach(this::say);
            }
        } finally {
            lock.unlock();
        }
        if (answer == null) {
            return;
        }
        if (reply instanceof Failure failure) {
            answer.completeExceptionally(new FailureException(failure));
        } else {
            answer.complete(reply);
        }
    }

    void answered(Accepted accepted) {
        for (int i = 0; i < accepted.answered().size(); i++) {
            answered(accepted.answered().get(i), accepted.items().get(i));
        }
    }

    void answered(ServerFrame.Reply reply) {
        answered(reply.re(), reply);
    }

    void heard() {
        lastHeard = System.nanoTime();
    }

    /** Whether nothing has come from the server for so long. */
    boolean isSilentFor(Duration duration) {
        return System.nanoTime() - lastHeard > duration.toNanos();
    }

    /** Whether nothing has gone to the server for so long. */
    boolean isUnusedFor(Duration duration) {
        return System.nanoTime() - lastSaid > duration.toNanos();
    }

    /** Whether it is of no use any more: closed, or about to be. */
    boolean isClosed() {
        return closing || !closedBecause.isEmpty();
    }

    String closedBecause() {
        return closedBecause;
    }

    void maxFrame(int bytes) {
        connection.maxFrame(bytes);
    }

    /** Closes the connection; {@link #closed} follows. */
    void close(String reason) {
        closing = true;
        connection.close(CloseReason.local(reason));
    }

    /** The connection is gone: whoever waits is told. */
    void closed(String reason) {
        List<CompletableFuture<Object>> left;
        lock.lock();
        try {
            closedBecause = reason.isEmpty() ? "the connection was closed" : reason;
            left = List.copyOf(unanswered.values());
            unanswered.clear();
            waiting.clear();
        } finally {
            lock.unlock();
        }
        left.forEach(answer -> answer.completeExceptionally(unreachable()));
    }

    private ServerUnreachableException unreachable() {
        return new ServerUnreachableException("the connection to the server ended: " + closedBecause);
    }
}
