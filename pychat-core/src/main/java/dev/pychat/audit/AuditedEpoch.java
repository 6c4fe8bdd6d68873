package dev.pychat.audit;

import dev.pychat.envelope.Finding;
import dev.pychat.key.Fingerprint;
import dev.pychat.key.HistoryPolicy;
import dev.pychat.model.Bytes;
import dev.pychat.model.EpochName;
import dev.pychat.model.LaneId;
import dev.pychat.model.Position;
import dev.pychat.model.Username;
import java.time.Instant;
import java.util.Optional;

/**
 * What an audit says of one epoch header of the file.
 *
 * <p>Immutable and thread-safe.
 *
 * @param name the SHA-256 of the header
 * @param state how far it could be looked at
 * @param terms what it says; only of one whose signature verifies
 * @param finding why it is refused
 * @param first the first position that names it, or {@link Position#NONE}
 * @param messages how many messages name it
 */
public record AuditedEpoch(
        EpochName name, State state, Optional<Terms> terms, Optional<Finding> finding, Position first, long messages) {

    /** How far an epoch could be looked at. */
    public enum State {
        /** Its signature verifies, and the secret given is its own. */
        OPENED,
        /** Its signature verifies; no secret is given. */
        SIGNED,
        /** It is refused, as the finding says. */
        REFUSED,
        /** No message names it, so it counts for nothing and was not looked at. */
        UNNAMED
    }

    /**
     * What a signed header says.
     *
     * @param sender who has signed it
     * @param identity the fingerprint of the identity that did
     * @param suite how its wraps are made
     * @param lane whose messages it holds
     * @param ordinal its place in the lane
     * @param made when it was made, by the sender's clock
     * @param senderSerial the serial of the sender's bundle
     * @param recipientSerial the serial of the recipient's bundle that it was made with
     * @param recipientBundle the hash of that bundle
     * @param bundleGiven whether the file has that bundle
     * @param senderPolicy whether the sender's account kept its history then
     * @param recipientPolicy the same of the recipient's, as the sender knew it
     */
    public record Terms(
            Username sender,
            Fingerprint identity,
            int suite,
            LaneId lane,
            int ordinal,
            Instant made,
            long senderSerial,
            long recipientSerial,
            Bytes recipientBundle,
            boolean bundleGiven,
            HistoryPolicy senderPolicy,
            HistoryPolicy recipientPolicy) {}
}
