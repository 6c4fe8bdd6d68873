package dev.pychat.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.transport.internal.QueueBudget;
import dev.pychat.wire.ClientFrame;
import dev.pychat.wire.FrameDecoder;
import dev.pychat.wire.Pong;
import dev.pychat.wire.ServerFrame;
import dev.pychat.wire.WireLimits;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A connection whose writer ends in a way that is no failure of the network: nobody else would write, so it ends. */
class FailingWriterTest {

    @Test
    void connectionEndsWithItsWriter() {
        AtomicInteger gone = new AtomicInteger();
        QueueBudget budget = new QueueBudget(1 << 20);
        var connection = new StreamConnection<ClientFrame, ServerFrame>(
                new Failing(),
                FrameDecoder.ofClientFrames(WireLimits.BEFORE_LOGIN, WireLimits.MAX_HEADER),
                WireLimits.BEFORE_LOGIN,
                TransportOptions.DEFAULT,
                gone::incrementAndGet,
                Runnable::run,
                budget);
        try {
            connection.send(new Pong(1, Instant.EPOCH));
        } catch (OutOfMemoryError e) {
            throw new AssertionError("it comes through to the caller", e);
        }
        assertThat(gone).hasValue(1);
        assertThat(connection.send(new Pong(2, Instant.EPOCH))).isFalse();
        assertThat(budget.taken()).isZero();
    }

    private static final class Failing implements Duplex {
        @Override
        public InputStream in() {
            return InputStream.nullInputStream();
        }

        @Override
        public OutputStream out() {
            throw new OutOfMemoryError("Java heap space (planted)");
        }

        @Override
        public void finish() {}

        @Override
        public void abort() {}

        @Override
        public String remoteAddress() {
            return "nowhere";
        }
    }
}
