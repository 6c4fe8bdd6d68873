package dev.pychat.testkit.liar;

import dev.pychat.crypto.open.BinaryWriter;
import dev.pychat.key.BundleException;
import dev.pychat.key.BundleFields;
import dev.pychat.key.KeyBundle;
import dev.pychat.key.KeySection;
import dev.pychat.key.Suite;
import dev.pychat.model.Bytes;
import dev.pychat.model.Position;
import dev.pychat.model.Username;
import dev.pychat.wire.Bundle;
import dev.pychat.wire.ErrorCode;
import dev.pychat.wire.Failure;
import dev.pychat.wire.KdfCost;
import dev.pychat.wire.Ok;
import dev.pychat.wire.OneTimeKeyIs;
import dev.pychat.wire.PasswordSaltIs;
import dev.pychat.wire.VaultIs;
import java.util.List;

/**
 * The usual lies outside of histories: keys, and how a passphrase is stretched. This is the place for whatever else a server
 * answers with, one method for each frame and field.
 *
 * <p>Immutable and thread-safe.
 */
public final class AnswerLies {

    private static final int SIGNATURE = 64;

    /** The bytes of a bundle before its suites, without those of the name. */
    private static final int BEFORE_SUITES = 21 + 1 + 16 + 1 + 32 + 8 + 32 + 8 + 8;

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

    /**
     * A user's key bundle lists a suite less than it does; the signature stays as it was, since the server can't make another.
     *
     * @param of whose bundle
     * @param suite the suite that is taken out, with its sections
     * @return the lie
     * @throws IllegalArgumentException if a bundle that it is told of is none
     */
    public static AnswerLie withoutSuite(Username of, Suite suite) {
        return truth -> truth instanceof Bundle asked && asked.user().equals(of)
                ? new Bundle(asked.re(), of, asked.serial(), asked.time(), without(suite, asked.bundle()))
                : truth;
    }

    private static Bytes without(Suite suite, Bytes bundle) {
        BundleFields whole;
        try {
            whole = KeyBundle.parse(bundle).fields();
        } catch (BundleException e) {
            throw new IllegalArgumentException("this is no bundle", e);
        }
        List<Suite> suites =
                whole.suites().stream().filter(each -> !each.equals(suite)).toList();
        List<KeySection> sections = whole.sections().stream()
                .filter(section -> !section.suite().equals(suite))
                .toList();
        try (BinaryWriter out = new BinaryWriter()) {
            out.raw(bundle.slice(0, BEFORE_SUITES + whole.username().value().length()));
            out.u8(suites.size());
            suites.forEach(each -> out.u16(each.code()));
            out.u8(sections.size());
            for (KeySection section : sections) {
                out.u16(section.suite().code()).raw(section.device().value()).bytes16(section.key());
            }
            return out.raw(bundle.slice(bundle.size() - SIGNATURE, SIGNATURE)).toBytes();
        }
    }

    /**
     * Every one-time key that is asked for is this one: another device's, a forged one, or one that was handed out before.
     *
     * @param key what is given out
     * @return the lie
     */
    public static AnswerLie oneTimeKey(Bytes key) {
        return truth -> truth instanceof OneTimeKeyIs asked ? new OneTimeKeyIs(asked.re(), key) : truth;
    }

    /**
     * Every pool is said to be dry to who asks for a key; the devices are told the truth of their own ones.
     *
     * @return the lie
     */
    public static AnswerLie dryPools() {
        return oneTimeKey(Bytes.EMPTY);
    }
}
