package dev.pychat.wire;

import dev.pychat.model.Bytes;

/**
 * Publishes the own key bundle. Answered by {@link Ok}, also when the same bytes are there already, or {@link
 * ErrorCode#SERIAL_CONFLICT}.
 *
 * <p>Immutable and thread-safe.
 *
 * @param id what the reply's {@code re} will be: 1 to 2^53 - 1, not in use by an unanswered request
 * @param serial the serial inside the bundle
 * @param previous the serial of the bundle that it replaces, 0 for none
 * @param bundle the body: the signed bundle, 1 to 49,152 bytes
 */
public record PutBundle(long id, long serial, long previous, Bytes bundle) implements ClientFrame.Request {

    static final Shape<PutBundle> SHAPE = Shape.of(PutBundle.class)
            .with(Fields.ID, PutBundle::id)
            .with(Fields.SERIAL, PutBundle::serial)
            .with(Fields.PREVIOUS, PutBundle::previous)
            .body(PutBundle::bundle)
            .make(v -> new PutBundle(v.get(Fields.ID), v.get(Fields.SERIAL), v.get(Fields.PREVIOUS), v.body()));

    /**
     * Checks the size of the body.
     *
     * @param id what the reply's {@code re} will be: 1 to 2^53 - 1, not in use by an unanswered request
     * @param serial the serial inside the bundle
     * @param previous the serial of the bundle that it replaces, 0 for none
     * @param bundle the body: the signed bundle, 1 to 49,152 bytes
     * @throws IllegalArgumentException if it is empty or too large
     */
    public PutBundle {
        Sizes.require("a key bundle", bundle, WireLimits.MAX_BUNDLE);
    }

    @Override
    public <R> R accept(ClientFrame.Handler<R> handler) {
        return handler.putBundle(this);
    }
}
