package dev.pychat.testkit.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.transport.Connection;
import dev.pychat.transport.TransportException;
import dev.pychat.transport.TransportOptions;
import dev.pychat.wire.ClientFrame;
import dev.pychat.wire.Ping;
import dev.pychat.wire.Pong;
import dev.pychat.wire.ServerFrame;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;

/**
 * What listens and connects for the tests of {@link TransportContract}, and is closed behind each.
 *
 * <p>JUnit confines each test to one thread.
 */
public abstract class Listening {

    /** For tests that are not about time, on machines that have other things to do. */
    static final TransportOptions PATIENT = patient(options -> options);

    private final TransportUnderTest transport;
    private final List<Ends> opened = new ArrayList<>();

    Listening(TransportUnderTest transport) {
        this.transport = transport;
    }

    /** Closes what the test has opened. */
    @AfterEach
    public final void closeAll() {
        opened.forEach(Ends::close);
    }

    final Ends listen(TransportOptions options, BiConsumer<Connection<ServerFrame>, ClientFrame> reaction)
            throws TransportException {
        Ends ends = new Ends(transport, options, reaction);
        opened.add(ends);
        return ends;
    }

    static TransportOptions patient(UnaryOperator<TransportOptions.Builder> changes) {
        return TransportOptions.with(options ->
                changes.apply(options.connectTimeout(Recorder.PATIENCE).handshakeTimeout(Recorder.PATIENCE)));
    }

    static void silent(Connection<ServerFrame> connection, ClientFrame frame) {
        // Takes every frame and answers none.
    }

    static void pong(Connection<ServerFrame> connection, ClientFrame frame) {
        if (frame instanceof Ping ping) {
            connection.send(new Pong(ping.id(), Instant.EPOCH));
        }
    }

    static void awaitNoConnections(Ends ends) throws InterruptedException {
        Instant deadline = Instant.now().plus(Recorder.PATIENCE);
        while (ends.listener().connections() > 0) {
            assertThat(Instant.now()).as("connections that stay").isBefore(deadline);
            Thread.sleep(5);
        }
    }
}
