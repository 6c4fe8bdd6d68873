package dev.pychat.envelope;

import dev.pychat.crypto.open.Ed25519PublicKey;
import dev.pychat.key.ConversationIds;
import dev.pychat.key.Fingerprint;
import dev.pychat.key.Suite;
import dev.pychat.model.Bytes;
import dev.pychat.model.ConversationId;
import dev.pychat.model.Position;
import dev.pychat.model.Realm;
import dev.pychat.model.Username;
import java.util.List;

/**
 * Between whom and where: everything about a conversation that sealed things are held against.
 *
 * <p>Immutable and thread-safe.
 *
 * @param realm the server's realm, as pinned
 * @param conversation the conversation's id
 * @param self our user name
 * @param peer the peer's user name
 * @param own our identities, the present one first
 * @param pinned the peer's accepted identities, the present one first; empty before the first contact
 * @param minimumSuite below which no epoch is begun or opened, 1 at least: what the person asks for
 * @param hybrid from which bundles on each side offers suite 2, so that an epoch of two such bundles is of suite 2
 */
public record ConversationContext(
        Realm realm,
        ConversationId conversation,
        Username self,
        Username peer,
        List<Ed25519PublicKey> own,
        List<PinnedIdentity> pinned,
        int minimumSuite,
        HybridSince hybrid) {

    /**
     * Copies the lists.
     *
     * @param realm the realm
     * @param conversation the conversation's id
     * @param self our user name
     * @param peer the peer's user name
     * @param own our identities
     * @param pinned the peer's accepted identities
     * @param minimumSuite the lowest suite accepted
     * @param hybrid from which bundles on each side offers suite 2
     * @throws IllegalArgumentException if we have no identity or talk to ourselves
     */
    public ConversationContext {
        own = List.copyOf(own);
        pinned = List.copyOf(pinned);
        if (own.isEmpty() || self.equals(peer)) {
            throw new IllegalArgumentException("a conversation of " + self + " with " + peer + " and " + own.size()
                    + " own identities; there must be two names and an identity");
        }
    }

    /**
     * A context in which neither side is known to offer suite 2.
     *
     * @param realm the realm
     * @param conversation the conversation's id
     * @param self our user name
     * @param peer the peer's user name
     * @param own our identities
     * @param pinned the peer's accepted identities
     * @param minimumSuite the lowest suite accepted
     * @throws IllegalArgumentException if we have no identity or talk to ourselves
     */
    public ConversationContext(
            Realm realm,
            ConversationId conversation,
            Username self,
            Username peer,
            List<Ed25519PublicKey> own,
            List<PinnedIdentity> pinned,
            int minimumSuite) {
        this(realm, conversation, self, peer, own, pinned, minimumSuite, HybridSince.NEVER);
    }

    /**
     * The context of a conversation whose id follows from realm and names.
     *
     * @param realm the server's realm, as pinned
     * @param self our user name
     * @param peer the peer's user name
     * @param own our identities, the present one first
     * @param pinned the peer's accepted identities, the present one first; empty before the first contact
     * @return the context, accepting suite 1
     * @throws IllegalArgumentException if we have no identity or talk to ourselves
     */
    public static ConversationContext of(
            Realm realm, Username self, Username peer, List<Ed25519PublicKey> own, List<PinnedIdentity> pinned) {
        return new ConversationContext(
                realm, ConversationIds.of(realm, self, peer), self, peer, own, pinned, Suite.RSA.code());
    }

    /**
     * The same, knowing from when on each side offers suite 2.
     *
     * @param since the serials of the first bundles that do
     * @return the context
     */
    public ConversationContext with(HybridSince since) {
        return new ConversationContext(realm, conversation, self, peer, own, pinned, minimumSuite, since);
    }

    /** The lowest suite that a header of these two bundles may have. */
    int lowestSuite(EpochTerms terms, boolean sentByUs) {
        long ours = sentByUs ? terms.senderSerial() : terms.recipientSerial();
        long theirs = sentByUs ? terms.recipientSerial() : terms.senderSerial();
        return Math.max(minimumSuite, hybrid.covers(ours, theirs) ? Suite.HYBRID.code() : Suite.RSA.code());
    }

    boolean isOwn(Bytes key) {
        return own.stream().anyMatch(identity -> identity.value().equals(key));
    }

    boolean isPinned(Bytes key, Position position) {
        return pinned.stream().anyMatch(pin -> pin.key().value().equals(key) && pin.counts(position));
    }

    /** Whether a fingerprint is that of the side that a sender's messages go to. */
    boolean isRecipient(Bytes fingerprint, boolean sentByUs) {
        return sentByUs
                ? pinned.stream().anyMatch(pin -> fingerprint(pin.key()).equals(fingerprint))
                : own.stream().anyMatch(identity -> fingerprint(identity).equals(fingerprint));
    }

    static Bytes fingerprint(Ed25519PublicKey key) {
        return Fingerprint.of(key).value();
    }
}
