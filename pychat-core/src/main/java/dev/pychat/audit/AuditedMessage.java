package dev.pychat.audit;

import dev.pychat.envelope.Finding;
import dev.pychat.model.Content;
import dev.pychat.model.MessageId;
import dev.pychat.model.Position;
import dev.pychat.model.Username;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What an audit says of one position.
 *
 * <p>Immutable and thread-safe.
 *
 * @param position the position
 * @param sender who has sent it, by the server's word; the sender's signature confirms it where {@code outcome} is {@code READ}
 * @param id its id, by the server's word
 * @param outcome how far it could be looked at
 * @param signer the identity that has signed it, or, of one that is sealed, the header of its epoch; empty for others
 * @param stored when the server says that it stored it; empty for one that is absent
 * @param sealed when it was sealed, by its sender's clock; only of one that was read
 * @param content what it says; only of one that was read
 * @param absent why it is not in the file; only of one that is absent
 * @param findings what does not hold about it
 */
public record AuditedMessage(
        Position position,
        Username sender,
        MessageId id,
        Outcome outcome,
        Optional<AuditedIdentity> signer,
        Optional<Instant> stored,
        Optional<Instant> sealed,
        Optional<Content> content,
        Optional<AbsentMessage.Reason> absent,
        List<Finding> findings) {

    /** How far a message could be looked at. */
    public enum Outcome {
        /** Decrypted, and its sender's signature verifies. */
        READ,
        /** The file holds no secret of its epoch: its place was looked at, its content, signature and view were not. */
        SEALED,
        /** It is not what one of the two sent here, as its findings say, or of a version that this program does not know. */
        REFUSED,
        /** The file does not hold it. */
        ABSENT
    }

    /**
     * Copies the list.
     *
     * @param position the position
     * @param sender who has sent it
     * @param id its id
     * @param outcome how far it could be looked at
     * @param signer the identity that has signed it
     * @param stored when it was stored
     * @param sealed when it was sealed
     * @param content what it says
     * @param absent why it is not in the file
     * @param findings what does not hold about it
     */
    public AuditedMessage {
        findings = List.copyOf(findings);
    }
}
