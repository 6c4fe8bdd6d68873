package dev.pychat.examples.demo;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pychat.ref.client.text.Entry;
import dev.pychat.transport.ClientTransport;
import dev.pychat.transport.Connection;
import dev.pychat.transport.ConnectionAcceptor;
import dev.pychat.transport.TransportException;
import dev.pychat.wire.ClientFrame;
import dev.pychat.wire.ServerFrame;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whatever a person of the demo does not see, or a client does not do, makes the demo fail, and nothing waits for ever. */
@Timeout(120)
class SeatTest {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Duration AT_ONCE = Duration.ofMillis(1);

    private final Stage stage =
            new Stage(new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8));

    @TempDir
    private Path directory;

    @Test
    void whatIsNeverSeenFails() throws Exception {
        Person bob = new Person(Side.BOB, stage, AT_ONCE);
        bob.show(Entry.plain("alice sent you 1 message"));
        assertThatThrownBy(() -> bob.sees("alice sent you 2 messages"))
                .isInstanceOf(DemoFailure.class)
                .hasMessage("bob never saw \"alice sent you 2 messages\"");
        bob.sees("alice sent you 1 message");
        assertThatThrownBy(() -> bob.sees("alice sent you 1 message"))
                .as("each thing is seen once")
                .isInstanceOf(DemoFailure.class);
    }

    @Test
    void lineThatTheClientNeverTakesFails() {
        Person bob = new Person(Side.BOB, stage, AT_ONCE);
        bob.types("hello");
        assertThatThrownBy(bob::isAskedAgain)
                .isInstanceOf(DemoFailure.class)
                .hasMessage("bob never saw an end of what was typed");
    }

    @Test
    void clientThatCannotConnectFailsWhateverIsWaitedFor() {
        Seat seat = seat(LONG, () -> {
            throw new TransportException(TransportException.Kind.REFUSED, "planted");
        });
        assertThatThrownBy(seat::requireAccepted)
                .isInstanceOf(DemoFailure.class)
                .hasMessageContaining("bob's client failed")
                .hasMessageContaining("planted");
        assertThatThrownBy(seat::requireGoodEnd)
                .isInstanceOf(DemoFailure.class)
                .hasMessageContaining("bob's client failed")
                .hasMessageContaining("planted");
    }

    @Test
    void clientThatHangsFailsToo() {
        CountDownLatch never = new CountDownLatch(1);
        Seat seat = seat(AT_ONCE, never::await);
        for (var check :
                new org.assertj.core.api.ThrowableAssert.ThrowingCallable[] {seat::requireAccepted, seat::requireGoodEnd
                }) {
            assertThatThrownBy(check)
                    .isInstanceOf(DemoFailure.class)
                    .hasMessage("bob's client did not end what it was doing");
        }
        never.countDown();
    }

    private interface Attempt {
        void make() throws TransportException, InterruptedException;
    }

    private Seat seat(Duration patience, Attempt attempt) {
        ClientTransport transport = new ClientTransport() {
            @Override
            public Connection<ClientFrame> connect(ConnectionAcceptor<ServerFrame, ClientFrame> acceptor)
                    throws TransportException, InterruptedException {
                attempt.make();
                throw new TransportException(TransportException.Kind.CLOSED, "the test is over");
            }

            @Override
            public String address() {
                return "nowhere";
            }
        };
        return Seat.take(
                new Person(Side.BOB, stage, patience), patience, directory.resolve("bob"), transport, "nowhere");
    }
}
