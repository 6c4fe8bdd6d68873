package dev.pychat.testkit.transport;

import dev.pychat.transport.ClientTransport;
import dev.pychat.transport.Listener;
import dev.pychat.transport.ServerTransport;
import dev.pychat.transport.TransportOptions;

/**
 * Makes the two ends of the transport that is tried.
 *
 * <p>Used by one test at a time.
 */
public interface TransportUnderTest {

    /**
     * Makes a server's end that nothing listens on yet. Where there are ports, on the loopback address and any free port.
     *
     * @param options its bounds
     * @return the server's end
     */
    ServerTransport server(TransportOptions options);

    /**
     * Makes a client's end.
     *
     * @param server the server's end that is listening
     * @param listener where it listens
     * @param options its bounds
     * @return a client's end that reaches it
     */
    ClientTransport client(ServerTransport server, Listener listener, TransportOptions options);
}
