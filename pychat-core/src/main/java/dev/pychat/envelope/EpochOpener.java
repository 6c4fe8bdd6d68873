package dev.pychat.envelope;

import dev.pychat.crypto.open.MalformedException;
import dev.pychat.crypto.secret.MlKemPrivateKey;
import dev.pychat.crypto.secret.Unwrapper;
import dev.pychat.key.KeyId;
import dev.pychat.key.Suite;
import dev.pychat.model.Bytes;
import dev.pychat.model.Envelope;
import dev.pychat.model.EpochName;
import dev.pychat.model.StoredMessage;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;

/**
 * Opens epoch headers: every check of ENVELOPE.md, section 9.1, in its order, and a private-key operation only when all that
 * need none have passed.
 *
 * <p>Thread-safe if its parts are.
 */
public final class EpochOpener {

    private final ConversationContext context;
    private final WrappingKeys keys;
    private final Unwrapper unwrapper;
    private final SecureRandom random;

    /**
     * Makes one for a conversation.
     *
     * @param context the conversation, with the pins as they are now
     * @param keys our private wrapping keys
     * @param unwrapper makes, and counts, the private-key operations
     * @param random the source of what stands in for a secret that could not be unwrapped
     */
    public EpochOpener(ConversationContext context, WrappingKeys keys, Unwrapper unwrapper, SecureRandom random) {
        this.context = context;
        this.keys = keys;
        this.unwrapper = unwrapper;
        this.random = random;
    }

    /**
     * Which epoch an envelope names: what it says itself counts, and not what the server says about it.
     *
     * @param envelope the envelope
     * @return the epoch's name; empty if the envelope is malformed
     */
    public static Optional<EpochName> epochOf(Envelope envelope) {
        try {
            return Optional.of(EnvelopeParts.parse(envelope).epoch());
        } catch (MalformedException e) {
            return Optional.empty();
        }
    }

    /**
     * What to say of a message whose epoch header nobody has.
     *
     * @param message the message
     * @return the finding
     */
    public static Finding headerMissing(StoredMessage message) {
        return Finding.at(message, FindingCode.UNKNOWN_EPOCH, "the server has no header of this name");
    }

    /**
     * What to say of a message whose epoch is wrapped to a one-time key of this device that another epoch has used: check 10 of
     * ENVELOPE.md, section 9.1, where the two were opened at one time.
     *
     * @param message the message
     * @param user the epoch that has used the key
     * @return the finding
     */
    public static Finding keyReused(StoredMessage message, EpochName user) {
        return Finding.at(message, FindingCode.ONE_TIME_REUSED, HybridUnwrapping.reused(user));
    }

    /**
     * Opens the header that a message names. It costs at most one private operation, in suite 2 one
     * with an RSA and one with an ML-KEM key; the answer holds for every
     * message that names the same header ({@link Finding#about}), as long as pins and keys stay the same.
     *
     * @param message the message
     * @param header what the server gave as its header; anything at all may be given
     * @return the opened epoch, which the caller closes, or the finding
     */
    public EpochOpening open(StoredMessage message, Bytes header) {
        try {
            return opened(header, new HeaderCheck(context).check(message, header));
        } catch (MalformedException e) {
            return Finding.at(message, FindingCode.MALFORMED, String.valueOf(e.getMessage()));
        } catch (FoundException e) {
            return Finding.at(message, e.code(), e.what());
        }
    }

    /**
     * Whether a header is for us and wrapped to keys of ours of which this device holds none: then another device of the account may
     * have made one that this one has not heard of. Nothing else is checked, and no private-key operation is made.
     *
     * @param header what should be a header; anything at all may be given
     * @return false for anything that is not such a header
     */
    public boolean lacksKey(Bytes header) {
        try {
            EpochHeader fields = EpochHeader.parse(header);
            Role role = context.isOwn(fields.senderKey()) ? Role.SELF : Role.RECIPIENT;
            List<Wrap> ours = fields.wraps().all().stream()
                    .filter(wrap -> wrap.role() == role)
                    .toList();
            if (fields.suite() == Suite.HYBRID.code()) {
                fields.wraps().checkSuite2();
            }
            return !ours.isEmpty()
                    && !EpochUnsealing.isBefore(fields, role, keys)
                    && ours.stream().noneMatch(wrap -> holdsKey(fields, wrap));
        } catch (MalformedException e) {
            return false;
        }
    }

    private boolean holdsKey(EpochHeader fields, Wrap wrap) {
        KeyId id = new KeyId(wrap.keyId());
        if (fields.suite() != Suite.HYBRID.code()) {
            return keys.byId(id).isPresent();
        }
        Optional<MlKemPrivateKey> kem = keys.kemById(id);
        kem.ifPresent(MlKemPrivateKey::close);
        return kem.isPresent() && keys.byId(fields.wraps().rsaPart(wrap).key()).isPresent();
    }

    private OpenedEpoch opened(Bytes header, HeaderCheck.Passed passed) throws FoundException, MalformedException {
        EpochHeader fields = passed.fields();
        Role role = passed.sentByUs() ? Role.SELF : Role.RECIPIENT;
        return fields.suite() == Suite.RSA.code()
                ? new RsaUnwrapping(keys, unwrapper, random).open(header, fields, passed.sender(), role)
                : new HybridUnwrapping(keys, unwrapper, random).open(header, fields, passed.sender(), role);
    }
}
