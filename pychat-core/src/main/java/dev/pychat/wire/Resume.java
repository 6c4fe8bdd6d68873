package dev.pychat.wire;

import dev.pychat.model.DeviceId;
import dev.pychat.model.Username;

/**
 * Logs this connection in with the token of an earlier session. Answered by {@link Session} with a new token, or
 * {@link ErrorCode#BAD_TOKEN}. The token before stays valid until the new one is used, so a lost reply locks nobody
 * out.
 *
 * <p>Immutable and thread-safe.
 *
 * @param id what the reply's {@code re} will be: 1 to 2^53 - 1, not in use by an unanswered request
 * @param user the account
 * @param device the installation that the token was given to
 * @param token the token
 */
public record Resume(long id, Username user, DeviceId device, Credential token) implements ClientFrame.Request {

    static final Shape<Resume> SHAPE = Shape.of(Resume.class)
            .with(Fields.ID, Resume::id)
            .with(Fields.USER, Resume::user)
            .with(Fields.DEVICE, Resume::device)
            .with(Fields.TOKEN, Resume::token)
            .make(v -> new Resume(v.get(Fields.ID), v.get(Fields.USER), v.get(Fields.DEVICE), v.get(Fields.TOKEN)));

    @Override
    public <R> R accept(ClientFrame.Handler<R> handler) {
        return handler.resume(this);
    }
}
