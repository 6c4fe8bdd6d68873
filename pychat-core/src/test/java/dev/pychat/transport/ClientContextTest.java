package dev.pychat.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.model.Bytes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;

/** How long the sessions of a client's earlier connections are kept: as long as their context is. */
class ClientContextTest {

    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

    private final SetClock clock = new SetClock();
    private Optional<KeyPin> pin = Optional.of(new KeyPin(Bytes.adopt(new byte[KeyPin.SIZE])));
    private final ServerTrust trust = ServerTrust.systemRoots().or(ServerTrust.pins((host, port) -> pin));
    private final ClientContext context = new ClientContext("chat.example", 5050, trust, Optional.empty(), clock);

    private static final class SetClock extends Clock {
        private Instant now = BEGIN;

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    @Test
    void sixHoursAreTheEnd() throws Exception {
        SSLContext first = context.get();
        clock.now = BEGIN.plus(ClientContext.LIFE).minusMillis(1);
        assertThat(context.get()).isSameAs(first);
        clock.now = BEGIN.plus(ClientContext.LIFE);
        SSLContext second = context.get();
        assertThat(second).isNotSameAs(first);
        clock.now = clock.now.plus(Duration.ofHours(1));
        assertThat(context.get()).isSameAs(second);
    }

    @Test
    void clockThatWasPutBackIsTheEndToo() throws Exception {
        SSLContext first = context.get();
        clock.now = BEGIN.minusMillis(1);
        assertThat(context.get()).isNotSameAs(first);
    }

    @Test
    void anotherPinIsTheEndThoughTheFirstComesBack() throws Exception {
        SSLContext first = context.get();
        Optional<KeyPin> before = pin;
        pin = Optional.empty();
        SSLContext second = context.get();
        assertThat(second).isNotSameAs(first);
        pin = before;
        assertThat(context.get()).isNotSameAs(first).isNotSameAs(second);
    }
}
