package dev.pychat.benchmarks.load;

import dev.pychat.crypto.open.Sha256;
import dev.pychat.model.Bytes;
import dev.pychat.model.Envelope;
import dev.pychat.model.EpochName;
import dev.pychat.model.LaneId;
import dev.pychat.model.MessageId;
import dev.pychat.model.Position;
import dev.pychat.model.PychatException;
import dev.pychat.model.Username;
import dev.pychat.transport.ClientTransport;
import dev.pychat.transport.CloseReason;
import dev.pychat.transport.Connection;
import dev.pychat.transport.FrameHandler;
import dev.pychat.wire.Accepted;
import dev.pychat.wire.Ack;
import dev.pychat.wire.ClientFrame;
import dev.pychat.wire.Failure;
import dev.pychat.wire.Follow;
import dev.pychat.wire.Hello;
import dev.pychat.wire.MalformedFrameException;
import dev.pychat.wire.Message;
import dev.pychat.wire.PutEpoch;
import dev.pychat.wire.Resume;
import dev.pychat.wire.ServerFrame;
import dev.pychat.wire.Submit;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongFunction;

/**
 * One device that talks to one peer: it sends bodies of the usual size that hold the moment at which they were due, acknowledges what
 * arrives, and keeps a window of unaccepted messages full while it is told to.
 *
 * <p>Thread-safe.
 */
final class LoadClient implements FrameHandler<ServerFrame>, AutoCloseable {

    private static final int BODY = 400;
    private static final int HEADER = 300;
    private static final long PATIENCE_SECONDS = 60;

    private final Username peer;
    private final Meter meter;
    private final SecureRandom random = new SecureRandom();
    private final byte[] filling = new byte[BODY];
    private final Bytes header = Bytes.random(random, HEADER);
    private final EpochName epoch = new EpochName(Sha256.of(header));
    private final LaneId lane = LaneId.random(random);
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final Connection<ClientFrame> connection;
    private CompletableFuture<ServerFrame> reply = new CompletableFuture<>();
    private MessageId last = MessageId.NONE;
    private Position seen = Position.NONE;
    private long asked;
    private boolean keepsSending;

    private LoadClient(ClientTransport transport, Username peer, Meter meter)
            throws PychatException, InterruptedException {
        this.peer = peer;
        this.meter = meter;
        this.random.nextBytes(filling);
        this.connection = transport.connect(opened -> this);
    }

    /** Takes a seat and opens the chat with a peer. */
    static LoadClient connect(ClientTransport transport, Seat seat, Username peer, Meter meter)
            throws PychatException, InterruptedException {
        LoadClient client = new LoadClient(transport, peer, meter);
        client.ask(id -> new Hello(id, List.of(1), "load generator"));
        client.ask(id -> new Resume(id, seat.user(), seat.device(), seat.token()));
        client.ask(id -> new PutEpoch(id, peer, client.epoch, client.header));
        client.ask(id -> new Follow(id, peer, Position.NONE));
        return client;
    }

    private void ask(LongFunction<? extends ClientFrame.Request> request) throws InterruptedException {
        CompletableFuture<ServerFrame> answer;
        synchronized (this) {
            answer = new CompletableFuture<>();
            reply = answer;
            connection.send(request.apply(++asked));
        }
        try {
            if (answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS) instanceof Failure failure) {
                throw new IllegalStateException("the server refused: " + failure);
            }
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("no answer to request " + asked, e);
        }
    }

    /** Sends a message that is due at a moment of {@link System#nanoTime}. */
    synchronized void send(long due) {
        ByteBuffer.wrap(filling).putLong(due);
        Bytes body = Bytes.copyOf(filling);
        MessageId id = MessageId.random(random);
        connection.send(
                new Submit(++asked, peer, id, Sha256.of(body), epoch, lane, last, seen, false, new Envelope(body)));
        last = id;
    }

    /** Sends so many, and from then on one for each that is accepted. */
    void keepSending(int window) {
        synchronized (this) {
            keepsSending = true;
        }
        for (int i = 0; i < window; i++) {
            send(System.nanoTime());
        }
    }

    synchronized void stopSending() {
        keepsSending = false;
    }

    /** Fails if the connection has ended. */
    void requireOpen() {
        if (ended.isDone()) {
            ended.join();
        }
    }

    @Override
    public void onFrame(ServerFrame frame) {
        if (frame instanceof Accepted accepted) {
            accepted(accepted);
        } else if (frame instanceof Message message && message.re() == 0) {
            take(message);
        } else if (frame instanceof ServerFrame.Reply) {
            answered(frame);
        }
    }

    private synchronized void answered(ServerFrame frame) {
        if (!reply.complete(frame)) {
            fail("an answer that nobody waits for: " + frame);
        }
    }

    private synchronized void accepted(Accepted accepted) {
        int count = accepted.items().size();
        meter.accepted(count);
        see(accepted.items().get(count - 1).position());
        for (int i = 0; keepsSending && i < count; i++) {
            send(System.nanoTime());
        }
    }

    private synchronized void take(Message message) {
        for (Message.Item item : message.items()) {
            if (item.by().equals(peer)) {
                meter.delivered(item.envelope().value().asByteBuffer().getLong());
            }
        }
        see(message.last());
        connection.send(new Ack(peer, message.last()));
    }

    private void see(Position position) {
        if (position.isAfter(seen)) {
            seen = position;
        }
    }

    @Override
    public void onMalformed(MalformedFrameException fault) {
        fail(String.valueOf(fault.getMessage()));
    }

    @Override
    public void onClosed(CloseReason reason) {
        fail("the connection was closed: " + reason);
    }

    private synchronized void fail(String why) {
        IllegalStateException failed = new IllegalStateException(why);
        ended.completeExceptionally(failed);
        reply.completeExceptionally(failed);
    }

    @Override
    public void close() {
        connection.close(CloseReason.local("done"));
    }
}
