package dev.pychat.wire;

import java.util.List;

/**
 * The first frame of every connection. Answered by {@link Welcome}, or by {@link ErrorCode#UNSUPPORTED_VERSION}.
 *
 * <p>Immutable and thread-safe.
 *
 * @param id what the reply's {@code re} will be: 1 to 2^53 - 1, not in use by an unanswered request
 * @param versions the versions that the client speaks, 1 to 16 of them
 * @param agent program and version, for the server's log; at most 128 characters
 */
public record Hello(long id, List<Integer> versions, String agent) implements ClientFrame.Request {

    static final Shape<Hello> SHAPE = Shape.of(Hello.class)
            .with(Fields.ID, Hello::id)
            .with(Fields.VERSIONS, Hello::versions)
            .with(Fields.AGENT, Hello::agent)
            .make(v -> new Hello(v.get(Fields.ID), v.get(Fields.VERSIONS), v.get(Fields.AGENT)));

    /**
     * Copies the list.
     *
     * @param id what the reply's {@code re} will be: 1 to 2^53 - 1, not in use by an unanswered request
     * @param versions the versions that the client speaks, 1 to 16 of them
     * @param agent program and version, for the server's log; at most 128 characters
     */
    public Hello {
        versions = List.copyOf(versions);
    }

    @Override
    public <R> R accept(ClientFrame.Handler<R> handler) {
        return handler.hello(this);
    }
}
