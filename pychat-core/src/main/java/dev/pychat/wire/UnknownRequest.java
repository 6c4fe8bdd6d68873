package dev.pychat.wire;

/**
 * A well-formed frame of a type that this version does not know or only reserves. It is received only: the answer is
 * {@link ErrorCode#UNSUPPORTED}, and the connection lives.
 *
 * <p>Immutable and thread-safe.
 *
 * @param id the request's id; 0 if it has none
 * @param name the type as it was given
 */
public record UnknownRequest(long id, String name) implements ClientFrame {

    @Override
    public <R> R accept(ClientFrame.Handler<R> handler) {
        return handler.unknownRequest(this);
    }
}
