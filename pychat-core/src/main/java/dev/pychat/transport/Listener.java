package dev.pychat.transport;

/**
 * A running server end.
 *
 * <p>Thread-safe.
 */
public interface Listener extends AutoCloseable {

    /**
     * Where it listens.
     *
     * @return the address as a person would write it, as in {@code localhost:5050}
     */
    String address();

    /**
     * The port that it really listens on.
     *
     * @return the port, also where any free one was asked for; 0 where there are no ports
     */
    int port();

    /**
     * How many connections are open, handshakes counted.
     *
     * @return the number now
     */
    int connections();

    /** Takes no further connections; those that are open stay. */
    void stopAccepting();

    /** Stops accepting and closes every connection, each with its linger time. Returns at once; idempotent. */
    @Override
    void close();
}
