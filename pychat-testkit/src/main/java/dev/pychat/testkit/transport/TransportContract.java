package dev.pychat.testkit.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pychat.model.Bytes;
import dev.pychat.model.Position;
import dev.pychat.model.Username;
import dev.pychat.transport.CloseReason;
import dev.pychat.transport.Connection;
import dev.pychat.transport.TransportException;
import dev.pychat.wire.Ack;
import dev.pychat.wire.ClientFrame;
import dev.pychat.wire.ErrorCode;
import dev.pychat.wire.Failure;
import dev.pychat.wire.Hello;
import dev.pychat.wire.Ping;
import dev.pychat.wire.Pong;
import dev.pychat.wire.PutBundle;
import dev.pychat.wire.ServerFrame;
import dev.pychat.wire.Users;
import dev.pychat.wire.WireLimits;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/**
 * What every transport does. Each test listens and connects anew.
 *
 * <p>JUnit confines each test to one thread.
 */
public abstract class TransportContract extends ConcurrentUseContract {

    private static final Username BOB = new Username("bob");
    private static final String LONG_TEXT = "x".repeat(1000);

    /**
     * Names what is tried.
     *
     * @param transport makes its two ends
     */
    protected TransportContract(TransportUnderTest transport) {
        super(transport);
    }

    /**
     * Frames keep their order in both directions and are handled one at a time, on daemon threads named pychat.
     *
     * @throws Exception never, if the contract holds
     */
    @Test
    public void framesArriveInOrderOneAtATime() throws Exception {
        Ends ends = listen(PATIENT, Listening::pong);
        var client = ends.connect();
        for (long id = 1; id <= 2000; id++) {
            assertThat(client.connection().send(new Ping(id))).isTrue();
        }
        for (long id = 1; id <= 2000; id++) {
            assertThat(client.frame()).isEqualTo(new Pong(id, Instant.EPOCH));
        }
        assertThat(client.thread()).startsWith("daemon pychat-");
        assertThat(ends.accepted().thread()).startsWith("daemon pychat-");
    }

    /**
     * A task that is taken runs behind the method of the handler that gave it; one that is not taken never runs.
     *
     * @throws Exception never, if the contract holds
     */
    @Test
    public void aTaskThatIsTakenRunsBehindTheHandlerInItsOrder() throws Exception {
        List<String> ran = Collections.synchronizedList(new ArrayList<>());
        AtomicBoolean taken = new AtomicBoolean();
        Ends ends = listen(PATIENT, (connection, frame) -> {
            taken.set(connection.executeSoon(() -> ran.add("first"))
                    && connection.executeSoon(() -> pong(connection, frame)));
            ran.add("handler");
            if (!taken.get()) {
                pong(connection, frame);
            }
        });
        var client = ends.connect();
        client.connection().send(new Ping(1));
        assertThat(client.frame()).isEqualTo(new Pong(1, Instant.EPOCH));
        assertThat(ran).isEqualTo(taken.get() ? List.of("handler", "first") : List.of("handler"));
    }

    /**
     * A handler is told once that the connection is closed, and after that nothing.
     *
     * @throws Exception never, if the contract holds
     */
    @Test
    public void bothEndsAreToldOnceThatItIsClosed() throws Exception {
        Ends ends = listen(PATIENT, Listening::silent);
        var client = ends.connect();
        var server = ends.accepted();
        client.connection().close(CloseReason.local("the test ends it"));
        assertThat(client.closed()).isEqualTo(CloseReason.local("the test ends it"));
        assertThat(server.closed().kind()).isEqualTo(CloseReason.Kind.PEER);
        assertThat(client.connection().send(new Ping(1))).isFalse();
        assertThat(server.connection().send(new Pong(1, Instant.EPOCH))).isFalse();
        client.connection().close(CloseReason.local("again"));
        server.connection().close(CloseReason.local("again"));
        awaitNoConnections(ends);
        assertThat(client.hasMore()).isFalse();
        assertThat(server.hasMore()).isFalse();
    }

    /**
     * What was sent before a close arrives, also when the handler closes and the other end is still sending.
     *
     * @throws Exception never, if the contract holds
     */
    @Test
    public void whatWasSentBeforeACloseFromTheHandlerArrives() throws Exception {
        Ends ends = listen(PATIENT, (connection, frame) -> {
            pong(connection, frame);
            connection.close(CloseReason.local("one is enough"));
        });
        var client = ends.connect();
        for (long id = 1; id <= 500; id++) {
            client.connection().send(new Ping(id));
        }
        assertThat(client.frame()).isEqualTo(new Pong(1, Instant.EPOCH));
        assertThat(client.closed().kind()).isEqualTo(CloseReason.Kind.PEER);
        assertThat(ends.accepted().closed()).isEqualTo(CloseReason.local("one is enough"));
    }

    /**
     * A slow reader is closed when its queue is full, without the sender ever waiting.
     *
     * @throws Exception never, if the contract holds
     */
    @Test
    public void aSlowReaderIsClosedWhenItsQueueIsFull() throws Exception {
        Ends ends = listen(patient(options -> options.queueBytes(100_000)), Listening::silent);
        ends.connect().connection().pauseReading();
        var server = ends.accepted();
        sendUntilRefused(server.connection());
        assertThat(server.closed().kind()).isEqualTo(CloseReason.Kind.SLOW_READER);
        awaitNoConnections(ends);
    }

    /**
     * A connection that has much queued and takes none of it for the stall time is closed.
     *
     * @throws Exception never, if the contract holds
     */
    @Test
    public void aReaderThatStandsStillIsClosed() throws Exception {
        Ends ends = listen(patient(options -> options.stallTimeout(Duration.ofMillis(300))), Listening::silent);
        ends.connect().connection().pauseReading();
        var server = ends.accepted();
        feedUntilClosed(server);
        assertThat(server.closed().kind()).isEqualTo(CloseReason.Kind.SLOW_READER);
    }

    /**
     * A close behind a slow reader comes to its end after the linger time.
     *
     * @throws Exception never, if the contract holds
     */
    @Test
    public void aCloseDoesNotHangBehindASlowReader() throws Exception {
        Ends ends = listen(patient(options -> options.linger(Duration.ofMillis(300))), Listening::silent);
        ends.connect().connection().pauseReading();
        var server = ends.accepted();
        fillUntilItStandsStill(server.connection());
        server.connection().close(CloseReason.local("enough"));
        assertThat(server.closed()).isEqualTo(CloseReason.local("enough"));
        awaitNoConnections(ends);
    }

    /**
     * A connection whose reading is paused is felt by the sender; what was sent arrives when it is resumed.
     *
     * @throws Exception never, if the contract holds
     */
    @Test
    public void pausedReadingIsFeltByTheSenderAndLosesNothing() throws Exception {
        Ends ends = listen(PATIENT, Listening::silent);
        var client = ends.connect();
        var server = ends.accepted();
        client.connection().pauseReading();
        int sent = fillUntilItStandsStill(server.connection());
        client.connection().resumeReading();
        for (int i = 0; i < sent; i++) {
            assertThat(client.frame()).isEqualTo(longFrame());
        }
    }

    /**
     * A frame over the limit is malformed; the answer to it arrives, then the connection is closed.
     *
     * @throws Exception never, if the contract holds
     */
    @Test
    public void aFrameOverTheLimitIsMalformedAndAnswered() throws Exception {
        Ends ends = listen(PATIENT, (connection, frame) -> connection.maxFrame(1000));
        var client = ends.connect();
        var server = ends.accepted();
        client.connection().send(new Ping(1));
        assertThat(server.frame()).isEqualTo(new Ping(1));
        server.answerFaults(new Failure(0, ErrorCode.MALFORMED_FRAME, "too long"));
        client.connection().send(largeFrame());
        assertThat(server.fault().where()).isEqualTo("frame length");
        assertThat(client.frame()).isEqualTo(new Failure(0, ErrorCode.MALFORMED_FRAME, "too long"));
        assertThat(server.closed().kind()).isEqualTo(CloseReason.Kind.MALFORMED);
        assertThat(client.closed().kind()).isEqualTo(CloseReason.Kind.PEER);
    }

    /**
     * A header over the limit for headers is malformed, though the frame is short enough.
     *
     * @throws Exception never, if the contract holds
     */
    @Test
    public void aHeaderOverItsLimitIsMalformed() throws Exception {
        Ends ends = listen(PATIENT, (connection, frame) -> connection.maxHeader(200));
        var client = ends.connect();
        var server = ends.accepted();
        Users before = new Users(1, "", "", 1);
        client.connection().send(before);
        assertThat(server.frame()).isEqualTo(before);
        client.connection().send(new Hello(2, List.of(1), "x".repeat(128)));
        assertThat(server.frame()).isEqualTo(new Hello(2, List.of(1), "x".repeat(128)));
        client.connection().send(new Hello(3, List.of(1), "\u0001".repeat(128)));
        assertThat(server.fault()).hasMessageContainingAll("header length", "2 to 200");
    }

    /**
     * The limit for received frames can be raised.
     *
     * @throws Exception never, if the contract holds
     */
    @Test
    public void aRaisedLimitLetsLargeFramesThrough() throws Exception {
        Ends ends = listen(PATIENT, (connection, frame) -> connection.maxFrame(WireLimits.MAX_FRAME));
        var client = ends.connect();
        client.connection().send(new Ping(1));
        client.connection().send(largeFrame());
        var server = ends.accepted();
        assertThat(server.frame()).isEqualTo(new Ping(1));
        assertThat(server.frame()).isEqualTo(largeFrame());
    }

    /**
     * A handler that throws ends its own connection and no other.
     *
     * @throws Exception never, if the contract holds
     */
    @Test
    public void aHandlerThatThrowsEndsItsConnectionOnly() throws Exception {
        Ends ends = listen(PATIENT, (connection, frame) -> {
            if (frame instanceof Ack) {
                throw new IllegalStateException("a planted failure, thrown on purpose");
            }
            pong(connection, frame);
        });
        var good = ends.connect();
        ends.accepted();
        var bad = ends.connect();
        bad.connection().send(new Ack(BOB, Position.FIRST));
        assertThat(ends.accepted().closed().kind()).isEqualTo(CloseReason.Kind.INTERNAL);
        assertThat(bad.closed().kind()).isIn(CloseReason.Kind.PEER, CloseReason.Kind.FAILED);
        good.connection().send(new Ping(7));
        assertThat(good.frame()).isEqualTo(new Pong(7, Instant.EPOCH));
    }

    /**
     * A listener that stops accepting keeps the open connections; one that is closed ends them.
     *
     * @throws Exception never, if the contract holds
     */
    @Test
    public void aStoppedListenerKeepsWhatIsOpenUntilItIsClosed() throws Exception {
        Ends ends = listen(PATIENT, Listening::pong);
        var client = ends.connect();
        ends.listener().stopAccepting();
        assertThatThrownBy(ends::connect).isInstanceOf(TransportException.class);
        client.connection().send(new Ping(3));
        assertThat(client.frame()).isEqualTo(new Pong(3, Instant.EPOCH));
        ends.listener().close();
        assertThat(client.closed().kind()).isEqualTo(CloseReason.Kind.PEER);
        awaitNoConnections(ends);
    }

    /**
     * There is a place again when a connection has ended.
     *
     * @throws Exception never, if the contract holds
     */
    @Test
    public void connectionsAreLimitedAndGiveTheirPlaceBack() throws Exception {
        Ends ends = listen(patient(options -> options.maxPerAddress(1)), Listening::pong);
        var first = ends.connect();
        first.connection().send(new Ping(1));
        assertThat(first.frame()).isEqualTo(new Pong(1, Instant.EPOCH));
        assertThatThrownBy(ends::connect).isInstanceOf(TransportException.class);
        first.connection().close(CloseReason.local("make room"));
        awaitNoConnections(ends);
        var second = ends.connect();
        second.connection().send(new Ping(2));
        assertThat(second.frame()).isEqualTo(new Pong(2, Instant.EPOCH));
    }

    private static ServerFrame longFrame() {
        return new Failure(1, ErrorCode.BUSY, LONG_TEXT);
    }

    private static PutBundle largeFrame() {
        return new PutBundle(2, 1, 0, Bytes.adopt(new byte[WireLimits.MAX_BUNDLE]));
    }

    private static void sendUntilRefused(Connection<ServerFrame> connection) {
        int sent = 0;
        while (connection.send(longFrame())) {
            assertThat(++sent).as("frames taken without being read").isLessThan(100_000);
        }
    }

    /** Whatever the system takes in between, there is always something queued. */
    private static void feedUntilClosed(Recorder<ClientFrame, ServerFrame> sender) throws InterruptedException {
        long end = System.nanoTime() + Recorder.PATIENCE.toNanos();
        while (!sender.hasMore() && System.nanoTime() < end) {
            if (sender.connection().queuedBytes() > 500_000
                    || !sender.connection().send(longFrame())) {
                Thread.sleep(5);
            }
        }
    }

    /** Sends until the queue is no longer taken by the network; how many frames that were. */
    private static int fillUntilItStandsStill(Connection<ServerFrame> connection) throws InterruptedException {
        int sent = 0;
        long before = -1;
        while (connection.queuedBytes() != before || before < 200_000) {
            before = connection.queuedBytes();
            for (int i = 0; i < 50 && before < 1_000_000; i++, sent++) {
                if (!connection.send(longFrame())) {
                    return sent; // it stood still for so long that it was closed
                }
            }
            before = Math.max(before, connection.queuedBytes());
            Thread.sleep(20);
        }
        return sent;
    }
}
