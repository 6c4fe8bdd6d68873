package dev.pychat.envelope;

import dev.pychat.crypto.open.Ed25519PublicKey;
import dev.pychat.crypto.open.Label;
import dev.pychat.crypto.open.RsaOaep;
import dev.pychat.crypto.open.RsaPublicKey;
import dev.pychat.crypto.open.Sha256;
import dev.pychat.crypto.secret.AesGcm;
import dev.pychat.crypto.secret.SecretBytes;
import dev.pychat.model.Bytes;
import dev.pychat.model.DeviceId;
import dev.pychat.model.LaneId;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;

/**
 * Makes epochs of suite 1 (ENVELOPE.md, section 6). It draws, in this order: nonce, epoch secret, and for the recipient and
 * then for ourselves the wrapped secret and the padding's seed.
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
        return new SendingEpoch(new OpenedEpoch(header, fields, sender, secret), chain, offer, random);
    }

    private void requireParties(EpochOffer offer, Ed25519PublicKey sender) {
        if (!context.own().get(0).equals(sender) || !offer.own().identity().equals(sender)) {
            throw new IllegalArgumentException("own identity and own bundle are not those of this conversation");
        }
        if (context.pinned().isEmpty()
                || !context.pinned().get(0).key().equals(offer.peer().identity())) {
            throw new IllegalArgumentException("the bundle's identity is not the one pinned for " + context.peer());
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
                EpochHeader.SUITE_1,
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
        Ed25519PublicKey sender = offer.identity().publicKey();
        Sealing theirs =
                wrap(bare, sender, new Target(Role.RECIPIENT, 0, offer.peer().wrappingKey()), secret);
        Sealing ours = wrap(bare, sender, new Target(Role.SELF, 1, offer.own().wrappingKey()), secret);
        return bare.with(new Wraps(List.of(theirs.ct, ours.ct), List.of(theirs.wrap, ours.wrap)));
    }

    private Sealing wrap(EpochHeader bare, Ed25519PublicKey sender, Target target, SecretBytes secret) {
        Bytes keyHash = Sha256.of(target.key.subjectPublicKeyInfo());
        Bytes senderFingerprint = ConversationContext.fingerprint(sender);
        try (SecretBytes shared = SecretBytes.random(random, EpochSecret.SIZE)) {
            Bytes ct = shared.reveal(raw -> RsaOaep.wrap(target.key, raw, random));
            EpochSecret.Seat seat = new EpochSecret.Seat(target.role, keyHash, keyHash);
            try (SecretBytes kek = EpochSecret.kek(shared, bare, senderFingerprint, seat, ct)) {
                Bytes sealed = secret.reveal(raw -> AesGcm.seal(kek, EpochSecret.NONCE, Bytes.EMPTY, raw));
                return new Sealing(
                        ct, new Wrap(target.role, DeviceId.ACCOUNT, keyHash, target.index, Bytes.EMPTY, sealed));
            }
        }
    }

    private record Target(Role role, int index, RsaPublicKey key) {}

    private record Sealing(Bytes ct, Wrap wrap) {}

    /**
     * Where in which lane.
     *
     * @param lane the lane
     * @param ordinal the epoch's ordinal
     * @param head the lane's head now
     */
    record Place(LaneId lane, int ordinal, LaneHead head) {}
}
