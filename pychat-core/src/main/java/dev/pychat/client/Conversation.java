package dev.pychat.client;

import dev.pychat.envelope.Seen;
import dev.pychat.key.Fingerprint;
import dev.pychat.key.SafetyNumber;
import dev.pychat.key.Suite;
import dev.pychat.model.Content;
import dev.pychat.model.EpochName;
import dev.pychat.model.Position;
import dev.pychat.model.PychatException;
import dev.pychat.model.Username;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Set;

/**
 * The conversation with one peer. Implemented by pychat only; thread-safe.
 *
 * <p>To show a conversation without a gap or a double: add a listener, then read {@link #history}, then show of what the
 * listener is told only what lies beyond the last position of the page.
 */
public interface Conversation {

    /**
     * The other party.
     *
     * @return the peer's name
     */
    Username peer();

    /**
     * Sends a message. It returns at once; the message is stored in the outbox, then sent, whether the client is online now
     * or later. Messages of one conversation arrive in the order of the calls.
     *
     * @param content what to say
     * @return the receipt
     * @throws IllegalArgumentException if the content is of a type from {@link Content#FIRST_OWN} on
     * @throws OutboxFullException if too much waits already
     * @throws KeysRefusedException if the keys that the server gives for the peer are not taken; as an
     *     {@link IdentityChangedException} if their identity is another one and nobody has accepted it
     * @throws ClosedException if the client was closed
     */
    Receipt send(Content content) throws OutboxFullException, KeysRefusedException, ClosedException;

    /**
     * Sends text.
     *
     * @param text well-formed, at most 64 KiB as UTF-8
     * @return the receipt
     * @throws IllegalArgumentException if it is too long or not well-formed
     * @throws OutboxFullException if too much waits already
     * @throws KeysRefusedException if the keys that the server gives for the peer are not taken; as an
     *     {@link IdentityChangedException} if their identity is another one and nobody has accepted it
     * @throws ClosedException if the client was closed
     */
    default Receipt sendText(String text) throws OutboxFullException, KeysRefusedException, ClosedException {
        return send(Content.text(text));
    }

    /**
     * Reads a page of history. What this device holds is read from its own store; while online, what the server has beyond
     * that is fetched and opened first. If the server does not give it, because it leaves a position out, refuses or does not answer,
     * the page says where ({@link HistoryPage#gap}), and shows what this device holds. Reading from the end counts as opening the
     * conversation: a message whose epoch header the server did not give is asked for once more, at most once a minute
     * (ENVELOPE.md, section 9.3).
     *
     * @param before the position that the page ends in front of; anything beyond the last message reads from the end, and so
     *     does {@link Position#NONE}
     * @param limit the most messages wanted, 1 to 256
     * @return the page, oldest first
     * @throws PychatException if a store fails, or the client was closed
     * @throws InterruptedException if the calling thread is interrupted while it waits
     */
    HistoryPage history(Position before, int limit) throws PychatException, InterruptedException;

    /**
     * What was sent and not accepted yet, by this process or by one before it over the same stores. To show it behind the history,
     * read the history first.
     *
     * @return what waits
     * @throws PychatException if the client was closed
     * @throws InterruptedException if the calling thread is interrupted while it waits
     */
    Pending pending() throws PychatException, InterruptedException;

    /**
     * Up to where the account has read, as far as the server has told.
     *
     * @return the read marker; {@link Position#NONE} for nothing
     */
    Position readMarker();

    /**
     * How many of the peer's messages lie beyond the read marker, as far as the server has told.
     *
     * @return the count
     */
    long unread();

    /**
     * Moves the read marker forward; one that is further already stays. It returns at once; offline, it moves when the
     * connection is back.
     *
     * @param upTo up to where everything is read
     * @throws ClosedException if the client was closed
     */
    void markRead(Position upTo) throws ClosedException;

    /**
     * What this account holds of the peer's identity. While online the server is asked first, so that a change is known; a first
     * contact is made by it. Offline it is what this device holds.
     *
     * @return the accepted identity, and another one that waits for a decision
     * @throws ServerUnreachableException if this device knows nothing of the peer, and there is no connection
     * @throws KeysRefusedException if it knows nothing of the peer, and the keys that the server gives are not taken
     * @throws PychatException if a store fails, the server does not answer, or the client was closed
     * @throws InterruptedException if the calling thread is interrupted while it waits
     */
    PeerIdentity identity() throws PychatException, InterruptedException;

    /**
     * Marks the peer as verified: the two people have compared their safety numbers over another channel, and they are equal. Works
     * offline, too. When this returns this device keeps it, and so does the account's vault, from which other devices have it; or else
     * listeners were told in a notice that the vault does not yet, and it goes there when the server is reached again.
     *
     * @param compared the number that was compared
     * @throws SafetyNumberDiffersException if it is not the number of the accepted identity
     * @throws IdentityChangedException if another identity waits for a decision
     * @throws PychatException if a store fails, or the client was closed
     * @throws InterruptedException if the calling thread is interrupted while it waits
     */
    void verify(SafetyNumber compared) throws PychatException, InterruptedException;

    /**
     * Takes the mark of {@link #verify} away. Where that stands when this returns is as with {@link #verify}.
     *
     * @throws PychatException if a store fails, or the client was closed
     * @throws InterruptedException if the calling thread is interrupted while it waits
     */
    void unverify() throws PychatException, InterruptedException;

    /**
     * Accepts another identity of the peer: the one that the person has seen, and no other. From the first message on that it sealed
     * it counts for the peer; the former one opens nothing that comes later. The mark of {@link #verify} is taken away. What waits
     * in the outbox is sealed anew for it and sent; messages of it that could not be opened open by themselves, and listeners are told
     * ({@link MessageListener#onOpenedLate}). When this returns they have been opened, unless the server was slow or could not be read.
     * Whether the account's vault has it then is as with {@link #verify}.
     *
     * @param seen the fingerprint as it stood in the {@link IdentityChange}
     * @throws IdentityChangedException if that is not what the server gives for the peer now, because it has changed once more or was
     *     taken back; nothing was accepted
     * @throws KeysRefusedException if the keys of that identity can't be taken for another reason
     * @throws ServerUnreachableException if there is no connection
     * @throws PychatException if a store fails, the server does not answer, or the client was closed; whether it was accepted,
     *     {@link #identity} says
     * @throws InterruptedException if the calling thread is interrupted while it waits
     */
    void acceptIdentity(Fingerprint seen) throws PychatException, InterruptedException;

    /**
     * Accepts that the peer's keys offer a weaker suite than before ({@link PeerIdentity#suite}), which is refused as {@code
     * SUITE_LOWERED} until then. What waits in the outbox is sent. Whether the account's vault has it when this returns is as with {@link #verify}.
     *
     * @param seen the suite that the person was told of; nothing weaker is accepted
     * @throws KeysRefusedException if the server gives a still weaker one, or keys that can't be taken for another reason
     * @throws RefusedException with the code {@code no_change} if there is nothing to accept
     * @throws ServerUnreachableException if there is no connection
     * @throws PychatException if a store fails, the server does not answer, or the client was closed
     * @throws InterruptedException if the calling thread is interrupted while it waits
     */
    void acceptSuite(Suite seen) throws PychatException, InterruptedException;

    /**
     * How far the peer has come, by what their own messages say under their signature, and on nobody else's word: up to which
     * position one of their devices held every message, the same as this device, and up to which they had read. A peer who
     * writes nothing says it in a receipt, unless they have switched those off.
     *
     * @return how far; {@link Seen#NOTHING} if no message of theirs has said anything
     * @throws PychatException if the client was closed
     * @throws InterruptedException if the calling thread is interrupted while it waits
     */
    Seen seenByPeer() throws PychatException, InterruptedException;

    /**
     * What both sides say about keeping this history, as this device knows it: the own policy, and the peer's by the newest bundle that
     * this device has seen, or the last epoch of the peer's if that names a later one. While online, {@link #identity} fetches the bundle.
     *
     * @return both policies
     * @throws PychatException if a store fails, or the client was closed
     * @throws InterruptedException if the calling thread is interrupted while it waits
     */
    ConversationPolicy historyPolicy() throws PychatException, InterruptedException;

    /**
     * The runs of messages for whose keys the peer's device has asked and that wait for the person ({@link ClientListener#onRewrapAsked}):
     * of this conversation, with the accepted identity as a party, and answered by no device of this account.
     * The requests stand in the history, so a restart loses none that this device took in the last 7 days, but for those with more than 1,024 messages behind them.
     *
     * @return them, in the order in which they were asked for; at most 64
     * @throws ServerUnreachableException if there is no connection
     * @throws PychatException if a store fails, the server does not answer, or the client was closed
     * @throws InterruptedException if the calling thread is interrupted while it waits
     */
    List<AskedEpoch> asked() throws PychatException, InterruptedException;

    /**
     * Gives the peer's device keys that it has asked for and that wait for the person, sealed to the bundle that the server gives now. What has
     * come to wait since the person looked goes on waiting.
     *
     * @param shown the names of those of {@link #asked} that the person has agreed to; what does not wait is left aside
     * @return how many epochs were given
     * @throws KeysRefusedException if the keys that the server gives for the peer are not taken
     * @throws OutboxFullException if the outbox has no room for them; those that were not given go on waiting
     * @throws ServerUnreachableException if there is no connection
     * @throws PychatException if a store fails, the server does not answer, or the client was closed
     * @throws InterruptedException if the calling thread is interrupted while it waits
     */
    int giveAsked(Set<EpochName> shown) throws PychatException, InterruptedException;

    /**
     * Writes evidence of the conversation, as {@code dev.pychat.audit} reads it: the messages as they were received, epoch headers and
     * key bundles, and epoch secrets if they are to be given. This device keeps no envelopes, so they are asked from the server again;
     * of one that it does not give, or gives otherwise than it did, the file says so. A file holds at most the newest 250,000 messages.
     *
     * <p>The file is not encrypted. Without secrets it tells who wrote when, to whom and how much, as the server knows it.
     *
     * @param out where it goes; it stays the caller's to flush and close, and what was written is no evidence if this fails
     * @param disclosure whether whoever holds the file shall be able to read the messages
     * @return what it holds
     * @throws NoConversationException if nothing was said yet
     * @throws ServerUnreachableException if there is no connection
     * @throws PychatException if a store fails, the server can't be asked, or the client was closed
     * @throws IOException if {@code out} fails
     * @throws InterruptedException if the calling thread is interrupted while it waits
     */
    EvidenceSummary writeEvidence(OutputStream out, Disclosure disclosure)
            throws IOException, PychatException, InterruptedException;

    /**
     * Adds a listener for this conversation.
     *
     * @param listener the listener
     * @return ends it
     */
    Subscription addListener(MessageListener listener);
}
