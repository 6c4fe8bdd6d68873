package dev.pychat.testkit.server;

import dev.pychat.model.Bytes;
import dev.pychat.model.DeviceId;
import dev.pychat.model.Username;
import dev.pychat.transport.ClientTransport;
import dev.pychat.transport.CloseReason;
import dev.pychat.transport.Connection;
import dev.pychat.transport.FrameHandler;
import dev.pychat.transport.TransportException;
import dev.pychat.wire.Accepted;
import dev.pychat.wire.ClientFrame;
import dev.pychat.wire.Credential;
import dev.pychat.wire.Failure;
import dev.pychat.wire.Hello;
import dev.pychat.wire.KdfCost;
import dev.pychat.wire.LogIn;
import dev.pychat.wire.MalformedFrameException;
import dev.pychat.wire.Resume;
import dev.pychat.wire.ServerFrame;
import dev.pychat.wire.Session;
import dev.pychat.wire.SignUp;
import dev.pychat.wire.Welcome;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;

/**
 * A connection to a server on which a test says what it likes. Replies are found by their number, pushes are queued.
 *
 * <p>Thread-safe. Every wait is bounded and ends as an {@link AssertionError}.
 */
public final class RawClient implements FrameHandler<ServerFrame>, AutoCloseable {

    /** How long a wait lasts at most. */
    public static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final KdfCost CHEAP = new KdfCost(8, 1, 1);
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Connection<ClientFrame> connection;
    private final AtomicLong ids = new AtomicLong();
    private final Map<Long, CompletableFuture<ServerFrame>> replies = new ConcurrentHashMap<>();
    private final BlockingQueue<ServerFrame> pushes = new LinkedBlockingQueue<>();
    private final CompletableFuture<CloseReason> closed = new CompletableFuture<>();

    private RawClient(ClientTransport transport) throws TransportException, InterruptedException {
        this.connection = transport.connect(opened -> this);
    }

    /**
     * Connects and says nothing yet.
     *
     * @param transport the way to the server
     * @return the connected client
     * @throws TransportException if the server can't be reached
     * @throws InterruptedException if the calling thread was interrupted
     */
    public static RawClient connect(ClientTransport transport) throws TransportException, InterruptedException {
        return new RawClient(transport);
    }

    @Override
    public void onFrame(ServerFrame frame) {
        if (frame instanceof Accepted accepted) {
            accepted.answered().forEach(re -> reply(re).complete(accepted));
        } else if (frame instanceof ServerFrame.Reply reply && reply.re() != 0) {
            reply(reply.re()).complete(frame);
        } else {
            pushes.add(frame);
        }
    }

    @Override
    public void onMalformed(MalformedFrameException fault) {
        closed.completeExceptionally(fault);
    }

    @Override
    public void onClosed(CloseReason reason) {
        closed.complete(reason);
        replies.values().forEach(reply -> reply.completeExceptionally(new AssertionError("closed: " + reason)));
    }

    /**
     * Sends a frame and waits for nothing.
     *
     * @param frame the frame
     */
    public void send(ClientFrame frame) {
        connection.send(frame);
    }

    /**
     * Sends a request and waits for nothing.
     *
     * @param request makes it of its number
     * @return the number
     */
    public long begin(LongFunction<? extends ClientFrame.Request> request) {
        long id = ids.incrementAndGet();
        connection.send(request.apply(id));
        return id;
    }

    /**
     * Waits for the reply to a request.
     *
     * @param id the request's number
     * @return the reply, an {@link Accepted} for several perhaps, or a {@link Failure}
     */
    public ServerFrame await(long id) {
        return get(reply(id), "a reply to request " + id);
    }

    /**
     * Whether a request has a reply, without waiting for one.
     *
     * @param id the request's number
     * @return true if its reply is there
     */
    public boolean isAnswered(long id) {
        CompletableFuture<ServerFrame> reply = reply(id);
        return reply.isDone() && !reply.isCompletedExceptionally();
    }

    /**
     * Sends a request and waits for the reply of the right type.
     *
     * @param <T> the reply's type
     * @param type the reply's type
     * @param request makes the request of its number
     * @return the reply
     */
    public <T extends ServerFrame> T ask(Class<T> type, LongFunction<? extends ClientFrame.Request> request) {
        ServerFrame reply = await(begin(request));
        if (!type.isInstance(reply)) {
            throw new AssertionError("expected " + type.getSimpleName() + ", got " + reply);
        }
        return type.cast(reply);
    }

    /**
     * Waits for the next push, which must have the right type.
     *
     * @param <T> the push's type
     * @param type the push's type
     * @return the push
     */
    public <T extends ServerFrame> T push(Class<T> type) {
        try {
            ServerFrame push = pushes.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            if (!type.isInstance(push)) {
                throw new AssertionError("expected a push " + type.getSimpleName() + ", got " + push);
            }
            return type.cast(push);
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted while waiting for a push", e);
        }
    }

    /**
     * Waits for the next push of a type and passes over those of other types.
     *
     * @param <T> the push's type
     * @param type the push's type
     * @return the push
     */
    public <T extends ServerFrame> T nextPush(Class<T> type) {
        while (true) {
            ServerFrame push = push(ServerFrame.class);
            if (type.isInstance(push)) {
                return type.cast(push);
            }
        }
    }

    /**
     * Whether a push has arrived that was not taken yet.
     *
     * @return true if so
     */
    public boolean hasPush() {
        return !pushes.isEmpty();
    }

    /** Reads nothing more, so that the server feels it. */
    public void stopReading() {
        connection.pauseReading();
    }

    /**
     * Waits until the connection is closed.
     *
     * @return why
     */
    public CloseReason awaitClosed() {
        return get(closed, "the end of the connection");
    }

    /**
     * Says hello.
     *
     * @return what the server answered
     */
    public Welcome hello() {
        return ask(Welcome.class, id -> new Hello(id, java.util.List.of(1), "raw client"));
    }

    /**
     * Says hello and makes an account, with a secret that follows from the name and a device of its own.
     *
     * @param name the account's name
     * @return the session
     */
    public Session signUp(String name) {
        hello();
        return signUp(name, CHEAP);
    }

    /**
     * Makes an account, after hello, on a server that asks for a cost of the passphrase. Nothing is stretched here: the secret
     * follows from the name, as in {@link #signUp(String)}.
     *
     * @param name the account's name
     * @param cost the cost that is claimed
     * @return the session
     */
    public Session signUp(String name, KdfCost cost) {
        Username user = new Username(name);
        Bytes attempt = Bytes.random(RANDOM, 16);
        Bytes salt = Bytes.random(RANDOM, 32);
        return ask(Session.class, id -> new SignUp(id, user, attempt, salt, cost, device(name), secret(name)));
    }

    /**
     * Says hello and logs in to an account that {@link #signUp} made.
     *
     * @param name the account's name
     * @return the session
     */
    public Session logIn(String name) {
        hello();
        return ask(Session.class, id -> new LogIn(id, new Username(name), device(name), secret(name)));
    }

    /**
     * Says hello and resumes an earlier session.
     *
     * @param before the earlier session
     * @return the session
     */
    public Session resume(Session before) {
        hello();
        DeviceId device = device(before.user().value());
        return ask(Session.class, id -> new Resume(id, before.user(), device, before.token()));
    }

    /**
     * The login secret of an account that {@link #signUp} makes.
     *
     * @param name the account's name
     * @return 32 bytes that follow from the name
     */
    public static Credential secret(String name) {
        return new Credential(padded(name, Credential.SIZE));
    }

    /**
     * The device of an account that {@link #signUp} makes.
     *
     * @param name the account's name
     * @return a device that follows from the name
     */
    public static DeviceId device(String name) {
        return new DeviceId(padded(name, DeviceId.SIZE));
    }

    @Override
    public void close() {
        connection.close(CloseReason.local("the test is done"));
    }

    private CompletableFuture<ServerFrame> reply(long id) {
        CompletableFuture<ServerFrame> reply = replies.computeIfAbsent(id, number -> new CompletableFuture<>());
        if (closed.isDone()) {
            reply.completeExceptionally(new AssertionError("the connection is closed"));
        }
        return reply;
    }

    private static Bytes padded(String text, int size) {
        return Bytes.adopt(Arrays.copyOf(text.getBytes(StandardCharsets.US_ASCII), size));
    }

    private static <T> T get(CompletableFuture<T> future, String what) {
        try {
            return future.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            throw new AssertionError("waited for " + what, e);
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted while waiting for " + what, e);
        }
    }
}
