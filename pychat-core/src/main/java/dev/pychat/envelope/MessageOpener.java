package dev.pychat.envelope;

import dev.pychat.crypto.open.HmacSha256;
import dev.pychat.crypto.open.Label;
import dev.pychat.crypto.open.MalformedException;
import dev.pychat.crypto.open.Sha256;
import dev.pychat.crypto.secret.AesGcm;
import dev.pychat.crypto.secret.SecretBytes;
import dev.pychat.crypto.secret.UnsealException;
import dev.pychat.model.Bytes;
import dev.pychat.model.EpochName;
import dev.pychat.model.StoredMessage;
import dev.pychat.model.Username;
import java.util.Arrays;

/**
 * Opens messages of opened epochs, and looks at those of others: checks 1 to 9 of ENVELOPE.md, section 9.2. It makes no
 * private-key operation.
 *
 * <p>Immutable and thread-safe.
 */
public final class MessageOpener {

    private final ConversationContext context;

    /**
     * Makes one for a conversation.
     *
     * @param context the conversation, with the pins as they are now
     */
    public MessageOpener(ConversationContext context) {
        this.context = context;
    }

    /**
     * Opens a message.
     *
     * @param message the message as it was delivered
     * @param epoch the epoch that its envelope names ({@link EpochOpener#epochOf})
     * @return what it says, or the finding
     */
    public MessageOpening open(StoredMessage message, OpenedEpoch epoch) {
        try {
            EnvelopeParts parts = EnvelopeParts.parse(message.envelope());
            EpochHeader header = epoch.fields();
            checkEpoch(parts, epoch.name());
            if (!header.realm().equals(context.realm())
                    || !header.conversation().equals(context.conversation())) {
                throw new FoundException(FindingCode.MOVED, "the message was sealed for another conversation or realm");
            }
            OpenedMessage opened = opened(message, parts, epoch);
            checkSender(message, header);
            return opened;
        } catch (MalformedException e) {
            return Finding.at(message, FindingCode.MALFORMED, String.valueOf(e.getMessage()));
        } catch (FoundException e) {
            return Finding.at(message, e.code(), e.what());
        }
    }

    /**
     * Looks at a message of an epoch whose secret is not at hand: what its envelope says in clear, and checks 1, 3, 8 and 9. What it
     * says inside, and whether its sender has signed it, stays open.
     *
     * @param message the message as it was delivered
     * @param epoch the epoch that its envelope names
     * @return where it says that it stands, or the finding
     */
    public MessageInspection inspect(StoredMessage message, SignedEpoch epoch) {
        try {
            EnvelopeParts parts = EnvelopeParts.parse(message.envelope());
            EpochHeader header = epoch.fields();
            checkEpoch(parts, epoch.name());
            checkLane(parts, header);
            checkSender(message, header);
            Bytes aad = Aad.of(header, ConversationContext.fingerprint(epoch.sender()), parts);
            Bytes envelopeHash = Sha256.of(message.envelope().value());
            return new SealedMessage(head(parts, header, aad), parts.before(), header.previous(), envelopeHash);
        } catch (MalformedException e) {
            return Finding.at(message, FindingCode.MALFORMED, String.valueOf(e.getMessage()));
        } catch (FoundException e) {
            return Finding.at(message, e.code(), e.what());
        }
    }

    private static void checkEpoch(EnvelopeParts parts, EpochName named) throws FoundException {
        if (!parts.epoch().equals(named)) {
            throw new FoundException(FindingCode.UNKNOWN_EPOCH, "the message names another epoch");
        }
    }

    private static void checkLane(EnvelopeParts parts, EpochHeader header) throws FoundException {
        if (!parts.lane().equals(header.lane())) {
            throw altered("it names another lane than its epoch");
        }
    }

    private static LaneHead head(EnvelopeParts parts, EpochHeader header, Bytes aad) {
        return new LaneHead(
                parts.lane(),
                header.ordinal(),
                parts.epoch(),
                parts.n(),
                parts.number(),
                parts.id(),
                Aad.messageHash(aad, parts));
    }

    private static OpenedMessage opened(StoredMessage message, EnvelopeParts parts, OpenedEpoch epoch)
            throws FoundException, MalformedException {
        EpochHeader header = epoch.fields();
        checkLane(parts, header);
        Bytes aad = Aad.of(header, ConversationContext.fingerprint(epoch.sender()), parts);
        byte[] padded = decrypt(parts, epoch, aad);
        Plaintext plaintext;
        try {
            plaintext = Plaintext.parse(Bytes.copyOf(padded));
            Bytes signature = Bytes.copyOf(padded, 0, Plaintext.SIGNATURE);
            Bytes signed = Aad.signedPart(aad, parts.commitment(), plaintext.contentHash());
            if (!epoch.sender().verifies(Label.MESSAGE_SIGNATURE, signed, signature)) {
                throw altered("its signature is not the sender's");
            }
        } finally {
            Arrays.fill(padded, (byte) 0);
        }
        return new OpenedMessage(
                plaintext.content(),
                plaintext.time(),
                plaintext.readUpTo(),
                plaintext.view(),
                head(parts, header, aad),
                parts.before(),
                header.previous(),
                Sha256.of(message.envelope().value()));
    }

    private static byte[] decrypt(EnvelopeParts parts, OpenedEpoch epoch, Bytes aad) throws FoundException {
        try (SecretBytes messageKey = epoch.messageKey(parts.n());
                MessageKeys keys = MessageKeys.derive(messageKey, parts.hedge(), aad)) {
            if (!HmacSha256.same(keys.commitment(), parts.commitment())) {
                throw altered("its commitment is not that of its key");
            }
            return AesGcm.open(keys.key(), keys.nonce(), aad, parts.ciphertext());
        } catch (UnsealException e) {
            throw altered("its ciphertext was changed");
        }
    }

    private void checkSender(StoredMessage message, EpochHeader header) throws FoundException {
        Bytes key = header.senderKey();
        boolean sentByUs = context.isOwn(key);
        Username served = message.sender();
        if (sentByUs && served.equals(context.peer())) {
            throw new FoundException(FindingCode.REFLECTED, "our own message, served as " + served + "'s");
        }
        if (!served.equals(sentByUs ? context.self() : context.peer())) {
            throw new FoundException(
                    FindingCode.RE_ATTRIBUTED,
                    (sentByUs ? "our own" : "the peer's") + " message, served as " + served + "'s");
        }
        if (!sentByUs && !context.isPinned(key, message.position())) {
            throw new FoundException(FindingCode.UNPINNED_IDENTITY, "sealed by an identity not accepted here");
        }
    }

    private static FoundException altered(String what) {
        return new FoundException(FindingCode.ALTERED, what);
    }
}
