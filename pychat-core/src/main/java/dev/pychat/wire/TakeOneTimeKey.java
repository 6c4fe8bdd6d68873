package dev.pychat.wire;

import dev.pychat.model.DeviceId;
import dev.pychat.model.Username;

/**
 * Takes a one-time key out of the pool of somebody's device: nobody else is given the same one. Answered by {@link OneTimeKeyIs}.
 *
 * <p>Immutable and thread-safe.
 *
 * @param id what the reply's {@code re} will be: 1 to 2^53 - 1, not in use by an unanswered request
 * @param user whose; oneself too
 * @param device for which device of the account
 */
public record TakeOneTimeKey(long id, Username user, DeviceId device) implements ClientFrame.Request {

    static final Shape<TakeOneTimeKey> SHAPE = Shape.of(TakeOneTimeKey.class)
            .with(Fields.ID, TakeOneTimeKey::id)
            .with(Fields.USER, TakeOneTimeKey::user)
            .with(Fields.DEVICE, TakeOneTimeKey::device)
            .make(v -> new TakeOneTimeKey(v.get(Fields.ID), v.get(Fields.USER), v.get(Fields.DEVICE)));

    @Override
    public <R> R accept(ClientFrame.Handler<R> handler) {
        return handler.takeOneTimeKey(this);
    }
}
