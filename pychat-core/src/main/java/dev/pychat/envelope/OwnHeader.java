package dev.pychat.envelope;

import dev.pychat.crypto.open.Ed25519PublicKey;
import dev.pychat.crypto.open.Label;
import dev.pychat.crypto.open.MalformedException;
import dev.pychat.crypto.open.UnusableKeyException;
import dev.pychat.key.BundleMark;
import dev.pychat.key.Fingerprint;
import dev.pychat.key.Suite;
import dev.pychat.model.Bytes;
import dev.pychat.model.EpochName;
import java.util.Optional;

/**
 * What an epoch header that this account has signed tells a device of the account which knows nothing of the conversation yet
 * (ENVELOPE.md, section 9.4): who the peer was to the device that made it. No private key is needed to read it.
 *
 * <p>Immutable and thread-safe.
 *
 * @param recipient the fingerprint of the peer's identity
 * @param bundle the peer's bundle that it was made on
 * @param vault the version of the account's vault that its maker knew, 0 for none
 * @param suite the suite of the epoch, which that bundle offered
 */
public record OwnHeader(Fingerprint recipient, BundleMark bundle, long vault, Suite suite) {

    /**
     * Reads a header, if an identity of this account has made it for this conversation.
     *
     * @param context the conversation; what is pinned in it does not matter
     * @param name the name under which the header was given
     * @param header what the server gave; anything at all may be given
     * @return what it says; empty if it is none of ours for this conversation, or its signature does not verify
     */
    public static Optional<OwnHeader> read(ConversationContext context, EpochName name, Bytes header) {
        try {
            if (!EpochHeader.name(header).equals(name) || EpochHeader.version(header) != EpochHeader.VERSION) {
                return Optional.empty();
            }
            EpochHeader fields = EpochHeader.parse(header);
            boolean ours = fields.realm().equals(context.realm())
                    && fields.conversation().equals(context.conversation())
                    && context.isOwn(fields.senderKey())
                    && fields.terms().recipientSerial() > 0
                    && fields.suite() > 0;
            if (!ours || !isSigned(fields, header)) {
                return Optional.empty();
            }
            return Optional.of(new OwnHeader(
                    new Fingerprint(fields.recipient()),
                    new BundleMark(
                            fields.terms().recipientSerial(), fields.terms().recipientBundle()),
                    fields.terms().vault(),
                    new Suite(fields.suite())));
        } catch (MalformedException | UnusableKeyException e) {
            return Optional.empty();
        }
    }

    private static boolean isSigned(EpochHeader fields, Bytes header) throws UnusableKeyException {
        return Ed25519PublicKey.parse(fields.senderKey())
                .verifies(Label.EPOCH_SIGNATURE, EpochHeader.signedPart(header), EpochHeader.signature(header));
    }

    /**
     * The identity key that a header names as its maker's, so that the key to a known fingerprint can be found. Nothing is verified.
     *
     * @param header what the server gave; anything at all may be given
     * @return the key; empty if this is no header, or its key is not usable
     */
    public static Optional<Ed25519PublicKey> maker(Bytes header) {
        try {
            return Optional.of(Ed25519PublicKey.parse(EpochHeader.parse(header).senderKey()));
        } catch (MalformedException | UnusableKeyException e) {
            return Optional.empty();
        }
    }
}
