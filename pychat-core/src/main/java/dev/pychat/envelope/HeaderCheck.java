package dev.pychat.envelope;

import dev.pychat.crypto.open.Ed25519PublicKey;
import dev.pychat.crypto.open.Label;
import dev.pychat.crypto.open.MalformedException;
import dev.pychat.crypto.open.UnusableKeyException;
import dev.pychat.key.Suite;
import dev.pychat.model.Bytes;
import dev.pychat.model.EpochName;
import dev.pychat.model.Position;
import dev.pychat.model.StoredMessage;

/**
 * The checks of an epoch header for which nobody needs a private key: 1 to 9 of ENVELOPE.md, section 9.1. Immutable.
 *
 * @param context the conversation, with the pins as they are now
 */
record HeaderCheck(ConversationContext context) {

    /**
     * A header that passed.
     *
     * @param fields what it says
     * @param sender whose signature verifies
     * @param sentByUs whether that is our side
     */
    record Passed(EpochHeader fields, Ed25519PublicKey sender, boolean sentByUs) {}

    /** Checks what is said to be the header that a message names. */
    Passed check(StoredMessage message, Bytes header) throws FoundException, MalformedException {
        EpochName name = EnvelopeParts.parse(message.envelope()).epoch();
        if (!EpochHeader.name(header).equals(name)) {
            throw new FoundException(FindingCode.UNKNOWN_EPOCH, "the server gave another header under this name");
        }
        if (EpochHeader.version(header) != EpochHeader.VERSION) {
            throw new FoundException(FindingCode.UNSUPPORTED, "an epoch header of another version");
        }
        EpochHeader fields = EpochHeader.parse(header);
        Ed25519PublicKey sender = senderKey(fields);
        boolean sentByUs = checkSides(fields, message.position());
        if (!sender.verifies(Label.EPOCH_SIGNATURE, EpochHeader.signedPart(header), EpochHeader.signature(header))) {
            throw new FoundException(FindingCode.ALTERED, "the epoch header's signature does not verify");
        }
        checkSuite(fields, sentByUs);
        return new Passed(fields, sender, sentByUs);
    }

    private static Ed25519PublicKey senderKey(EpochHeader fields) throws MalformedException {
        try {
            return Ed25519PublicKey.parse(fields.senderKey());
        } catch (UnusableKeyException e) {
            throw new MalformedException("epoch header", "the sender's key is not usable");
        }
    }

    private boolean checkSides(EpochHeader fields, Position position) throws FoundException {
        if (!fields.realm().equals(context.realm()) || !fields.conversation().equals(context.conversation())) {
            throw new FoundException(FindingCode.MOVED, "the epoch was made for another conversation or realm");
        }
        boolean sentByUs = context.isOwn(fields.senderKey());
        if (!sentByUs && !context.isPinned(fields.senderKey(), position)) {
            throw new FoundException(
                    FindingCode.UNPINNED_IDENTITY, "the epoch was made by an identity not accepted here");
        }
        if (!context.isRecipient(fields.recipient(), sentByUs)) {
            throw new FoundException(FindingCode.MOVED, "the epoch was made for another recipient");
        }
        return sentByUs;
    }

    private void checkSuite(EpochHeader fields, boolean sentByUs) throws FoundException, MalformedException {
        int lowest = context.lowestSuite(fields.terms(), sentByUs);
        if (fields.suite() < lowest) {
            throw new FoundException(
                    FindingCode.SUITE_BELOW_MINIMUM, "suite " + fields.suite() + ", where suite " + lowest + " is due");
        }
        if (fields.suite() == Suite.RSA.code()) {
            fields.wraps().checkSuite1();
        } else if (fields.suite() == Suite.HYBRID.code()) {
            fields.wraps().checkSuite2();
        } else {
            throw new FoundException(FindingCode.UNSUPPORTED, "suite " + fields.suite());
        }
    }
}
