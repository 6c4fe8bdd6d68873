package dev.pychat.transport;

import dev.pychat.wire.ClientFrame;
import dev.pychat.wire.ServerFrame;

/**
 * A way to reach one server.
 *
 * <p>Thread-safe.
 */
public interface ClientTransport {

    /**
     * Connects, waiting at most the connect timeout of the transport for all of it: name look-up, connection, handshake.
     *
     * @param acceptor gives the connection its handler
     * @return the open connection
     * @throws TransportException if it can't be made; {@link TrustRefusedException} if the server is not trusted
     * @throws InterruptedException if the calling thread was interrupted while it waited; nothing stays open
     */
    Connection<ClientFrame> connect(ConnectionAcceptor<ServerFrame, ClientFrame> acceptor)
            throws TransportException, InterruptedException;

    /**
     * The same way to the server for one client alone, which may take up the TLS session of an earlier connection when it comes back.
     * The server then knows it again, so clients that have nothing to do with each other each need one of their own.
     *
     * @return a transport to the same server; this one if nothing of a connection outlives it
     */
    default ClientTransport forOneClient() {
        return this;
    }

    /**
     * Takes the server's word on a connection of this transport that its certificate's key will be another. It counts only where
     * the present key is trusted by a pin, which then has the next one beside it. May block.
     *
     * @param present the key that the server has proved to hold on that connection
     * @param next the key that it is going to show
     */
    default void announced(KeyPin present, KeyPin next) {}

    /**
     * Where the server is.
     *
     * @return the address as a person would write it, as in {@code chat.example:5050}
     */
    String address();
}
