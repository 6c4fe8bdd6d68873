package dev.pychat.wire;

/**
 * A well-formed frame of a type that this version does not know. It is received only: a client passes over one without
 * {@code re}, and takes one with it for a failure of that request.
 *
 * <p>Immutable and thread-safe.
 *
 * @param re the {@code id} of the request that this answers; 0 if there is none
 * @param name the type as it was given
 */
public record UnknownReply(long re, String name) implements ServerFrame {

    @Override
    public <R> R accept(ServerFrame.Handler<R> handler) {
        return handler.unknownReply(this);
    }
}
