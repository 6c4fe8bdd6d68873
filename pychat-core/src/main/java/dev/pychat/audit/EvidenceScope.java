package dev.pychat.audit;

import dev.pychat.crypto.open.Ed25519PublicKey;
import dev.pychat.envelope.ConversationContext;
import dev.pychat.envelope.PinnedIdentity;
import dev.pychat.model.Position;
import dev.pychat.model.Realm;
import dev.pychat.model.Username;
import java.time.Instant;
import java.util.List;

/**
 * What an evidence file is about, in the words of whoever made it: nothing of this is signed. Whether the identities are those of
 * the two people is for them, or for whoever knows their safety number, to say.
 *
 * <p>Immutable and thread-safe.
 *
 * @param realm the server's realm
 * @param exporter whose device has made the file
 * @param peer the other party
 * @param made when it was made, by the exporter's clock
 * @param first the first position that it speaks of, 1 or more
 * @param last the last position that it speaks of; the one before {@code first} if there are no messages
 * @param withSecrets whether the exporter gives epoch secrets
 * @param own the exporter's identities, the present one first, 1 to {@value #MAX_OWN}
 * @param pinned the peer's identities that the exporter has accepted, the present one first, at most {@value #MAX_PINNED}
 */
public record EvidenceScope(
        Realm realm,
        Username exporter,
        Username peer,
        Instant made,
        Position first,
        Position last,
        boolean withSecrets,
        List<Ed25519PublicKey> own,
        List<PinnedIdentity> pinned) {

    /** The most messages that a file can hold; of a longer conversation it holds a part. */
    public static final int MAX_MESSAGES = 250_000;

    /** The most identities of the exporter. */
    public static final int MAX_OWN = 256;

    /** The most identities of the peer. */
    public static final int MAX_PINNED = 64;

    /**
     * Checks the limits.
     *
     * @param realm the server's realm
     * @param exporter whose device has made the file
     * @param peer the other party
     * @param made when it was made
     * @param first the first position
     * @param last the last position
     * @param withSecrets whether the exporter gives epoch secrets
     * @param own the exporter's identities
     * @param pinned the peer's identities
     * @throws IllegalArgumentException if the parties are one, a list is too long or {@code own} is empty, or the positions are not 0
     *     to {@value #MAX_MESSAGES} ones
     */
    public EvidenceScope {
        own = List.copyOf(own);
        pinned = List.copyOf(pinned);
        if (exporter.equals(peer)) {
            throw new IllegalArgumentException("a conversation of " + exporter + " with " + peer);
        }
        if (own.isEmpty() || own.size() > MAX_OWN || pinned.size() > MAX_PINNED) {
            throw new IllegalArgumentException(own.size() + " identities of the exporter and " + pinned.size()
                    + " of the peer, allowed are 1 to " + MAX_OWN + " and at most " + MAX_PINNED);
        }
        long count = last.value() - first.value() + 1;
        if (!first.isMessage() || count < 0 || count > MAX_MESSAGES) {
            throw new IllegalArgumentException(
                    "positions " + first + " to " + last + ", allowed are at most " + MAX_MESSAGES + " of them");
        }
    }

    /**
     * How many positions it speaks of.
     *
     * @return the count, 0 to {@value #MAX_MESSAGES}
     */
    public int messages() {
        return (int) (last.value() - first.value() + 1);
    }

    /** The conversation as the exporter's device holds its envelopes against it. */
    ConversationContext context() {
        return ConversationContext.of(realm, exporter, peer, own, pinned);
    }
}
