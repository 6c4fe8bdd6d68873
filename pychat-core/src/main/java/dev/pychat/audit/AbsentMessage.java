package dev.pychat.audit;

import dev.pychat.model.Bytes;
import dev.pychat.model.LaneId;
import dev.pychat.model.MessageId;
import dev.pychat.model.Username;

/**
 * A message that the exporter's device has received, and that was not to be had when the evidence file was made.
 *
 * <p>Immutable and thread-safe.
 *
 * @param reason why it was not to be had
 * @param sender who sent it, as it was served then
 * @param id its id, as it was served then
 * @param lane the lane it came on, as far as the exporter knows; else {@link LaneId#NONE}
 * @param envelopeHash the SHA-256 of its envelope, 32 bytes
 */
public record AbsentMessage(Reason reason, Username sender, MessageId id, LaneId lane, Bytes envelopeHash) {

    /** Why a message was not to be had. */
    public enum Reason {
        /** The server does not give it any more. */
        NOT_GIVEN(1),
        /** The server gives another one in its place than it gave before. */
        ANOTHER_GIVEN(2);

        private final int code;

        Reason(int code) {
            this.code = code;
        }

        int code() {
            return code;
        }

        static Reason of(int code) {
            return code == ANOTHER_GIVEN.code ? ANOTHER_GIVEN : NOT_GIVEN;
        }
    }

    /**
     * Checks the hash's length.
     *
     * @param reason why it was not to be had
     * @param sender who sent it
     * @param id its id
     * @param lane the lane it came on
     * @param envelopeHash the SHA-256 of its envelope
     * @throws IllegalArgumentException if {@code envelopeHash} does not have 32 bytes
     */
    public AbsentMessage {
        if (envelopeHash.size() != 32) {
            throw new IllegalArgumentException("an envelope hash of " + envelopeHash.size() + " bytes, must have 32");
        }
    }
}
