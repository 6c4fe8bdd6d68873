package dev.pychat.transport;

import dev.pychat.transport.internal.OpenConnections;
import dev.pychat.wire.ClientFrame;
import dev.pychat.wire.FrameDecoder;
import dev.pychat.wire.ServerFrame;
import dev.pychat.wire.WireLimits;

/** Runs the server's end of a connection that has a place in its listener and is ready for frames. */
final class ServerEnd {

    private ServerEnd() {}

    /** Runs it on a thread of its own. */
    static void start(
            Duplex duplex,
            ConnectionAcceptor<ClientFrame, ServerFrame> acceptor,
            TransportOptions options,
            OpenConnections open) {
        Threads.BLOCKING.execute(() -> run(duplex, acceptor, options, open));
    }

    /** Runs it to its end on this thread. */
    static void run(
            Duplex duplex,
            ConnectionAcceptor<ClientFrame, ServerFrame> acceptor,
            TransportOptions options,
            OpenConnections open) {
        Place place = new Place(open, AddressGroup.of(duplex.remoteAddress()));
        var connection = new StreamConnection<ClientFrame, ServerFrame>(
                duplex,
                FrameDecoder.ofClientFrames(WireLimits.BEFORE_LOGIN, WireLimits.MAX_HEADER),
                WireLimits.BEFORE_LOGIN,
                options,
                place::leave);
        place.closeWith(() -> connection.close(CloseReason.local("the server stops")));
        connection.run(acceptor);
    }

    /** A place in a listener, given back once. */
    private static final class Place {
        private final OpenConnections open;
        private final String group;
        private Runnable closer = () -> {};

        private Place(OpenConnections open, String group) {
            this.open = open;
            this.group = group;
        }

        private void closeWith(Runnable how) {
            closer = how;
            open.add(how);
        }

        private void leave() {
            open.remove(closer);
            open.leave(group);
        }
    }
}
