package dev.pychat.store.internal;

import dev.pychat.model.ConversationId;
import dev.pychat.model.Position;
import dev.pychat.model.StoredMessage;
import dev.pychat.model.Username;
import dev.pychat.store.InboxEntry;
import dev.pychat.store.StoreException;
import dev.pychat.store.StoreRefusedException;
import dev.pychat.store.Submission;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * All that is kept of a conversation beside its messages: the head, and of both parties the counters, read markers and lane
 * heads. Changes stay in memory; the store writes them down once for each batch. Confined to one thread, or guarded by its
 * owner.
 */
public final class ConversationLedger {

    private final ConversationId conversation;
    private final Party first;
    private final Party second;
    private Position head;
    private Instant time;

    /**
     * Makes it as it was kept.
     *
     * @param conversation the conversation
     * @param first the party whose name comes first
     * @param second the other one
     * @param head the last position
     * @param time when the last message was stored
     */
    public ConversationLedger(ConversationId conversation, Party first, Party second, Position head, Instant time) {
        this.conversation = conversation;
        this.first = first;
        this.second = second;
        this.head = head;
        this.time = time;
    }

    /**
     * Begins a conversation that has no message yet.
     *
     * @param submission the first submission to it
     * @return its ledger
     */
    public static ConversationLedger begin(Submission submission) {
        boolean ordered = submission.sender().compareTo(submission.recipient()) < 0;
        Party sender = Party.newcomer(submission.sender());
        Party recipient = Party.newcomer(submission.recipient());
        return new ConversationLedger(
                submission.conversation(),
                ordered ? sender : recipient,
                ordered ? recipient : sender,
                Position.NONE,
                Instant.EPOCH);
    }

    /**
     * Takes the next position for a submission that the rules let through.
     *
     * @param submission the submission
     * @return what is to be stored
     */
    Row append(Submission submission) {
        Party sender = party(submission.sender());
        head = head.next();
        time = submission.time().truncatedTo(ChronoUnit.MILLIS);
        if (!submission.quiet()) {
            sender.count();
        }
        sender.lanes().use(submission.lane(), new Lanes.Head(submission.id(), head));
        StoredMessage message = new StoredMessage(
                conversation,
                head,
                submission.sender(),
                submission.id(),
                submission.lane(),
                submission.epoch(),
                sender.ordinal(),
                submission.quiet(),
                time,
                submission.envelope());
        return new Row(message, other(sender).ordinal());
    }

    /**
     * Moves a read marker forward, never back.
     *
     * @param account whose
     * @param upTo up to where everything is read; beyond the head it counts as the head
     * @param rows the messages
     * @return whether it moved
     * @throws StoreException if the account is no party ({@link StoreRefusedException}) or the store fails
     */
    public boolean markRead(Username account, Position upTo, Rows rows) throws StoreException {
        requireParty(account);
        Party reader = party(account);
        Position target = upTo.isAfter(head) ? head : upTo;
        if (!target.isAfter(reader.read())) {
            return false;
        }
        Row row = rows.at(target);
        boolean own = row.message().sender().equals(account);
        reader.markRead(target, own ? row.othersOrdinal() : row.message().ordinal());
        return true;
    }

    /**
     * Sets a read marker back to the beginning, as if nothing had ever been read.
     *
     * @param account whose
     */
    public void forgetRead(Username account) {
        party(account).markRead(Position.NONE, 0);
    }

    /**
     * The conversation as one of its parties sees it.
     *
     * @param account the party
     * @return its inbox entry
     * @throws StoreRefusedException if the account is no party
     */
    public InboxEntry entry(Username account) throws StoreRefusedException {
        requireParty(account);
        Party reader = party(account);
        Party peer = other(reader);
        long unread = peer.ordinal() - reader.readOrdinal();
        return new InboxEntry(peer.name(), conversation, head, reader.read(), unread, time);
    }

    void requireBetween(Submission submission) {
        if (!isParty(submission.sender()) || !isParty(submission.recipient())) {
            throw new IllegalArgumentException("the conversation " + conversation + " is of " + first.name() + " and "
                    + second.name() + ", not of " + submission.sender() + " and " + submission.recipient());
        }
    }

    /**
     * The conversation.
     *
     * @return its id
     */
    public ConversationId conversation() {
        return conversation;
    }

    /**
     * The party whose name comes first.
     *
     * @return the party
     */
    public Party first() {
        return first;
    }

    /**
     * The party whose name comes second.
     *
     * @return the party
     */
    public Party second() {
        return second;
    }

    /**
     * The last position.
     *
     * @return the head; {@link Position#NONE} if there is no message
     */
    public Position head() {
        return head;
    }

    /**
     * When the last message was stored.
     *
     * @return the time, to the millisecond
     */
    public Instant time() {
        return time;
    }

    Party party(Username name) {
        return first.name().equals(name) ? first : second;
    }

    private Party other(Party party) {
        return party == first ? second : first;
    }

    private boolean isParty(Username name) {
        return first.name().equals(name) || second.name().equals(name);
    }

    private void requireParty(Username account) throws StoreRefusedException {
        if (!isParty(account)) {
            throw new StoreRefusedException(account + " is no party of the conversation " + conversation);
        }
    }
}
