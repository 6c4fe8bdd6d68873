package dev.pychat.server;

import dev.pychat.wire.ErrorCode;
import java.time.Duration;

/**
 * What a server tells of its work, for whoever counts it. What can be looked at when somebody asks, such as how many clients are
 * connected, is in {@link ServerLoad} instead.
 *
 * <p>Nothing here names a user, an address or a message, and no method is given a secret. The methods are called on the server's
 * own threads, several at once and some of them once for each frame: they return quickly, and neither block nor call back into
 * the server. What one throws is logged once and otherwise left aside.
 */
public interface ServerMetrics {

    /** Counts nothing. */
    ServerMetrics NONE = new ServerMetrics() {};

    /** A client has connected. */
    default void connected() {}

    /** A connection has ended. */
    default void disconnected() {}

    /**
     * A frame has come in.
     *
     * @param type its name on the wire (PROTOCOL.md, section 3); {@code "unknown"} for one that this version does not know
     */
    default void received(String type) {}

    /**
     * A frame goes out.
     *
     * @param type its name on the wire
     */
    default void sent(String type) {}

    /**
     * Something was refused, or a connection ended with an error. The frame that says so counts as {@link #sent} as well.
     *
     * @param code the code
     */
    default void refused(ErrorCode code) {}

    /**
     * A batch of messages was given to the store.
     *
     * @param messages how many, 1 or more
     * @param took how long the store took for them
     * @param durable whether it took them; false if it refused or failed
     */
    default void stored(int messages, Duration took, boolean durable) {}

    /**
     * A message was accepted that was not there before. It is durable, and its sender is about to be told.
     *
     * @param bytes the size of its envelope
     */
    default void accepted(int bytes) {}

    /**
     * A login secret was hashed, or held against a hash.
     *
     * @param took how long the hash took, without the wait for a thread
     */
    default void hashed(Duration took) {}
}
