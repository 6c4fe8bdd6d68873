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
}
