package dev.pychat.store.internal;

import dev.pychat.model.Bytes;
import dev.pychat.model.MessageId;
import dev.pychat.model.Position;
import dev.pychat.model.StoredMessage;
import dev.pychat.store.AppendResult;
import dev.pychat.store.StoreException;
import dev.pychat.store.Submission;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;

/** The rules of {@link AppendResult}, for every store alike. */
public final class AppendRules {

    private AppendRules() {}

    /** What is to be done with the message that was let through. */
    public interface Sink {

        /**
         * Stores the message at the end of its conversation.
         *
         * @param row the message
         * @throws StoreException if that fails
         */
        void add(Row row) throws StoreException;
    }

    /**
     * Decides on a submission, and appends it if the rules let it through.
     *
     * @param submission the submission
     * @param ledger its conversation, which is changed only by an append
     * @param rows the conversation's messages
     * @param sink where an appended message goes
     * @return what became of it
     * @throws IllegalArgumentException if the conversation has other parties
     * @throws StoreException if the store fails
     */
    public static AppendResult apply(Submission submission, ConversationLedger ledger, Rows rows, Sink sink)
            throws StoreException {
        ledger.requireBetween(submission);
        Lanes lanes = ledger.party(submission.sender()).lanes();
        Optional<Lanes.Head> lane = lanes.head(submission.lane());
        boolean begins = lane.isEmpty() && submission.after().equals(MessageId.NONE);
        if (lane.isPresent() && lane.get().id().equals(submission.after()) || begins && !lanes.everDropped()) {
            return append(submission, ledger, sink);
        }
        if (ledger.head().value() - submission.seen().value() > AppendResult.MAX_SPAN) {
            return new AppendResult.ReadFirst(ledger.head());
        }
        Optional<StoredMessage> stored = find(submission, ledger, rows);
        if (stored.isPresent()) {
            return repeated(submission, stored.get());
        }
        if (lane.isPresent()) {
            return new AppendResult.OutOfSequence(lane.get().id(), lane.get().position());
        }
        return begins ? append(submission, ledger, sink) : new AppendResult.UnknownLane();
    }

    private static AppendResult append(Submission submission, ConversationLedger ledger, Sink sink)
            throws StoreException {
        Row row = ledger.append(submission);
        sink.add(row);
        return appended(row.message(), false);
    }

    private static Optional<StoredMessage> find(Submission submission, ConversationLedger ledger, Rows rows)
            throws StoreException {
        Position upTo = ledger.head();
        while (upTo.isAfter(submission.seen())) {
            Optional<Row> found = rows.find(submission.id(), submission.seen(), upTo);
            if (found.isEmpty()) {
                return Optional.empty();
            }
            StoredMessage message = found.get().message();
            if (message.sender().equals(submission.sender()) && message.lane().equals(submission.lane())) {
                return Optional.of(message);
            }
            upTo = message.position().plus(-1);
        }
        return Optional.empty();
    }

    private static AppendResult repeated(Submission submission, StoredMessage stored) {
        return sha256(stored.envelope().value()).equals(submission.hash())
                ? appended(stored, true)
                : new AppendResult.Conflict(stored.position());
    }

    private static AppendResult appended(StoredMessage stored, boolean duplicate) {
        return new AppendResult.Appended(stored.position(), stored.ordinal(), stored.time(), duplicate);
    }

    private static Bytes sha256(Bytes content) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(content.asByteBuffer());
            return Bytes.adopt(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }
}
