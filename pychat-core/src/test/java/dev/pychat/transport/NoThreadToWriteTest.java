package dev.pychat.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.model.Bytes;
import dev.pychat.transport.internal.QueueBudget;
import dev.pychat.wire.ClientFrame;
import dev.pychat.wire.FrameCodec;
import dev.pychat.wire.FrameDecoder;
import dev.pychat.wire.MalformedFrameException;
import dev.pychat.wire.Ping;
import dev.pychat.wire.Pong;
import dev.pychat.wire.ServerFrame;
import dev.pychat.wire.WireLimits;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A connection that gets no thread to write with ends at once, and tells everybody so: nobody would ever end it otherwise. */
class NoThreadToWriteTest {

    private static final TransportOptions LINGERING =
            TransportOptions.with(options -> options.linger(Duration.ofHours(1)));
    private static final Pong PONG = new Pong(1, Instant.EPOCH);

    private final BytePipe up = new BytePipe();
    private final BytePipe down = new BytePipe();
    private final AtomicInteger gone = new AtomicInteger();
    private final CompletableFuture<CloseReason> closed = new CompletableFuture<>();

    static Stream<Named<Executor>> executors() {
        return Stream.of(
                Named.of("rejects", task -> {
                    throw new RejectedExecutionException("planted");
                }),
                Named.of("no native thread", task -> {
                    throw new OutOfMemoryError("unable to create native thread (planted)");
                }));
    }

    @ParameterizedTest
    @MethodSource("executors")
    void whatIsSentFromOutsideEndsIt(Executor writers) throws Exception {
        var connection = connection(writers);
        Thread reader = reader(connection, (frame, itself) -> {});
        withoutAnError(() -> assertThat(connection.send(PONG)).isFalse());
        assertEnds(reader, CloseReason.Kind.INTERNAL);
    }

    @ParameterizedTest
    @MethodSource("executors")
    void whatIsAnsweredEndsIt(Executor writers) throws Exception {
        Thread reader = reader(connection(writers), (frame, itself) -> itself.send(PONG));
        up.out().write(FrameCodec.encode(new Ping(1)));
        assertEnds(reader, CloseReason.Kind.INTERNAL);
    }

    @ParameterizedTest
    @MethodSource("executors")
    void closingDoesNotLinger(Executor writers) throws Exception {
        var connection = connection(writers);
        Thread reader = reader(connection, (frame, itself) -> {});
        withoutAnError(() -> connection.close(CloseReason.local("planted")));
        assertEnds(reader, CloseReason.Kind.LOCAL);
    }

    /** A lack of memory that comes through would end the whole run of the tests, and not this one alone. */
    private static void withoutAnError(Runnable step) {
        try {
            step.run();
        } catch (OutOfMemoryError e) {
            throw new AssertionError("it comes through to the caller", e);
        }
    }

    private StreamConnection<ClientFrame, ServerFrame> connection(Executor writers) {
        return new StreamConnection<>(
                new PipeDuplex(up, down),
                FrameDecoder.ofClientFrames(WireLimits.BEFORE_LOGIN, WireLimits.MAX_HEADER),
                WireLimits.BEFORE_LOGIN,
                LINGERING,
                gone::incrementAndGet,
                writers,
                new QueueBudget(1 << 20));
    }

    private Thread reader(
            StreamConnection<ClientFrame, ServerFrame> connection,
            BiConsumer<ClientFrame, Connection<ServerFrame>> onFrame) {
        Thread reader = new Thread(() -> connection.run(itself -> new FrameHandler<>() {
            @Override
            public void onFrame(ClientFrame frame) {
                onFrame.accept(frame, itself);
            }

            @Override
            public void onMalformed(MalformedFrameException fault) {}

            @Override
            public void onClosed(CloseReason reason) {
                closed.complete(reason);
            }
        }));
        reader.setDaemon(true);
        reader.start();
        return reader;
    }

    private void assertEnds(Thread reader, CloseReason.Kind kind) throws Exception {
        assertThat(closed.get(30, TimeUnit.SECONDS).kind()).isEqualTo(kind);
        reader.join(30_000);
        assertThat(reader.isAlive()).isFalse();
        assertThat(gone).hasValue(1);
        assertThat(Bytes.adopt(down.in().readAllBytes())).isEqualTo(Bytes.EMPTY);
    }
}
