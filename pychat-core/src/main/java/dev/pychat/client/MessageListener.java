package dev.pychat.client;

/** Is told of the messages of one conversation. */
@FunctionalInterface
public interface MessageListener {

    /**
     * A message that this device has not held before was opened and stored: one by the peer, or one of this account's own,
     * from this or another device, after the server accepted it. Called once for each, in the order of positions, one at a
     * time for each conversation, on {@link ClientOptions#callbackExecutor()}. It may call anything and take its time: only this
     * conversation waits, and of what waits in all conversations of a client at most 8 MiB are held; the rest is read from this device's
     * store when its turn comes. What it throws is logged.
     *
     * @param message the message
     */
    void onMessage(ChatMessage message);

    /**
     * A message that could not be opened when {@link #onMessage} was told of it is open now, or something else stands in the way
     * of it: the person has accepted the identity that sealed it, or a key has arrived. Called in the order of positions, in turn with
     * the other method.
     *
     * @param message the message as it is now
     */
    default void onOpenedLate(ChatMessage message) {}
}
