package dev.pychat.envelope;

import dev.pychat.crypto.open.HmacSha256;
import dev.pychat.crypto.secret.AesGcm;
import dev.pychat.crypto.secret.SecretBytes;
import dev.pychat.crypto.secret.UnsealException;
import dev.pychat.model.Bytes;

/** The last steps of opening an epoch, which all suites share (ENVELOPE.md, section 9.1, steps 12 and 13). Stateless. */
final class EpochUnsealing {

    private EpochUnsealing() {}

    static SecretBytes unseal(EpochHeader fields, SecretBytes kek, Bytes sealed) throws FoundException {
        SecretBytes secret;
        try {
            secret = SecretBytes.adopt(AesGcm.open(kek, EpochSecret.NONCE, Bytes.EMPTY, sealed));
        } catch (UnsealException e) {
            throw unopened();
        }
        if (!isCommitted(fields, secret)) {
            secret.close();
            throw new FoundException(
                    FindingCode.EPOCH_INCONSISTENT, "our wrap holds another secret than the header commits to");
        }
        return secret;
    }

    /** Whether the header was made on a bundle of our side that did not list this device yet. */
    static boolean isBefore(EpochHeader fields, Role role, WrappingKeys keys) {
        long serial = role == Role.SELF
                ? fields.terms().senderSerial()
                : fields.terms().recipientSerial();
        return serial < keys.listedSince();
    }

    static boolean isCommitted(EpochHeader fields, SecretBytes secret) {
        return HmacSha256.same(EpochSecret.commitment(secret), fields.commitment());
    }

    static FoundException unopened() {
        return new FoundException(FindingCode.EPOCH_UNOPENED, "our wrap of the epoch secret does not open");
    }

    /** There is no wrap for us to a key that is held. */
    static FoundException unknownKey(EpochHeader fields, Role role, WrappingKeys keys) {
        if (isBefore(fields, role, keys)) {
            return new FoundException(
                    FindingCode.BEFORE_DEVICE, "this epoch was made before this device was one of the account's");
        }
        return new FoundException(FindingCode.UNKNOWN_KEY, "no wrap of this epoch is for a key that this device holds");
    }
}
