package dev.pychat.client;

import dev.pychat.model.PychatException;

/**
 * Whether the account tells those it talks to how far it has come: what its devices hold, and what the person has read
 * ({@link Conversation#markRead}). It is on unless somebody has switched it off.
 *
 * <p>On, both go along with every message, and alone, as a message that nobody is shown, when there was none for
 * {@link ClientOptions#receiptDelay}. Off, nothing is sent alone, and no message says what was read. What a message that the person
 * writes still says is up to where its device held the conversation: that is how a peer finds out that a server has lied (ENVELOPE.md,
 * section 8), so whoever answers is known to have got what came before. What was told before stays told.
 *
 * <p>It is one setting for all devices of the account, kept in its vault. A device that is online follows within seconds; one that is not
 * follows when it has connected, and sends no receipt alone before that.
 *
 * <p>Thread-safe.
 */
public final class Receipts {

    private final ClientOptions options;
    private final Engine engine;

    Receipts(ClientOptions options, Engine engine) {
        this.options = options;
        this.engine = engine;
    }

    /**
     * Whether they are sent, as far as this device knows.
     *
     * @return true unless they were switched off
     * @throws NotLoggedInException if nobody is logged in
     * @throws PychatException if the store fails, or the client was closed
     */
    public boolean areSent() throws PychatException {
        return engine.requireAccount().settings().receipts();
    }

    /**
     * Switches them on or off, for all devices of the account. Works offline, too: when this returns this device keeps it, and so does
     * the account's vault, from which other devices have it; or else listeners were told in a notice that the vault does not yet, and
     * it goes there when the server is reached again. Of two devices that change it unknown to each other, the one that was changed
     * more often wins, and else the one that says off.
     *
     * @param sent whether they are sent from now on
     * @throws NotLoggedInException if nobody is logged in
     * @throws PychatException if the store fails, or the client was closed
     * @throws InterruptedException if the calling thread is interrupted while it waits
     */
    public void send(boolean sent) throws PychatException, InterruptedException {
        Account account = engine.requireAccount();
        account.serverWord().set(before -> before.withReceipts(sent));
        engine.chats().ifPresent(Chats::receiptsChanged);
        Answers.get(
                account.upkeep()
                        .decided(
                                "what you have set for receipts",
                                options.requestTimeout().dividedBy(2)),
                options.requestTimeout());
    }
}
