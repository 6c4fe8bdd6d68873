package dev.pychat.envelope;

/**
 * What opening can find (ENVELOPE.md, section 10). The names are stable: they are stored, logged and documented.
 *
 * <p>Immutable and thread-safe.
 */
public enum FindingCode {
    /** Bytes that are not in the one form that the structure can have. */
    MALFORMED("The peer's program is faulty or not pychat: ask the peer to send it again from another program."),
    /** A version or suite that this program does not know. */
    UNSUPPORTED("Update this program, then open the conversation again."),
    /** Bytes, or what the server says about them, were changed after they were sealed. */
    ALTERED("Ask the peer what was written; if it happens again, distrust the server or the peer's program."),
    /** Sealed for another conversation, realm or recipient identity. */
    MOVED("Distrust the server or the peer's program; ask the peer whether something is missing elsewhere."),
    /** Our own message, served as the peer's. */
    REFLECTED("Distrust the server or the peer's program."),
    /** The peer's message, served as ours, or a message of either, served as somebody else's. */
    RE_ATTRIBUTED("Distrust the server."),
    /** Sealed by an identity that is not accepted for this peer. */
    UNPINNED_IDENTITY("Compare safety numbers with the peer, then accept the new identity or not."),
    /** A weaker suite than this peer has used before. */
    SUITE_BELOW_MINIMUM("Ask the peer whether the program was changed; accept the lower suite or not."),
    /** Wrapped to a one-time key of this device that another epoch has used. */
    ONE_TIME_REUSED("Ask the peer to send again; distrust the server or the peer's program."),
    /** The epoch header is missing, or is not the one named. */
    UNKNOWN_EPOCH(
            "Open the conversation again, which asks the server for it; if it stays away, ask the peer to send again."),
    /** Wrapped to no key that this device holds. */
    UNKNOWN_KEY(
            "The peer's device is asked for it. Else, if the account keeps its history, restore the vault or a backup that holds the key; if it"
                    + " forgets, keys are on its devices only: read it on another one. Else ask the peer to send again."),
    /** Made before this device was listed by its account, which forgets or once did; a client shows such a message without text and no finding. */
    BEFORE_DEVICE("Read it on another device of this account, if one still has it."),
    /** The wrap for us does not open. */
    EPOCH_UNOPENED("The peer's device is asked for it. If it stays closed, ask the peer to send again."),
    /** The wrap for us holds another secret than the header commits to. */
    EPOCH_INCONSISTENT(
            "The sender shows two readers different things. The peer's device is asked for what the others read; ask the peer, and update both programs."),
    /** A message already known, served again at another position. */
    REPLAYED("Nothing is lost; distrust the server or the peer's program."),
    /** One id, or one place in an epoch, and two different messages by the sender. */
    EQUIVOCATED("The sender's device is copied or faulty: ask the peer."),
    /** Messages of a lane are missing or came late. */
    GAP(
            "One that came late is shown where it came. If others stay away, ask the peer to send again, and distrust the server or the peer's program."),
    /** Two successors of one message in a lane. */
    LANE_FORKED("The sender's device was copied: the peer should log in anew on one of the two."),
    /** A message under an epoch that its lane had left. */
    AFTER_CLOSE("Held back or re-ordered by the server, or sent by a copied device: ask the peer."),
    /** A sender was told that this device has no one-time key left, and this device that it has. */
    POOL_WITHHELD(
            "Nothing is lost, but it is only as safe as the device's last-resort key; distrust the server or the peer's program."),
    /** A sender was given a bundle of this account that another one had replaced for long. */
    OLD_BUNDLE_SERVED(
            "Nothing is lost, but it is only as safe as the key that was replaced; distrust the server or the peer's program."),
    /** The sender saw another history than this device holds. */
    VIEWS_DIFFER(
            "Compare with the peer what was written in the span named; distrust the server or the peer's program.");

    private final String remedy;

    FindingCode(String remedy) {
        this.remedy = remedy;
    }

    /**
     * What to do about it.
     *
     * @return a sentence for a person
     */
    public String remedy() {
        return remedy;
    }

    /**
     * Whether the message itself is what its sender wrote, and only what lies around it is in doubt. Such a message is shown,
     * with the finding beside it; any other is not.
     *
     * @return true for gaps, forks, late messages, a withheld pool, an old bundle and differing views
     */
    public boolean showsMessage() {
        return switch (this) {
            case GAP, LANE_FORKED, AFTER_CLOSE, POOL_WITHHELD, OLD_BUNDLE_SERVED, VIEWS_DIFFER -> true;
            default -> false;
        };
    }
}
