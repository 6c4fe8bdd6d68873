package dev.pychat.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.race.HeldLocks;
import dev.pychat.wire.ClientFrame;
import dev.pychat.wire.FrameCodec;
import dev.pychat.wire.FrameDecoder;
import dev.pychat.wire.MalformedFrameException;
import dev.pychat.wire.Ping;
import dev.pychat.wire.Pong;
import dev.pychat.wire.ServerFrame;
import dev.pychat.wire.WireLimits;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** While a connection writes to its socket, reads from it, closes it or calls its handler, it holds no lock. */
class NoLockHeldTest {

    private static final int FRAMES = 60;
    private static final Pong PONG = new Pong(1, Instant.EPOCH);

    private final ConcurrentLinkedQueue<String> held = new ConcurrentLinkedQueue<>();
    private final AtomicInteger looks = new AtomicInteger();
    private final AtomicInteger written = new AtomicInteger();
    private final CountDownLatch gone = new CountDownLatch(1);

    private void look(String where) {
        looks.incrementAndGet();
        HeldLocks.ofThisThread().forEach(lock -> held.add(where + " holds " + lock));
    }

    @Test
    void whereverItCallsOut() throws Exception {
        var connection = new StreamConnection<ClientFrame, ServerFrame>(
                new Looking(),
                FrameDecoder.ofClientFrames(WireLimits.BEFORE_LOGIN, WireLimits.MAX_HEADER),
                WireLimits.BEFORE_LOGIN,
                TransportOptions.DEFAULT,
                () -> {
                    look("the end");
                    gone.countDown();
                });
        Thread sender = new Thread(() -> send(connection::send));
        sender.start();
        connection.run(opened -> new LookingHandler(opened));
        sender.join();
        assertThat(gone.await(60, TimeUnit.SECONDS)).isTrue();
        assertThat(held).isEmpty();
        assertThat(written).hasPositiveValue();
        assertThat(looks).hasValueGreaterThan(FRAMES);
    }

    private static void send(Consumer<ServerFrame> to) {
        for (int i = 0; i < FRAMES; i++) {
            to.accept(PONG);
        }
    }

    private final class LookingHandler implements FrameHandler<ClientFrame> {
        private final Connection<ServerFrame> connection;

        LookingHandler(Connection<ServerFrame> connection) {
            look("accept");
            this.connection = connection;
        }

        @Override
        public void onFrame(ClientFrame frame) {
            look("onFrame");
            connection.send(PONG);
        }

        @Override
        public void onMalformed(MalformedFrameException fault) {
            look("onMalformed");
        }

        @Override
        public void onClosed(CloseReason reason) {
            look("onClosed");
        }
    }

    private final class Looking implements Duplex {
        private final InputStream frames = new ByteArrayInputStream(pings());

        @Override
        public InputStream in() {
            return new InputStream() {
                @Override
                public int read() throws IOException {
                    look("read");
                    return frames.read();
                }

                @Override
                public int read(byte[] target, int from, int length) throws IOException {
                    look("read");
                    return frames.read(target, from, Math.min(length, 200));
                }
            };
        }

        @Override
        public OutputStream out() {
            return new OutputStream() {
                @Override
                public void write(int one) {
                    look("write");
                    written.incrementAndGet();
                }

                @Override
                public void write(byte[] bytes, int from, int length) {
                    write(0);
                }

                @Override
                public void flush() {
                    look("flush");
                }
            };
        }

        @Override
        public void finish() {
            look("finish");
        }

        @Override
        public void abort() {
            look("abort");
        }

        @Override
        public String remoteAddress() {
            return "nowhere";
        }
    }

    private static byte[] pings() {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] one : List.of(FrameCodec.encode(new Ping(1)), new byte[] {0, 0, 0, 0})) {
            for (int i = 0; i < (one.length > 4 ? FRAMES : 1); i++) {
                all.writeBytes(one);
            }
        }
        return all.toByteArray();
    }
}
