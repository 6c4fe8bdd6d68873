package dev.pychat.testkit.transport;

import dev.pychat.transport.Connection;
import dev.pychat.transport.Listener;
import dev.pychat.transport.ServerTransport;
import dev.pychat.transport.TransportException;
import dev.pychat.transport.TransportOptions;
import dev.pychat.wire.ClientFrame;
import dev.pychat.wire.ServerFrame;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** A listener and the recorders at both ends of its connections. Confined to the test's thread. */
final class Ends implements AutoCloseable {

    private final TransportUnderTest transport;
    private final TransportOptions options;
    private final ServerTransport server;
    private final Listener listener;
    private final BlockingQueue<Recorder<ClientFrame, ServerFrame>> accepted = new LinkedBlockingQueue<>();

    Ends(
            TransportUnderTest transport,
            TransportOptions options,
            BiConsumer<Connection<ServerFrame>, ClientFrame> reaction)
            throws TransportException {
        this.transport = transport;
        this.options = options;
        this.server = transport.server(options);
        this.listener = server.listen(connection -> {
            Recorder<ClientFrame, ServerFrame> recorder = new Recorder<>(connection, reaction);
            accepted.add(recorder);
            return recorder;
        });
    }

    ServerTransport server() {
        return server;
    }

    Listener listener() {
        return listener;
    }

    /** Connects; what comes is only recorded. */
    Recorder<ServerFrame, ClientFrame> connect() throws Exception {
        return connect((connection, frame) -> {});
    }

    Recorder<ServerFrame, ClientFrame> connect(BiConsumer<Connection<ClientFrame>, ServerFrame> reaction)
            throws Exception {
        BlockingQueue<Recorder<ServerFrame, ClientFrame>> made = new LinkedBlockingQueue<>();
        transport.client(server, listener, options).connect(connection -> {
            Recorder<ServerFrame, ClientFrame> recorder = new Recorder<>(connection, reaction);
            made.add(recorder);
            return recorder;
        });
        return next(made.poll(Recorder.PATIENCE.toMillis(), TimeUnit.MILLISECONDS));
    }

    /** The server's end of the connection accepted next. */
    Recorder<ClientFrame, ServerFrame> accepted() throws InterruptedException {
        return next(accepted.poll(Recorder.PATIENCE.toMillis(), TimeUnit.MILLISECONDS));
    }

    @Override
    public void close() {
        listener.close();
    }

    private static <T> T next(@Nullable T found) {
        if (found == null) {
            throw new AssertionError("no handler was asked for within " + Recorder.PATIENCE);
        }
        return found;
    }
}
