package dev.pychat.envelope;

import dev.pychat.crypto.open.Ed25519PublicKey;
import dev.pychat.key.ConversationIds;
import dev.pychat.key.Fingerprint;
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
 * @param minimumSuite the highest suite seen from this peer's identity, 1 at least
 */
public record ConversationContext(
        Realm realm,
        ConversationId conversation,
        Username self,
        Username peer,
        List<Ed25519PublicKey> own,
        List<PinnedIdentity> pinned,
        int minimumSuite) {

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
                realm, ConversationIds.of(realm, self, peer), self, peer, own, pinned, EpochHeader.SUITE_1);
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
