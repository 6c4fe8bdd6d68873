package dev.pychat.transport;

import dev.pychat.wire.Frame;
import dev.pychat.wire.MalformedFrameException;

/**
 * Takes what a connection receives. The transport calls one method at a time, in order, on a thread of its own; while a
 * method runs nothing further of this connection is read. That thread may serve other connections too, so a method must not block.
 * An exception from a method closes the connection.
 *
 * @param <I> the half of the frames that this end receives
 */
public interface FrameHandler<I extends Frame> {

    /**
     * Takes a frame.
     *
     * @param frame the frame
     */
    void onFrame(I frame);

    /**
     * Learns that bytes arrived that are no frame. What the handler sends now still leaves; then the transport closes as
     * {@link CloseReason.Kind#MALFORMED}.
     *
     * @param fault what was wrong
     */
    void onMalformed(MalformedFrameException fault);

    /**
     * Learns that a frame was begun and not finished in time. What the handler sends now still leaves; then the transport closes
     * as {@link CloseReason.Kind#TIMED_OUT}. Called on a thread of the transport, perhaps while another method runs; it must not
     * block. Unless told otherwise, a handler does nothing.
     *
     * @param text a sentence that says which time is over
     */
    default void onTimedOut(String text) {}

    /**
     * Learns that the connection is closed: exactly once, and nothing comes after it.
     *
     * @param reason why
     */
    void onClosed(CloseReason reason);
}
