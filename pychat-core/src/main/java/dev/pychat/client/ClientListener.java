package dev.pychat.client;

import dev.pychat.model.Username;
import dev.pychat.transport.TrustRefusedException;

/**
 * Is told of everything that happens at a client. Every method does nothing unless it is overridden.
 *
 * <p>All methods are called on {@link ClientOptions#callbackExecutor()}, may call anything and take their time; what they
 * throw is logged.
 */
public interface ClientListener {

    /**
     * A message of any conversation; see {@link MessageListener#onMessage(ChatMessage)}, after which it is called.
     *
     * @param message the message
     */
    default void onMessage(ChatMessage message) {}

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
     * A message will not be stored by the server, or was not taken by this device's own store. Its {@link Receipt}, if it was
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
     * Something a person should know that is not about one message: a changed identity of a peer, a store that fails.
     *
     * @param notice a sentence
     */
    default void onNotice(String notice) {}
}
