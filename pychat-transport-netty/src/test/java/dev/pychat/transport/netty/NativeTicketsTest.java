package dev.pychat.transport.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.pychat.transport.Listener;
import dev.pychat.transport.TransportOptions;
import dev.pychat.wire.Ping;
import io.netty.handler.ssl.SslProvider;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How long a ticket is good: at most twice the time for which its key seals. */
@Timeout(120)
class NativeTicketsTest {

    private static final long LIFE = NativeTickets.LIFE;

    /** From a value near its end, as the clock of a process may have. */
    private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - LIFE / 2);

    private Listener listener;

    @BeforeEach
    void listen() throws Exception {
        Platform platform = Platform.best();
        assumeThat(platform.tls()).as("native TLS").isNotEqualTo(SslProvider.JDK);
        listener = NettyListener.start(
                platform,
                new InetSocketAddress(NettyEnds.HERE, 0),
                new TlsContexts(platform.tls(), () -> NettyEnds.SHOWN, false, clock::get),
                new NettyListener.Terms(TransportOptions.DEFAULT, Answering::new, false));
    }

    @AfterEach
    void stop() {
        if (listener != null) {
            listener.close();
        }
    }

    private static SSLContext device() {
        return NettyEnds.SERVER.clientContext();
    }

    /** Whether a device was known again. */
    private boolean comesBack(SSLContext device) throws Exception {
        try (Raw raw = new Raw(device, listener.port())) {
            raw.send(new Ping(1));
            raw.read(Answering.pong(1).length);
            return raw.resumed();
        }
    }

    /** A device that has tickets of now. */
    private SSLContext known() throws Exception {
        SSLContext device = device();
        assertThat(comesBack(device)).isFalse();
        return device;
    }

    @Test
    void ticketIsGoodAfterOneRenewalOfTheKeyAndNotAfterTwo() throws Exception {
        SSLContext one = known();
        SSLContext other = known();
        clock.addAndGet(LIFE);
        assertThat(comesBack(one)).isTrue();
        clock.addAndGet(LIFE);
        assertThat(comesBack(other)).isFalse();
    }

    @Test
    void ticketThatWasSealedLastIsGoodForOneLifeMore() throws Exception {
        known();
        clock.addAndGet(LIFE - 1);
        SSLContext one = known();
        SSLContext other = known();
        clock.addAndGet(LIFE);
        assertThat(comesBack(one)).isTrue();
        clock.addAndGet(1);
        assertThat(comesBack(other)).isFalse();
    }

    @Test
    void keysGrowOldWhileNobodyConnects() throws Exception {
        SSLContext early = known();
        clock.addAndGet(2 * LIFE);
        assertThat(comesBack(early)).as("after two lives in which nobody came").isFalse();
        clock.addAndGet(LIFE + LIFE / 2);
        SSLContext late = known();
        clock.addAndGet(LIFE / 2);
        assertThat(comesBack(late))
                .as("in the life after the one in which it came")
                .isTrue();
        SSLContext last = known();
        clock.addAndGet(2 * LIFE);
        assertThat(comesBack(last)).isFalse();
    }
}
