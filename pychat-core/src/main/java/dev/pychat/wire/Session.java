package dev.pychat.wire;

import dev.pychat.model.Username;
import java.time.Instant;

/**
 * Answers {@link SignUp}, {@link LogIn} and {@link Resume}: this connection is logged in.
 *
 * <p>Immutable and thread-safe.
 *
 * @param re the {@code id} of the request that this answers
 * @param user the account
 * @param token for the next {@link Resume} of this device
 * @param expires when the token ends
 */
public record Session(long re, Username user, Credential token, Instant expires) implements ServerFrame.Reply {

    static final Shape<Session> SHAPE = Shape.of(Session.class)
            .with(Fields.RE, Session::re)
            .with(Fields.USER, Session::user)
            .with(Fields.TOKEN, Session::token)
            .with(Fields.EXPIRES, Session::expires)
            .make(v -> new Session(v.get(Fields.RE), v.get(Fields.USER), v.get(Fields.TOKEN), v.get(Fields.EXPIRES)));

    @Override
    public <R> R accept(ServerFrame.Handler<R> handler) {
        return handler.session(this);
    }
}
