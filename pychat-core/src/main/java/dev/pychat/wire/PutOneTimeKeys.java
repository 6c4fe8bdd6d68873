package dev.pychat.wire;

import dev.pychat.model.Bytes;
import java.util.List;

/**
 * Adds one-time keys to the pool of the own device, or only asks how many are left. Answered by {@link OneTimeKeysLeft}, or {@link
 * ErrorCode#INVALID} if the pool would hold too many.
 *
 * <p>Immutable and thread-safe.
 *
 * @param id what the reply's {@code re} will be: 1 to 2^53 - 1, not in use by an unanswered request
 * @param first the number of the first key; the others follow without a gap
 * @param keys the parts of the body: the keys, at most 100, each 1 to 4,096 bytes; none only asks
 */
public record PutOneTimeKeys(long id, long first, List<Bytes> keys) implements ClientFrame.Request {

    static final Shape<PutOneTimeKeys> SHAPE = Shape.of(PutOneTimeKeys.class)
            .with(Fields.ID, PutOneTimeKeys::id)
            .with(Fields.FIRST_NUMBER, PutOneTimeKeys::first)
            .parts(PutOneTimeKeys::keys)
            .make(v -> new PutOneTimeKeys(v.get(Fields.ID), v.get(Fields.FIRST_NUMBER), v.parts()));

    /**
     * Checks count and sizes, and copies the list.
     *
     * @param id what the reply's {@code re} will be: 1 to 2^53 - 1, not in use by an unanswered request
     * @param first the number of the first key; the others follow without a gap
     * @param keys the parts of the body: the keys, at most 100, each 1 to 4,096 bytes; none only asks
     * @throws IllegalArgumentException if there are too many, or one is empty or too large
     */
    public PutOneTimeKeys {
        keys = List.copyOf(keys);
        if (keys.size() > WireLimits.MAX_ONE_TIME_KEYS) {
            throw new IllegalArgumentException(
                    keys.size() + " one-time keys at once, allowed are " + WireLimits.MAX_ONE_TIME_KEYS);
        }
        keys.forEach(key -> Sizes.require("a one-time key", key, WireLimits.MAX_ONE_TIME_KEY));
    }

    @Override
    public <R> R accept(ClientFrame.Handler<R> handler) {
        return handler.putOneTimeKeys(this);
    }
}
