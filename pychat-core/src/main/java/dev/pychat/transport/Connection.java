package dev.pychat.transport;

import dev.pychat.wire.Frame;
import java.util.Optional;

/**
 * One end of an open connection.
 *
 * <p>Thread-safe. No method blocks.
 *
 * @param <O> the half of the frames that this end sends
 */
public interface Connection<O extends Frame> {

    /**
     * Queues a frame. Frames leave in the order of the calls; what is queued together leaves together, and what the
     * handler sends leaves when the frames that had arrived are handled. A queue that grows
     * beyond its limit in bytes closes the connection as {@link CloseReason.Kind#SLOW_READER}.
     *
     * @param frame the frame
     * @return whether it was queued; false if the connection is closed or closing
     * @throws IllegalArgumentException if the frame can't be written (see {@link dev.pychat.wire.FrameCodec#encode})
     */
    boolean send(O frame);

    /**
     * Closes. What was queued before still leaves if the other end takes it within the linger time; nothing received from
     * now on reaches the handler. Returns at once, may be called from the handler, and only the first call counts.
     *
     * @param reason what the handler is told
     */
    void close(CloseReason reason);

    /** Reads nothing more after the frame being handled, so that the other end feels it: backpressure. */
    void pauseReading();

    /** Reads on after {@link #pauseReading()}. */
    void resumeReading();

    /**
     * Changes the limit for received frames, from the next one on.
     *
     * @param bytes the most bytes of a frame, at most {@link dev.pychat.wire.WireLimits#MAX_FRAME}
     */
    void maxFrame(int bytes);

    /**
     * Changes the limit for the headers of received frames, from the next frame on. Until then it is the protocol's own.
     *
     * @param bytes the most bytes of a header, at most {@link dev.pychat.wire.WireLimits#MAX_HEADER}
     */
    void maxHeader(int bytes);

    /**
     * Runs a task where the handler is called, when that is free: not at the same moment as a method of the handler, and behind
     * what was given before. A transport without a thread for that takes none.
     *
     * @param task something short that never blocks; what it throws is its own affair
     * @return whether it will run, unless the transport stops before; false: it is for the caller to find a thread
     */
    default boolean executeSoon(Runnable task) {
        return false;
    }

    /**
     * How much waits to be taken by the other end.
     *
     * @return bytes queued and not yet handed to the network
     */
    long queuedBytes();

    /**
     * The key of the server to whose end this belongs, as the client's end has it: whoever is there has proved to hold its
     * private half.
     *
     * @return the pin of the key; empty at a server's end, and where the transport has no keys
     */
    default Optional<KeyPin> serverKey() {
        return Optional.empty();
    }

    /**
     * Where the other end is.
     *
     * @return its address without the port, as limits for each address count it; "in-process" in one JVM
     */
    String remoteAddress();
}
