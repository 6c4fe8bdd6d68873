package dev.pychat.server;

import dev.pychat.model.PychatException;
import dev.pychat.store.StoreRefusedException;
import dev.pychat.wire.ErrorCode;
import dev.pychat.wire.ErrorDetails;
import dev.pychat.wire.Failure;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A request is not done, for a reason that the client is told. */
final class RefusalException extends PychatException {

    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(RefusalException.class);

    private final ErrorCode code;
    private final transient ErrorDetails details;

    RefusalException(ErrorCode code, String message) {
        this(code, message, ErrorDetails.NONE);
    }

    RefusalException(ErrorCode code, String message, ErrorDetails details) {
        super(message);
        this.code = code;
        this.details = details;
    }

    /** What a client is told of anything that went wrong with its request. */
    static Failure failure(long re, Throwable thrown) {
        Throwable cause =
                thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
        if (cause instanceof RefusalException refusal) {
            return new Failure(re, refusal.code, String.valueOf(refusal.getMessage()), refusal.details);
        }
        if (cause instanceof BusyException busy) {
            ErrorDetails when = ErrorDetails.ofRetryAfter(busy.retryAfter());
            return new Failure(re, ErrorCode.BUSY, String.valueOf(busy.getMessage()), when);
        }
        if (cause instanceof StoreRefusedException) {
            LOG.error("the store refused a request: {}", cause.getMessage());
            return new Failure(re, ErrorCode.STORAGE_UNAVAILABLE, "the store refused; nothing happened");
        }
        if (cause instanceof PychatException) {
            LOG.error("the store failed: {}", cause.getMessage());
            return new Failure(
                    re, ErrorCode.STORAGE_UNAVAILABLE, "the store failed; whether the request took effect is unknown");
        }
        LOG.error("a request failed in a way that was not foreseen", cause);
        return new Failure(re, ErrorCode.INTERNAL, "the server failed in a way that it did not foresee");
    }
}
