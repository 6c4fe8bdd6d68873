package dev.pychat.client;

import dev.pychat.model.PychatException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waiting for answers, and what went wrong with them. Thread-safe. */
final class Answers {

    private Answers() {}

    /** Waits on the calling thread, which must be the caller's own. */
    static <T> T get(CompletableFuture<T> answer, Duration timeout) throws PychatException, InterruptedException {
        try {
            return answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw known(e);
        } catch (TimeoutException e) {
            throw new TimedOutException("the server did not answer within " + timeout.toMillis() + " ms");
        }
    }

    /** The failure inside what futures wrap it in. */
    static PychatException known(Throwable failure) {
        Throwable cause = failure;
        while ((cause instanceof CompletionException || cause instanceof ExecutionException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        if (cause instanceof PychatException known) {
            return known;
        }
        if (cause instanceof ClassCastException) {
            return new RefusedException("unsupported", "the server gave another kind of answer than was asked for");
        }
        throw new IllegalStateException("an answer failed in a way that was not foreseen", cause);
    }

    /** What a caller of the API is told: errors of the protocol by their meaning. */
    static PychatException forCaller(PychatException failure) {
        return failure instanceof FailureException protocol ? protocol.asRefused() : failure;
    }
}
