package dev.pychat.wire;

import dev.pychat.model.Username;

/**
 * Takes no more messages from somebody, until {@link Unblock}. Answered by {@link Ok}, also where it was so before, {@link
 * ErrorCode#UNKNOWN_USER}, {@link ErrorCode#SELF_CONVERSATION}, or {@link ErrorCode#INVALID} if the account has blocked too many.
 *
 * <p>Immutable and thread-safe.
 *
 * @param id what the reply's {@code re} will be: 1 to 2^53 - 1, not in use by an unanswered request
 * @param user whose messages are not wanted
 */
public record Block(long id, Username user) implements ClientFrame.Request {

    static final Shape<Block> SHAPE = Shape.of(Block.class)
            .with(Fields.ID, Block::id)
            .with(Fields.USER, Block::user)
            .make(v -> new Block(v.get(Fields.ID), v.get(Fields.USER)));

    @Override
    public <R> R accept(ClientFrame.Handler<R> handler) {
        return handler.block(this);
    }
}
