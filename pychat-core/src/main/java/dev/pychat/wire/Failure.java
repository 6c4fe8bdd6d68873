package dev.pychat.wire;

import dev.pychat.model.MessageId;
import dev.pychat.model.Position;
import java.time.Duration;

/**
 * The frame {@code error}: a request was refused or failed; or, without {@code re}, the connection is at fault and is
 * closed after it.
 *
 * <p>Immutable and thread-safe.
 *
 * @param re the {@code id} of the request that this answers; 0 (absent on the wire): about the connection
 * @param code why; a code that this version does not know is read as {@link ErrorCode#INTERNAL}
 * @param text a sentence for a person that says what was wrong, what was given and what is allowed; at most 1,024 characters
 * @param details what the code tells beside it
 */
public record Failure(long re, ErrorCode code, String text, ErrorDetails details) implements ServerFrame.Reply {

    static final Shape<Failure> SHAPE = Shape.of(Failure.class)
            .orElse(Fields.RE, 0L, Failure::re)
            .with(Fields.CODE, Failure::code)
            .with(Fields.TEXT, Failure::text)
            .orElse(Fields.SERIAL, 0L, frame -> frame.details.serial())
            .orElse(Fields.VAULT_VERSION, 0L, frame -> frame.details.version())
            .orElse(Fields.LAST, MessageId.NONE, frame -> frame.details.last())
            .orElse(Fields.LAST_POSITION, Position.NONE, frame -> frame.details.lastPosition())
            .orElse(Fields.POSITION, Position.NONE, frame -> frame.details.position())
            .orElse(Fields.HEAD, Position.NONE, frame -> frame.details.head())
            .orElse(Fields.RETRY_AFTER, Duration.ZERO, frame -> frame.details.retryAfter())
            .make(v -> new Failure(
                    v.get(Fields.RE),
                    v.get(Fields.CODE),
                    v.get(Fields.TEXT),
                    new ErrorDetails(
                            v.get(Fields.SERIAL),
                            v.get(Fields.VAULT_VERSION),
                            v.get(Fields.LAST),
                            v.get(Fields.LAST_POSITION),
                            v.get(Fields.POSITION),
                            v.get(Fields.HEAD),
                            v.get(Fields.RETRY_AFTER))));

    /**
     * A refusal without details.
     *
     * @param re the {@code id} of the request, 0 for the connection
     * @param code why
     * @param text a sentence for a person, at most 1,024 characters
     */
    public Failure(long re, ErrorCode code, String text) {
        this(re, code, text, ErrorDetails.NONE);
    }

    @Override
    public <R> R accept(ServerFrame.Handler<R> handler) {
        return handler.failure(this);
    }
}
