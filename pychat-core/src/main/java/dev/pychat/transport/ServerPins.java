package dev.pychat.transport;

import java.util.Optional;

/**
 * Remembers which key a server had when a person accepted it. Asked on a thread of the transport for each connection.
 *
 * <p>Must be thread-safe.
 */
@FunctionalInterface
public interface ServerPins {

    /**
     * Looks a pin up.
     *
     * @param host the host as it was asked for
     * @param port the port
     * @return the pin of its key; empty if none was ever accepted
     */
    Optional<KeyPin> pin(String host, int port);

    /**
     * Looks up the key that a server has announced, on a connection on which it held the pinned one.
     *
     * @param host the host as it was asked for
     * @param port the port
     * @return the pin of that key; empty if none was announced, or such announcements are not kept
     */
    default Optional<KeyPin> next(String host, int port) {
        return Optional.empty();
    }

    /**
     * Keeps the key that a server has announced beside the pinned one, in place of an earlier announcement. Called only while
     * the server holds the pinned key. Does nothing unless it is overridden: then a server that has changed its key is refused.
     *
     * @param host the host as it was asked for
     * @param port the port
     * @param next the pin of the key that the server is going to show
     */
    default void announced(String host, int port, KeyPin next) {}

    /**
     * Puts the announced key into the place of the pinned one: the server has proved to hold it. From then on the earlier one
     * is refused.
     *
     * @param host the host as it was asked for
     * @param port the port
     * @param shown the announced key
     */
    default void changed(String host, int port, KeyPin shown) {}
}
