package dev.pychat.envelope;

import dev.pychat.crypto.open.Ed25519PublicKey;
import dev.pychat.crypto.open.Label;
import dev.pychat.crypto.secret.SecretBytes;
import dev.pychat.key.Suite;
import dev.pychat.model.Bytes;
import dev.pychat.model.LaneId;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;

/**
 * Makes epochs (ENVELOPE.md, section 6), of the highest suite that both bundles offer. It draws, in this order: nonce, epoch
 * secret, and what the wraps of the suite need.
 */
final class EpochMaker {

    private static final int NONCE = 16;

    private final ConversationContext context;
    private final SecureRandom random;

    EpochMaker(ConversationContext context, SecureRandom random) {
        this.context = context;
        this.random = random;
    }

    SendingEpoch begin(EpochOffer offer, Place place, Instant now) {
        Ed25519PublicKey sender = offer.identity().publicKey();
        requireParties(offer, sender);
        Bytes nonce = Bytes.random(random, NONCE);
        SecretBytes secret = SecretBytes.random(random, EpochSecret.SIZE);
        EpochHeader bare = bare(offer, place, now, nonce, EpochSecret.commitment(secret));
        EpochHeader fields = withWraps(bare, offer, secret);
        Bytes unsigned = fields.unsigned();
        Bytes header = Bytes.concat(unsigned, offer.identity().sign(Label.EPOCH_SIGNATURE, unsigned));
        ChainKey chain = ChainKey.first(secret, EpochHeader.name(header));
        return new SendingEpoch(new OpenedEpoch(header, fields, sender, secret, null), chain, offer, random);
    }

    private void requireParties(EpochOffer offer, Ed25519PublicKey sender) {
        if (!context.own().get(0).equals(sender) || !offer.own().identity().equals(sender)) {
            throw new IllegalArgumentException("own identity and own bundle are not those of this conversation");
        }
        if (context.pinned().isEmpty()
                || !context.pinned().get(0).key().equals(offer.peer().identity())) {
            throw new IllegalArgumentException("the bundle's identity is not the one pinned for " + context.peer());
        }
        if (offer.suite().code() < context.minimumSuite()) {
            throw new IllegalArgumentException("the two bundles have " + offer.suite() + " in common, at least suite "
                    + context.minimumSuite() + " is asked for");
        }
    }

    private EpochHeader bare(EpochOffer offer, Place place, Instant now, Bytes nonce, Bytes commitment) {
        EpochTerms terms = new EpochTerms(
                now,
                offer.own().bundle().fields().serial(),
                offer.peer().bundle().fields().serial(),
                offer.peer().bundle().hash(),
                offer.fetched(),
                offer.vaultVersion(),
                offer.ownPolicy(),
                offer.peerPolicy());
        return new EpochHeader(
                offer.suite().code(),
                context.realm(),
                context.conversation(),
                offer.identity().publicKey().value(),
                ConversationContext.fingerprint(offer.peer().identity()),
                place.lane,
                place.ordinal,
                place.head,
                nonce,
                terms,
                commitment,
                new Wraps(List.of(), List.of()));
    }

    private EpochHeader withWraps(EpochHeader bare, EpochOffer offer, SecretBytes secret) {
        Bytes sender = ConversationContext.fingerprint(offer.identity().publicKey());
        if (bare.suite() == Suite.RSA.code()) {
            return bare.with(new RsaWraps(bare, sender, random).of(offer, secret));
        }
        try (HybridWraps wraps = new HybridWraps(bare, sender, random)) {
            return bare.with(wraps.of(offer, secret));
        }
    }

    /**
     * Where in which lane.
     *
     * @param lane the lane
     * @param ordinal the epoch's ordinal
     * @param head the lane's head now
     */
    record Place(LaneId lane, int ordinal, LaneHead head) {}
}
