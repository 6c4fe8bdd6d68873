package dev.pychat.envelope;

import dev.pychat.crypto.open.Label;
import dev.pychat.crypto.open.Sha256;
import dev.pychat.crypto.secret.AesGcm;
import dev.pychat.crypto.secret.SecretBytes;
import dev.pychat.model.Bytes;
import dev.pychat.model.Envelope;
import dev.pychat.model.EpochName;
import dev.pychat.model.MessageId;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;

/** The epoch that a sealer is in: its chain, which only moves forward. Confined to the sealer. */
final class SendingEpoch implements AutoCloseable {

    private final EpochHeader fields;
    private final OpenedEpoch opened;
    private final EpochOffer offer;
    private final SecureRandom random;
    private final Bytes senderFingerprint;
    private ChainKey chain;

    SendingEpoch(OpenedEpoch opened, ChainKey chain, EpochOffer offer, SecureRandom random) {
        this.fields = opened.fields();
        this.opened = opened;
        this.chain = chain;
        this.offer = offer;
        this.random = random;
        this.senderFingerprint = ConversationContext.fingerprint(opened.sender());
    }

    EpochName name() {
        return opened.name();
    }

    Bytes header() {
        return opened.header();
    }

    OpenedEpoch opened() {
        return opened;
    }

    Instant began() {
        return fields.terms().made();
    }

    boolean isFull() {
        return chain.n() >= EpochHeader.MAX_MESSAGES;
    }

    boolean isMadeFrom(EpochOffer other) {
        return offer.sameBundles(other);
    }

    Sealed seal(Next next, Plaintext plaintext) {
        int n = chain.n();
        try (SecretBytes messageKey = step()) {
            byte[] padded = plaintext.unsigned();
            try {
                Bytes hedge = MessageKeys.hedge(messageKey, padded, random);
                return sealed(next, parts(next, n, hedge), messageKey, plaintext, padded);
            } finally {
                Arrays.fill(padded, (byte) 0);
            }
        }
    }

    /** Moves the chain on, and only then hands out the key of the step before. */
    private SecretBytes step() {
        try (ChainKey used = chain) {
            chain = used.next();
            return used.messageKey();
        }
    }

    private EnvelopeParts parts(Next next, int n, Bytes hedge) {
        return new EnvelopeParts(
                name(),
                n,
                fields.lane(),
                next.before.number() + 1,
                next.hashBefore,
                next.id,
                hedge,
                Bytes.EMPTY,
                Bytes.EMPTY);
    }

    private Sealed sealed(Next next, EnvelopeParts open, SecretBytes messageKey, Plaintext plaintext, byte[] padded) {
        Bytes aad = Aad.of(fields, senderFingerprint, open);
        try (MessageKeys keys = MessageKeys.derive(messageKey, open.hedge(), aad)) {
            Bytes signed = Aad.signedPart(aad, keys.commitment(), plaintext.contentHash());
            byte[] signature = sign(signed);
            System.arraycopy(signature, 0, padded, 0, signature.length);
            Bytes ciphertext = AesGcm.seal(keys.key(), keys.nonce(), aad, padded);
            EnvelopeParts parts = open.sealed(keys.commitment(), ciphertext);
            LaneHead after = new LaneHead(
                    parts.lane(),
                    fields.ordinal(),
                    parts.epoch(),
                    parts.n(),
                    parts.number(),
                    parts.id(),
                    Aad.messageHash(aad, parts));
            Envelope envelope = parts.envelope();
            Bytes hash = Sha256.of(envelope.value());
            return new Sealed(next.id, envelope, hash, parts.epoch(), parts.lane(), next.before, after);
        }
    }

    private byte[] sign(Bytes signed) {
        return offer.identity().sign(Label.MESSAGE_SIGNATURE, signed).toArray();
    }

    @Override
    public void close() {
        chain.close();
    }

    /**
     * What the next message is to be.
     *
     * @param id its id
     * @param before the lane's head before it
     * @param hashBefore the message hash before it, zero for the first
     */
    record Next(MessageId id, LaneHead before, Bytes hashBefore) {}
}
