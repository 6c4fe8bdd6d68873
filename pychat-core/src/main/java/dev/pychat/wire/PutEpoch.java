package dev.pychat.wire;

import dev.pychat.model.Bytes;
import dev.pychat.model.EpochName;
import dev.pychat.model.Username;

/**
 * Stores an epoch header under its name, before the first message that names it. Answered by {@link Ok}, also when it
 * is there already, or {@link ErrorCode#EPOCH_MISMATCH}.
 *
 * <p>Immutable and thread-safe.
 *
 * @param id what the reply's {@code re} will be: 1 to 2^53 - 1, not in use by an unanswered request
 * @param to the other side of the conversation
 * @param epoch SHA-256 of the body
 * @param header the body: the epoch header, 1 to 32,768 bytes
 */
public record PutEpoch(long id, Username to, EpochName epoch, Bytes header) implements ClientFrame.Request {

    static final Shape<PutEpoch> SHAPE = Shape.of(PutEpoch.class)
            .with(Fields.ID, PutEpoch::id)
            .with(Fields.TO, PutEpoch::to)
            .with(Fields.EPOCH, PutEpoch::epoch)
            .body(PutEpoch::header)
            .make(v -> new PutEpoch(v.get(Fields.ID), v.get(Fields.TO), v.get(Fields.EPOCH), v.body()));

    /**
     * Checks the size of the body.
     *
     * @param id what the reply's {@code re} will be: 1 to 2^53 - 1, not in use by an unanswered request
     * @param to the other side of the conversation
     * @param epoch SHA-256 of the body
     * @param header the body: the epoch header, 1 to 32,768 bytes
     * @throws IllegalArgumentException if it is empty or too large
     */
    public PutEpoch {
        Sizes.require("an epoch header", header, WireLimits.MAX_EPOCH_HEADER);
    }

    @Override
    public <R> R accept(ClientFrame.Handler<R> handler) {
        return handler.putEpoch(this);
    }
}
