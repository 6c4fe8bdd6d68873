package dev.pychat.transport;

/**
 * Why a connection was closed.
 *
 * <p>Immutable and thread-safe.
 *
 * @param kind the sort of reason
 * @param text a sentence for a person or a log
 */
public record CloseReason(Kind kind, String text) {

    /** The sorts of reasons. */
    public enum Kind {
        /** This end asked for it. */
        LOCAL,
        /** The other end closed. An end of the stream is no proof that it meant to. */
        PEER,
        /** The other end did not take what was queued for it. */
        SLOW_READER,
        /** A frame was begun and not finished in time. */
        TIMED_OUT,
        /** Bytes arrived that are no frame. */
        MALFORMED,
        /** The network failed. */
        FAILED,
        /** The handler threw an exception, or there was no thread to write with. */
        INTERNAL
    }

    /**
     * This end's own wish.
     *
     * @param text a sentence that says why
     * @return a reason of kind {@link Kind#LOCAL}
     */
    public static CloseReason local(String text) {
        return new CloseReason(Kind.LOCAL, text);
    }
}
