package dev.pychat.wire;

import dev.pychat.model.DeviceId;
import dev.pychat.model.Username;

/**
 * Logs this connection in with the login secret. Answered by {@link Session} or {@link ErrorCode#BAD_CREDENTIALS},
 * which is the same, after the same time, for a name that nobody has.
 *
 * <p>Immutable and thread-safe.
 *
 * @param id what the reply's {@code re} will be: 1 to 2^53 - 1, not in use by an unanswered request
 * @param user the account
 * @param device this installation
 * @param secret the login secret derived from the passphrase
 */
public record LogIn(long id, Username user, DeviceId device, Credential secret) implements ClientFrame.Request {

    static final Shape<LogIn> SHAPE = Shape.of(LogIn.class)
            .with(Fields.ID, LogIn::id)
            .with(Fields.USER, LogIn::user)
            .with(Fields.DEVICE, LogIn::device)
            .with(Fields.SECRET, LogIn::secret)
            .make(v -> new LogIn(v.get(Fields.ID), v.get(Fields.USER), v.get(Fields.DEVICE), v.get(Fields.SECRET)));

    @Override
    public <R> R accept(ClientFrame.Handler<R> handler) {
        return handler.logIn(this);
    }
}
