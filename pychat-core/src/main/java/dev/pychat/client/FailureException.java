package dev.pychat.client;

import dev.pychat.model.PychatException;
import dev.pychat.wire.ErrorCode;
import dev.pychat.wire.Failure;

/** A request that the server answered with an error. It stays inside: callers of the API get what it means. */
final class FailureException extends PychatException {

    private static final long serialVersionUID = 1L;

    private final transient Failure failure;

    FailureException(Failure failure) {
        super(failure.text());
        this.failure = failure;
    }

    Failure failure() {
        return failure;
    }

    ErrorCode code() {
        return failure.code();
    }

    /** What a caller who has no better word for it is told. */
    RefusedException asRefused() {
        return new RefusedException(failure.code().code(), failure.text());
    }
}
