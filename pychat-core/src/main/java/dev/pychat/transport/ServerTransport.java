package dev.pychat.transport;

import dev.pychat.wire.ClientFrame;
import dev.pychat.wire.ServerFrame;

/**
 * A way to be reached by clients.
 *
 * <p>Thread-safe.
 */
@FunctionalInterface
public interface ServerTransport {

    /**
     * Starts to take connections.
     *
     * @param acceptor gives each its handler
     * @return the running listener
     * @throws TransportException if the address is in use or can't be listened on
     */
    Listener listen(ConnectionAcceptor<ClientFrame, ServerFrame> acceptor) throws TransportException;
}
