package dev.pychat.envelope;

import dev.pychat.crypto.open.Ed25519PublicKey;
import dev.pychat.crypto.secret.SecretBytes;
import dev.pychat.key.Fingerprint;
import dev.pychat.key.HistoryPolicy;
import dev.pychat.key.Suite;
import dev.pychat.model.Bytes;
import dev.pychat.model.EpochName;
import dev.pychat.model.LaneId;
import dev.pychat.model.StoredMessage;
import java.time.Instant;

/**
 * An epoch whose header is signed by one of the two parties and made for this conversation. Whoever is given its secret opens it.
 *
 * <p>Immutable and thread-safe.
 */
public final class SignedEpoch implements EpochInspection {

    /** How many bytes an epoch secret has. */
    public static final int SECRET_SIZE = EpochSecret.SIZE;

    private final Bytes header;
    private final EpochHeader fields;
    private final Ed25519PublicKey sender;
    private final boolean sentByUs;

    SignedEpoch(Bytes header, HeaderCheck.Passed passed) {
        this.header = header;
        this.fields = passed.fields();
        this.sender = passed.sender();
        this.sentByUs = passed.sentByUs();
    }

    /**
     * Opens it with its secret (check 13 of ENVELOPE.md, section 9.1).
     *
     * @param message the message that names it
     * @param secret what should be its secret; it stays the caller's to close
     * @return the opened epoch, which the caller closes, or the finding {@link FindingCode#EPOCH_INCONSISTENT}
     */
    public EpochOpening open(StoredMessage message, SecretBytes secret) {
        if (!EpochUnsealing.isCommitted(fields, secret)) {
            return Finding.at(
                    message,
                    FindingCode.EPOCH_INCONSISTENT,
                    "the secret given is not the one that the header commits to");
        }
        return new OpenedEpoch(header, fields, sender, secret.copy(), null);
    }

    /**
     * Its name.
     *
     * @return the SHA-256 of its header
     */
    public EpochName name() {
        return EpochHeader.name(header);
    }

    /**
     * Who has signed it.
     *
     * @return the sender's identity
     */
    public Ed25519PublicKey sender() {
        return sender;
    }

    /**
     * For whom it was made.
     *
     * @return the fingerprint of the recipient's identity
     */
    public Fingerprint recipient() {
        return new Fingerprint(fields.recipient());
    }

    /**
     * On which side the sender is.
     *
     * @return true if it is ours, and not the peer
     */
    public boolean sentByUs() {
        return sentByUs;
    }

    /**
     * How its wraps are made.
     *
     * @return the suite
     */
    public Suite suite() {
        return new Suite(fields.suite());
    }

    /**
     * Whose messages it holds.
     *
     * @return the lane
     */
    public LaneId lane() {
        return fields.lane();
    }

    /**
     * Its place in the lane.
     *
     * @return the ordinal, 1 or more
     */
    public int ordinal() {
        return fields.ordinal();
    }

    /**
     * The lane's head when it was begun.
     *
     * @return the head, or {@link LaneHead#NONE}
     */
    public LaneHead previous() {
        return fields.previous();
    }

    /**
     * When it was made.
     *
     * @return the time, by the sender's clock
     */
    public Instant made() {
        return fields.terms().made();
    }

    /**
     * Which bundle the sender had published.
     *
     * @return its serial
     */
    public long senderSerial() {
        return fields.terms().senderSerial();
    }

    /**
     * Which bundle of the recipient it was made with.
     *
     * @return its serial
     */
    public long recipientSerial() {
        return fields.terms().recipientSerial();
    }

    /**
     * The same bundle.
     *
     * @return its hash, 32 bytes
     */
    public Bytes recipientBundle() {
        return fields.terms().recipientBundle();
    }

    /**
     * Whether the sender's account kept its history then.
     *
     * @return the policy
     */
    public HistoryPolicy senderPolicy() {
        return HistoryPolicy.ofSeconds(fields.terms().senderPolicy());
    }

    /**
     * The same of the recipient's account, as the sender knew it.
     *
     * @return the policy
     */
    public HistoryPolicy recipientPolicy() {
        return HistoryPolicy.ofSeconds(fields.terms().recipientPolicy());
    }

    EpochHeader fields() {
        return fields;
    }

    @Override
    public String toString() {
        return "SignedEpoch[" + name() + "]";
    }
}
