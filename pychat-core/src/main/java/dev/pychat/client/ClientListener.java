package dev.pychat.client;

import dev.pychat.envelope.Seen;
import dev.pychat.model.Position;
import dev.pychat.model.Username;
import dev.pychat.transport.TrustRefusedException;

/**
 * Is told of everything that happens at a client. Every method does nothing unless it is overridden.
 *
 * <p>All methods are called on {@link ClientOptions#callbackExecutor()}, may call anything, take their time and block; what they
 * throw is logged. {@link #onMessage} and {@link #onOpenedLate} come in their conversation's turn, behind its own listeners and those that were
 * added before: one that blocks holds up this conversation, and no other. All else comes to each listener in the order in which it happened, and
 * one that blocks holds up nobody but itself.
 */
public interface ClientListener {

    /**
     * A message of any conversation; see {@link MessageListener#onMessage(ChatMessage)}, after which it is called.
     *
     * @param message the message
     */
    default void onMessage(ChatMessage message) {}

    /**
     * A message that could not be opened when it came is open now; see {@link MessageListener#onOpenedLate(ChatMessage)}.
     *
     * @param message the message
     */
    default void onOpenedLate(ChatMessage message) {}

    /**
     * The server gives another identity for a peer than the one accepted so far. Nothing is sent to the peer until a person has
     * accepted it ({@link Conversation#acceptIdentity}) or the server gives the former one again. Called once for each new identity
     * that turns up, and at each start while it waits for the person. Unless it is overridden, the change's sentence is a notice.
     *
     * @param change what changed
     */
    default void onIdentityChanged(IdentityChange change) {
        onNotice(change.sentence());
    }

    /**
     * The keys that the server gives for a peer are not taken, for another reason than a changed identity. Nothing is sent to the
     * peer until the server gives others. Unless it is overridden, the sentence is a notice.
     *
     * @param peer whose keys
     * @param refused why
     */
    default void onKeysRefused(Username peer, KeysRefusedException refused) {
        onNotice(String.valueOf(refused.getMessage()));
    }

    /**
     * The peer's device asks for keys of messages that do not open there, and this one does not give them without the person: there are
     * more than 20 in a day, or they are older than a week. {@link Conversation#asked} says which, and {@link Conversation#giveAsked} gives them.
     * Called when there are more, and at each start while some wait. Unless it is overridden, a
     * sentence is a notice.
     *
     * @param peer who asks
     * @param epochs how many runs of messages wait for the decision
     */
    default void onRewrapAsked(Username peer, int epochs) {
        onNotice(peer + "'s device asks for the keys of " + epochs
                + " older runs of messages between the two of you, which are not given" + " without you. Ask " + peer
                + " whether that is right");
    }

    /**
     * What messages said is erased on this device, because the account forgets ({@link dev.pychat.key.HistoryPolicy#forgetAfter}): a
     * program that shows it takes it away. From then on pages of the history have them as {@link ChatMessage#forgotten}.
     *
     * @param peer in the conversation with whom
     * @param upTo everything up to this position is forgotten
     */
    default void onForgotten(Username peer, Position upTo) {}

    /**
     * The peer has come further, by what their own messages say: {@link MessageState#of} says what that is for a message.
     *
     * @param peer in the conversation with whom
     * @param seen how far
     */
    default void onSeen(Username peer, Seen seen) {}

    /**
     * The server told of a conversation's unread messages, or another device has read some.
     *
     * @param entry the conversation as it is now
     */
    default void onMailboxChanged(MailboxEntry entry) {}

    /**
     * The connection's state changed. Calls come one at a time, in order.
     *
     * @param state the new state
     */
    default void onStateChanged(ClientState state) {}

    /**
     * A message that a person or a program has sent will not be stored by the server, or was not taken by this device's own store. Its {@link Receipt}, if it was
     * sent by this client object, fails too.
     *
     * @param peer to whom
     * @param refused why
     */
    default void onRefused(Username peer, RefusedException refused) {}

    /**
     * The server that answered where a lost connection was to be made anew is not trusted: it shows another key than before. Told once
     * until there is a connection again. The client goes on trying, since whoever stands in between may go away.
     *
     * @param refused what the server presented
     */
    default void onTrustRefused(TrustRefusedException refused) {}

    /**
     * Something a person should know that is not about one message, such as a store that fails.
     *
     * @param notice a sentence
     */
    default void onNotice(String notice) {}
}
