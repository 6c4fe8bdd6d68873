package dev.pychat.client;

import dev.pychat.model.PychatException;
import dev.pychat.store.StoreException;
import dev.pychat.wire.ErrorCode;
import java.time.Duration;

/** What the outbox does about a refused message (PROTOCOL.md, error codes). Immutable. */
enum Remedy {
    /** The epoch header is put again, then everything is sent again in order, byte for byte. */
    PUT_EPOCH_AGAIN,
    /** What follows the lane's last message, or is stored already, is sent again in order, byte for byte. */
    SEND_AGAIN,
    /** The client reads to the head and sends again with a higher {@code seen}. */
    READ_FIRST,
    /** The same bytes after a while. */
    LATER,
    /** The client reads to the head and seals everything unsent anew, on the same lane. */
    SEAL_ANEW,
    /** The same on a new lane. */
    NEW_LANE,
    /** The message will never be stored; what is behind it is sealed anew. */
    GIVE_UP;

    /** Whether what failed may work after a while, since it is not the request that is wrong. */
    static boolean isLater(PychatException failure) {
        return failure instanceof StoreException
                || failure instanceof ServerUnreachableException
                || failure instanceof FailureException refusal && of(refusal.code()) == LATER;
    }

    /** How long to wait before it is tried again: what the server asks for, else {@code usual}. */
    static Duration delay(PychatException failure, Duration usual) {
        Duration asked = failure instanceof FailureException refusal
                ? refusal.failure().details().retryAfter()
                : Duration.ZERO;
        return asked.isZero() ? usual : asked;
    }

    static Remedy of(ErrorCode code) {
        return switch (code) {
            case UNKNOWN_EPOCH -> PUT_EPOCH_AGAIN;
            case OUT_OF_SEQUENCE -> SEND_AGAIN;
            case READ_FIRST -> READ_FIRST;
            case UNKNOWN_LANE -> NEW_LANE;
            case CONFLICT -> SEAL_ANEW;
            case BUSY, STORAGE_UNAVAILABLE, SHUTTING_DOWN, INTERNAL, TIMED_OUT, SLOW_READER, LOGIN_REQUIRED -> LATER;
            default -> GIVE_UP;
        };
    }
}
