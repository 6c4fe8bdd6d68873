package dev.pychat.wire;

import dev.pychat.model.Bytes;
import dev.pychat.model.DeviceId;
import dev.pychat.model.Username;

/**
 * Makes an account and logs this connection in. Answered by {@link Session} or {@link ErrorCode#NAME_TAKEN}. The same
 * attempt sent again, after a lost reply, gets a session again.
 *
 * <p>Immutable and thread-safe.
 *
 * @param id what the reply's {@code re} will be: 1 to 2^53 - 1, not in use by an unanswered request
 * @param user the name wanted
 * @param attempt 16 random bytes, the same in every retry
 * @param salt 32 random bytes for Argon2id
 * @param kdf the cost of Argon2id, at least the floor told in {@link Welcome}
 * @param device this installation
 * @param secret the login secret derived from the passphrase
 */
public record SignUp(long id, Username user, Bytes attempt, Bytes salt, KdfCost kdf, DeviceId device, Credential secret)
        implements ClientFrame.Request {

    static final Shape<SignUp> SHAPE = Shape.of(SignUp.class)
            .with(Fields.ID, SignUp::id)
            .with(Fields.USER, SignUp::user)
            .with(Fields.ATTEMPT, SignUp::attempt)
            .with(Fields.SALT, SignUp::salt)
            .with(KdfCost.FIELD, SignUp::kdf)
            .with(Fields.DEVICE, SignUp::device)
            .with(Fields.SECRET, SignUp::secret)
            .make(v -> new SignUp(
                    v.get(Fields.ID),
                    v.get(Fields.USER),
                    v.get(Fields.ATTEMPT),
                    v.get(Fields.SALT),
                    v.get(KdfCost.FIELD),
                    v.get(Fields.DEVICE),
                    v.get(Fields.SECRET)));

    @Override
    public <R> R accept(ClientFrame.Handler<R> handler) {
        return handler.signUp(this);
    }
}
