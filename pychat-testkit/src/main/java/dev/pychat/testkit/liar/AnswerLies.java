package dev.pychat.testkit.liar;

import dev.pychat.model.Bytes;
import dev.pychat.model.Position;
import dev.pychat.model.Username;
import dev.pychat.wire.Bundle;
import dev.pychat.wire.ErrorCode;
import dev.pychat.wire.Failure;
import dev.pychat.wire.KdfCost;
import dev.pychat.wire.Ok;
import dev.pychat.wire.PasswordSaltIs;
import dev.pychat.wire.VaultIs;

/**
 * The usual lies outside of histories: keys, and how a passphrase is stretched. This is the place for whatever else a server
 * answers with, one method for each frame and field.
 *
 * <p>Immutable and thread-safe.
 */
public final class AnswerLies {

    private AnswerLies() {}

    /**
     * A user's key bundle is another one: an older one, a forged one, somebody else's.
     *
     * @param of whose bundle
     * @param bundle what is given out
     * @param serial the serial told beside it
     * @return the lie
     */
    public static AnswerLie bundle(Username of, Bytes bundle, long serial) {
        return truth -> truth instanceof Bundle asked && asked.user().equals(of)
                ? new Bundle(asked.re(), of, serial, asked.time(), bundle)
                : truth;
    }

    /**
     * The account's vault is another one, such as an older one. What a device puts in its place is thrown away, and the device told that
     * it was taken.
     *
     * @param version the version told beside it
     * @param vault what is given out
     * @return the lie
     */
    public static AnswerLie vault(long version, Bytes vault) {
        return truth -> {
            if (truth instanceof Failure refusal && refusal.code() == ErrorCode.VAULT_CONFLICT) {
                return new Ok(refusal.re(), Position.NONE, Position.NONE);
            }
            return truth instanceof VaultIs asked ? new VaultIs(asked.re(), version, vault) : truth;
        };
    }

    /**
     * The passphrase is to be stretched at another cost.
     *
     * @param cost the cost told
     * @return the lie
     */
    public static AnswerLie cost(KdfCost cost) {
        return truth -> truth instanceof PasswordSaltIs told ? new PasswordSaltIs(told.re(), told.salt(), cost) : truth;
    }

    /**
     * The passphrase is to be stretched with another salt.
     *
     * @param salt the salt told, 32 bytes
     * @return the lie
     */
    public static AnswerLie salt(Bytes salt) {
        return truth -> truth instanceof PasswordSaltIs told ? new PasswordSaltIs(told.re(), salt, told.kdf()) : truth;
    }
}
