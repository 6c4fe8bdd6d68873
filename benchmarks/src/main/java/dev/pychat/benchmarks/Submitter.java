package dev.pychat.benchmarks;

import dev.pychat.benchmarks.load.Seat;
import dev.pychat.crypto.open.Sha256;
import dev.pychat.model.Bytes;
import dev.pychat.model.DeviceId;
import dev.pychat.model.Envelope;
import dev.pychat.model.EpochName;
import dev.pychat.model.LaneId;
import dev.pychat.model.MessageId;
import dev.pychat.model.Position;
import dev.pychat.model.PychatException;
import dev.pychat.model.Username;
import dev.pychat.store.LoginRecord;
import dev.pychat.store.NewAccount;
import dev.pychat.store.ServerStores;
import dev.pychat.transport.ClientTransport;
import dev.pychat.transport.CloseReason;
import dev.pychat.transport.Connection;
import dev.pychat.transport.FrameHandler;
import dev.pychat.wire.Accepted;
import dev.pychat.wire.ClientFrame;
import dev.pychat.wire.Credential;
import dev.pychat.wire.Failure;
import dev.pychat.wire.Hello;
import dev.pychat.wire.MalformedFrameException;
import dev.pychat.wire.PutEpoch;
import dev.pychat.wire.Resume;
import dev.pychat.wire.ServerFrame;
import dev.pychat.wire.Submit;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/** A connection that submits messages of 400 bytes to one peer and waits until they are accepted. Confined to one thread. */
final class Submitter implements FrameHandler<ServerFrame>, AutoCloseable {

    private static final int BODY = 400;
    private static final int HEADER = 300;
    private static final long PATIENCE_SECONDS = 60;

    private final SecureRandom random = new SecureRandom();
    private final Semaphore answered = new Semaphore(0);
    private final Username peer;
    private final Bytes body = Bytes.random(random, BODY);
    private final Bytes hash = Sha256.of(body);
    private final Bytes header = Bytes.random(random, HEADER);
    private final EpochName epoch = new EpochName(Sha256.of(header));
    private final LaneId lane = LaneId.random(random);
    private final Connection<ClientFrame> connection;
    private volatile @Nullable String failure;
    private MessageId last = MessageId.NONE;
    private long asked;

    private Submitter(ClientTransport transport, Username peer) throws PychatException, InterruptedException {
        this.peer = peer;
        this.connection = transport.connect(opened -> this);
    }

    /** Lays an account for itself and one for its peer, with no sign-up, and connects. */
    static Submitter connect(ServerStores stores, ClientTransport transport, String name)
            throws PychatException, InterruptedException {
        SecureRandom random = new SecureRandom();
        Username user = new Username(name);
        Username peer = new Username(name + ".peer");
        DeviceId device = DeviceId.random(random);
        Credential token = new Credential(Bytes.random(random, Credential.SIZE));
        Instant now = Instant.now();
        LoginRecord login = Seat.login(Bytes.random(random, 32));
        for (Username each : List.of(user, peer)) {
            stores.accounts().create(new NewAccount(each, Bytes.random(random, 16), login, now));
        }
        stores.tokens().put(user, login, device, Sha256.of(token.value()), now, now.plus(Duration.ofDays(1)));
        Submitter submitter = new Submitter(transport, peer);
        submitter.ask(id -> new Hello(id, List.of(1), "benchmark"));
        submitter.ask(id -> new Resume(id, user, device, token));
        submitter.ask(id -> new PutEpoch(id, peer, submitter.epoch, submitter.header));
        return submitter;
    }

    /** Sends so many messages without waiting. */
    void submit(int count) {
        for (int i = 0; i < count; i++) {
            MessageId id = MessageId.random(random);
            connection.send(
                    new Submit(++asked, peer, id, hash, epoch, lane, last, Position.NONE, false, new Envelope(body)));
            last = id;
        }
    }

    /** Waits until so many messages more are accepted. */
    void await(int count) throws InterruptedException {
        if (!answered.tryAcquire(count, PATIENCE_SECONDS, TimeUnit.SECONDS) || failure != null) {
            throw new IllegalStateException("not accepted: " + failure);
        }
    }

    private void ask(LongFunction<? extends ClientFrame.Request> request) throws InterruptedException {
        connection.send(request.apply(++asked));
        await(1);
    }

    @Override
    public void onFrame(ServerFrame frame) {
        if (frame instanceof Failure refusal) {
            fail(refusal.toString());
        } else if (frame instanceof Accepted accepted) {
            answered.release(accepted.items().size());
        } else if (frame instanceof ServerFrame.Reply) {
            answered.release();
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

    /** Whoever waits is woken, however much is awaited. */
    private void fail(String why) {
        failure = why;
        answered.release(Short.MAX_VALUE);
    }

    @Override
    public void close() {
        connection.close(CloseReason.local("done"));
    }
}
