package dev.pychat.testkit.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.testkit.HeldLocks;
import dev.pychat.transport.CloseReason;
import dev.pychat.transport.Connection;
import dev.pychat.wire.ClientFrame;
import dev.pychat.wire.Ping;
import dev.pychat.wire.Pong;
import dev.pychat.wire.ServerFrame;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.Test;

/**
 * What every transport does when several threads use one connection at the same time. Part of {@link TransportContract}.
 *
 * <p>JUnit confines each test to one thread.
 */
public abstract class ConcurrentUseContract extends Listening {

    private static final int THREADS = 4;
    private static final int FRAMES = 1_000;
    private static final int CLOSES = 25;
    private static final int CONNECTIONS = 8;

    /** The number of a frame is that of its thread, times this, and its place among those of its thread. */
    private static final long THREAD = 1_000_000;

    ConcurrentUseContract(TransportUnderTest transport) {
        super(transport);
    }

    /**
     * What one thread sends arrives in its order, whatever others send meanwhile in either direction, and however often
     * reading is paused.
     *
     * @throws Exception never, if the contract holds
     */
    @Test
    public void framesOfEachThreadArriveInItsOrder() throws Exception {
        Ends ends = listen(PATIENT, Listening::silent);
        Recorder<ServerFrame, ClientFrame> client = ends.connect();
        Recorder<ClientFrame, ServerFrame> server = ends.accepted();
        AtomicBoolean sending = new AtomicBoolean(true);
        Thread pausing = new Thread(() -> pauseWhile(sending, server.connection()));
        pausing.start();
        List<Thread> senders = new ArrayList<>();
        for (int thread = 1; thread <= THREADS; thread++) {
            senders.add(sender(thread, id -> client.connection().send(new Ping(id))));
            senders.add(sender(thread, id -> server.connection().send(new Pong(id, Instant.EPOCH))));
        }
        long[] atServer = new long[THREADS + 1];
        long[] atClient = new long[THREADS + 1];
        for (int i = 0; i < THREADS * FRAMES; i++) {
            requireNext(((Ping) server.frame()).id(), atServer);
            requireNext(((Pong) client.frame()).re(), atClient);
        }
        for (Thread sender : senders) {
            sender.join();
        }
        sending.set(false);
        pausing.join();
        assertThat(server.hasMore()).isFalse();
        assertThat(client.hasMore()).isFalse();
    }

    /**
     * What threads have sent when one closes arrives, in the order of each, and nothing of what is refused after that; both ends are told once.
     *
     * @throws Exception never, if the contract holds
     */
    @Test
    public void aCloseWhileOthersSendLosesNothingThatWasSentBefore() throws Exception {
        Ends ends = listen(PATIENT, Listening::silent);
        for (int round = 0; round < CLOSES; round++) {
            Recorder<ServerFrame, ClientFrame> client = ends.connect();
            Recorder<ClientFrame, ServerFrame> server = ends.accepted();
            Sent[] sent = new Sent[THREADS + 1];
            CountDownLatch begun = new CountDownLatch(THREADS);
            List<Thread> senders = new ArrayList<>();
            for (int thread = 1; thread <= THREADS; thread++) {
                Sent own = new Sent(thread, client.connection(), begun);
                sent[thread] = own;
                senders.add(own.start());
            }
            begun.await();
            long[] before = new long[THREADS + 1];
            for (int thread = 1; thread <= THREADS; thread++) {
                before[thread] = sent[thread].taken;
            }
            client.connection().close(CloseReason.local("the test ends it"));
            for (Thread sender : senders) {
                sender.join();
            }
            assertThat(server.closed().kind()).isEqualTo(CloseReason.Kind.PEER);
            assertThat(client.closed()).isEqualTo(CloseReason.local("the test ends it"));
            long[] arrived = new long[THREADS + 1];
            while (server.hasMore()) {
                requireNext(((Ping) server.frame()).id(), arrived);
            }
            for (int thread = 1; thread <= THREADS; thread++) {
                assertThat(arrived[thread])
                        .as("of thread %s in round %s", thread, round)
                        .isBetween(before[thread], sent[thread].taken);
            }
        }
        awaitNoConnections(ends);
    }

    /**
     * No lock is held while a handler is given a frame: it may call whatever it likes.
     *
     * @throws Exception never, if the contract holds
     */
    @Test
    public void handlersAreCalledWithoutALock() throws Exception {
        HeldLocks locks = new HeldLocks();
        Ends ends = listen(PATIENT, (connection, frame) -> {
            locks.look(connection);
            pong(connection, frame);
        });
        List<Recorder<ServerFrame, ClientFrame>> clients = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            clients.add(ends.connect((connection, frame) -> locks.look(connection)));
        }
        for (Recorder<ServerFrame, ClientFrame> client : clients) {
            client.connection().send(new Ping(1));
            assertThat(client.frame()).isEqualTo(new Pong(1, Instant.EPOCH));
        }
        ends.listener().close();
        clients.forEach(Recorder::closed);
        locks.requireNone();
    }

    private static Thread sender(int thread, LongConsumer send) {
        Thread sender = new Thread(() -> {
            for (int i = 1; i <= FRAMES; i++) {
                send.accept(thread * THREAD + i);
            }
        });
        sender.start();
        return sender;
    }

    private static void pauseWhile(AtomicBoolean sending, Connection<ServerFrame> connection) {
        while (sending.get()) {
            connection.pauseReading();
            Thread.onSpinWait();
            connection.resumeReading();
        }
    }

    private static void requireNext(long id, long[] last) {
        int thread = (int) (id / THREAD);
        assertThat(id % THREAD).as("of thread %s", thread).isEqualTo(last[thread] + 1);
        last[thread]++;
    }

    /** One thread that sends until it is refused. */
    private static final class Sent {
        private final int thread;
        private final Connection<ClientFrame> connection;
        private final CountDownLatch begun;
        private volatile long taken;

        Sent(int thread, Connection<ClientFrame> connection, CountDownLatch begun) {
            this.thread = thread;
            this.connection = connection;
            this.begun = begun;
        }

        Thread start() {
            Thread sender = new Thread(this::send);
            sender.start();
            return sender;
        }

        private void send() {
            long next = 1;
            while (next <= FRAMES && connection.send(new Ping(thread * THREAD + next))) {
                taken = next;
                next++;
                begun.countDown();
            }
        }
    }
}
