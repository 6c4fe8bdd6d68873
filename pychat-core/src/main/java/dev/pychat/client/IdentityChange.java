package dev.pychat.client;

import dev.pychat.key.Fingerprint;
import dev.pychat.key.SafetyNumber;
import dev.pychat.model.Username;

/**
 * A peer's identity is another one than before, and nobody has accepted it. A person decides, best after comparing the safety
 * number over another channel ({@link Conversation#acceptIdentity}).
 *
 * <p>Made by pychat only. Immutable and thread-safe; equal when it is the same change.
 */
public final class IdentityChange {

    private final Username peer;
    private final Fingerprint before;
    private final Fingerprint after;
    private final SafetyNumber safetyNumber;
    private final boolean announced;
    private final boolean wasVerified;

    IdentityChange(
            Username peer,
            Fingerprint before,
            Fingerprint after,
            SafetyNumber safetyNumber,
            boolean announced,
            boolean wasVerified) {
        this.peer = peer;
        this.before = before;
        this.after = after;
        this.safetyNumber = safetyNumber;
        this.announced = announced;
        this.wasVerified = wasVerified;
    }

    /**
     * Whose identity.
     *
     * @return the peer's name
     */
    public Username peer() {
        return peer;
    }

    /**
     * The identity that was accepted so far.
     *
     * @return its fingerprint
     */
    public Fingerprint before() {
        return before;
    }

    /**
     * The identity that the server gives now.
     *
     * @return its fingerprint, which names it when it is accepted
     */
    public Fingerprint after() {
        return after;
    }

    /**
     * What the two people can compare: it belongs to the new identity.
     *
     * @return the number that both see if nobody stands between them
     */
    public SafetyNumber safetyNumber() {
        return safetyNumber;
    }

    /**
     * Whether the identity before has signed that this one takes its place. It speaks against somebody who stands between, and not
     * against somebody who has stolen the old keys.
     *
     * @return true if there is such a statement
     */
    public boolean announced() {
        return announced;
    }

    /**
     * Whether the person had compared the number of the identity before.
     *
     * @return true if it was marked as verified; accepting takes the mark away
     */
    public boolean wasVerified() {
        return wasVerified;
    }

    /**
     * What may have happened.
     *
     * @return a sentence for a person
     */
    public String sentence() {
        String how = announced
                ? " made new keys, and the old ones have signed for them, or somebody who got hold of the old ones did"
                : " lost the old keys and made new ones, or somebody stands between you";
        return "The identity of " + peer + " has changed. Either " + peer + how + ". Nothing is sent to " + peer
                + " until you accept it; compare safety numbers first, over another channel";
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof IdentityChange that
                && peer.equals(that.peer)
                && before.equals(that.before)
                && after.equals(that.after)
                && safetyNumber.equals(that.safetyNumber)
                && announced == that.announced
                && wasVerified == that.wasVerified;
    }

    @Override
    public int hashCode() {
        return 31 * before.hashCode() + after.hashCode();
    }

    @Override
    public String toString() {
        return "change of " + peer + "'s identity from " + before + " to " + after;
    }
}
