package dev.pychat.envelope;

import dev.pychat.crypto.open.Ed25519PublicKey;
import dev.pychat.model.Position;

/**
 * An identity of the peer that the person has accepted, and for which part of the conversation: after an accepted change the
 * old one still verifies old history, and nothing new.
 *
 * <p>Immutable and thread-safe.
 *
 * @param key the identity's public key
 * @param from the first position it counts for
 * @param to the last position it counts for
 */
public record PinnedIdentity(Ed25519PublicKey key, Position from, Position to) {

    private static final Position END = new Position(Long.MAX_VALUE);

    /**
     * The only identity that the peer has had so far.
     *
     * @param key its public key
     * @return a pin for the whole conversation
     */
    public static PinnedIdentity always(Ed25519PublicKey key) {
        return new PinnedIdentity(key, Position.FIRST, END);
    }

    /**
     * An identity from an accepted change on.
     *
     * @param key its public key
     * @param from the first position it counts for
     * @return a pin for the rest of the conversation
     */
    public static PinnedIdentity since(Ed25519PublicKey key, Position from) {
        return new PinnedIdentity(key, from, END);
    }

    /**
     * Whether it counts for a message.
     *
     * @param position where the message stands
     * @return true inside the span
     */
    public boolean counts(Position position) {
        return !from.isAfter(position) && !position.isAfter(to);
    }
}
