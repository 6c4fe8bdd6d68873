package dev.pychat.client;

import dev.pychat.crypto.secret.Passphrase;
import dev.pychat.key.HistoryPolicy;
import dev.pychat.model.PychatException;
import dev.pychat.model.Realm;
import dev.pychat.model.Username;
import dev.pychat.store.UserPage;
import dev.pychat.wire.InboxPage;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * A client: connects to one server, signs up or logs in one account, and holds its conversations. From then on it keeps
 * connected, gets a lost connection back by itself, sends what waits and fetches what was missed.
 *
 * <p>Thread-safe. Calls that wait for the server block the calling thread, honour its interruption, and throw what went wrong
 * as a subtype of {@link PychatException} whose message is a sentence that can be shown; interrupted or timed out, what was asked may still
 * happen, with copies of the secrets that were given: those may be closed at once. Clients of one process share a few daemon
 * threads, all named {@code pychat-*}. From Java 21 on no client has a platform thread of its own; before, each has one that reads, and now and
 * then one that writes and two that wait for the server.
 */
public final class ChatClient implements AutoCloseable {

    private final ClientOptions options;
    private final Listeners listeners;
    private final OutboxBudget budget = new OutboxBudget();
    private final Engine engine;
    private final SignIn signIn;
    private final Backups backups;

    private ChatClient(ClientOptions options) {
        this.options = options;
        this.listeners = new Listeners(options.callbackExecutor());
        this.engine = new Engine(options, listeners, budget);
        this.signIn = new SignIn(options, listeners, engine, budget);
        this.backups = new Backups(options, engine, signIn);
    }

    /**
     * Connects to a server.
     *
     * @param options how the client works
     * @return the connected client, which nobody has logged in with yet
     * @throws PychatException if there is no connection: a {@link dev.pychat.transport.TransportException}, among them
     *     {@link dev.pychat.transport.TrustRefusedException} with what the server presented
     * @throws InterruptedException if the calling thread is interrupted while it waits
     */
    public static ChatClient connect(ClientOptions options) throws PychatException, InterruptedException {
        ChatClient client = new ChatClient(options);
        try {
            client.engine.greeted();
            return client;
        } catch (PychatException e) {
            client.engine.close("there was no connection");
            throw Answers.forCaller(e);
        } catch (InterruptedException e) {
            client.engine.close("there was no connection");
            throw e;
        }
    }

    /**
     * Makes a new account and logs in with it. Its keys are made here and stored in this device's keyring store, sealed under the
     * passphrase, before anything is published. If it fails because the connection was lost, asking again with the same
     * passphrase goes on where it stopped.
     *
     * @param user the name
     * @param passphrase the passphrase, which stays the caller's to close
     * @throws NameTakenException if the name belongs to somebody, or this device holds keys for it already
     * @throws PychatException if it fails in another way; the client stays usable for another try
     * @throws InterruptedException if the calling thread is interrupted while it waits
     * @throws IllegalStateException if an account is logged in already
     */
    public void signUp(Username user, Passphrase passphrase) throws PychatException, InterruptedException {
        signIn.enter(user, entrance -> new SigningUp(entrance).signUp(passphrase));
    }

    /**
     * Logs in to an account whose keys this device holds.
     *
     * @param user the name
     * @param passphrase the passphrase, which stays the caller's to close
     * @throws BadCredentialsException if there is no account with this name and passphrase
     * @throws KeysNotHereException if there is, and its keys are not on this device
     * @throws RecoverySecretException if this device is new to it and it has a recovery secret: {@link Recovery#logIn}
     * @throws KdfChangedException if the server names another salt or cost for the passphrase than this device knows
     * @throws PychatException if it fails in another way; the client stays usable for another try
     * @throws InterruptedException if the calling thread is interrupted while it waits
     * @throws IllegalStateException if an account is logged in already
     */
    public void logIn(Username user, Passphrase passphrase) throws PychatException, InterruptedException {
        signIn.enter(user, entrance -> new LoggingIn(entrance).logIn(passphrase));
    }

    /**
     * Logs in on a device that knows the account under an earlier passphrase, after the passphrase was changed on another device. The
     * earlier one opens what this device holds; the server's new salt and cost are taken if the cost is acceptable and the vault
     * under the new passphrase is that of the same account. If that vault is older than one that this device has seen, listeners are
     * told, and a newer one with everything that this device knows is put on top.
     *
     * @param user the name
     * @param before the passphrase that this device was used with last, which stays the caller's to close
     * @param now the present one, which stays the caller's to close
     * @throws BadCredentialsException if one of the two is wrong
     * @throws KdfChangedException if the cost is not acceptable, or the vault is not the account's; then nothing has changed here
     * @throws PychatException if it fails in another way; the client stays usable for another try
     * @throws InterruptedException if the calling thread is interrupted while it waits
     * @throws IllegalStateException if an account is logged in already
     */
    public void logInAfterChange(Username user, Passphrase before, Passphrase now)
            throws PychatException, InterruptedException {
        signIn.enter(user, entrance -> new LoggingIn(entrance).logInAfterChange(before, now));
    }

    /**
     * The recovery secret of the account, and the ways in with one.
     *
     * @return what sets and uses it
     */
    public Recovery recovery() {
        return new Recovery(options, engine, signIn);
    }

    /**
     * The devices of the account.
     *
     * @return what lists and removes them
     */
    public Devices devices() {
        return new Devices(options, engine);
    }

    /**
     * Whom the account takes no messages from.
     *
     * @return what blocks and unblocks
     */
    public Blocking blocking() {
        return new Blocking(options, engine);
    }

    /**
     * What those it talks to are told of what the account has got and read.
     *
     * @return what switches it on and off
     */
    public Receipts receipts() {
        return new Receipts(options, engine);
    }

    /**
     * Backups of the account, and log-in with one.
     *
     * @return what makes and reads them
     */
    public Backups backups() {
        return backups;
    }

    /**
     * Who is logged in.
     *
     * @return the account's name; empty before sign-up and log-in
     */
    public Optional<Username> user() {
        return engine.account().map(Account::user);
    }

    /**
     * The server's realm, under which everything of this server is kept.
     *
     * @return the realm, as the server told it when it greeted
     */
    public Realm realm() {
        return engine.realm().orElseThrow();
    }

    /**
     * Lists users of the server in the order of their names.
     *
     * @param prefix how the names begin; empty for all
     * @param after the last name of the page before; empty for the first page
     * @param limit the most names wanted, 1 to 250
     * @return the page
     * @throws RefusedException if this server does not list its users, or nobody is logged in
     * @throws PychatException if the server can't be asked
     * @throws InterruptedException if the calling thread is interrupted while it waits
     */
    public UserPage users(String prefix, String after, int limit) throws PychatException, InterruptedException {
        return new UserLookup(engine.link(), options).list(prefix, after, limit);
    }

    /**
     * Asks the server for all conversations of the account.
     *
     * @return one entry for each peer, in the order of the names
     * @throws NotLoggedInException if nobody is logged in
     * @throws RefusedException if the server's answers have no order, or no end within 100,000 conversations
     * @throws PychatException if the server can't be asked
     * @throws InterruptedException if the calling thread is interrupted while it waits
     */
    public List<MailboxEntry> mailbox() throws PychatException, InterruptedException {
        chats();
        return new MailboxReading().all(page -> answer(engine.link().ask(InboxPage.class, page)));
    }

    /**
     * The conversation with a peer. Offline, the name is not checked, and what is sent to nobody is refused later.
     *
     * @param peer the other party
     * @return the conversation
     * @throws UnknownUserException if the server knows nobody of that name
     * @throws NoConversationException if {@code peer} is the account's own name
     * @throws NotLoggedInException if nobody is logged in
     * @throws PychatException if the server does not answer
     * @throws InterruptedException if the calling thread is interrupted while it waits
     */
    public Conversation conversation(Username peer) throws PychatException, InterruptedException {
        Chats chats = chats();
        if (user().filter(peer::equals).isPresent()) {
            throw new NoConversationException("you can't talk to yourself");
        }
        if (!chats.knows(peer) && engine.state() instanceof ClientState.Online) {
            new UserLookup(engine.link(), options).require(peer);
        }
        return new ChatConversation(chats.of(peer), options, engine);
    }

    /**
     * Changes the passphrase, and the wrapping key with it. The server replaces how a log-in is checked and the vault in one step;
     * every other device of the account has to log in anew, with the new passphrase. If the answer is lost, this device keeps both
     * states, and the next log-in finds out which passphrase counts.
     *
     * @param present the present passphrase, which stays the caller's to close
     * @param next the new one, which stays the caller's to close
     * @throws BadCredentialsException if {@code present} is not the present passphrase; then nothing has changed
     * @throws NotLoggedInException if nobody is logged in
     * @throws PychatException if the server can't be asked or refuses
     * @throws InterruptedException if the calling thread is interrupted while it waits
     */
    public void changePassphrase(Passphrase present, Passphrase next) throws PychatException, InterruptedException {
        ask((account, link) -> account.upkeep().change(link, present, next, false));
    }

    /**
     * Makes a new identity, a new wrapping key and a new passphrase, for an account of which a device was stolen. Peers stop sending
     * until they have accepted the new identity; what was written before stays readable to this account's devices.
     *
     * @param present the present passphrase, which stays the caller's to close
     * @param next the new one, which stays the caller's to close
     * @throws BadCredentialsException if {@code present} is not the present passphrase; then nothing has changed
     * @throws NotLoggedInException if nobody is logged in
     * @throws PychatException if the server can't be asked or refuses
     * @throws InterruptedException if the calling thread is interrupted while it waits
     */
    public void resetIdentity(Passphrase present, Passphrase next) throws PychatException, InterruptedException {
        Chats all = chats();
        ask((account, link) ->
                account.upkeep().change(link, present, next, true).thenRun(all::identityRenewed));
    }

    /**
     * Deletes the account: at the server its log-in, vault, keys and read markers, and on this device its keys, without which what is
     * kept here can't be read any more. Conversations stay with the other parties. The name is free for nobody else for a time that
     * the server sets, 30 days by default; whoever has it after that is shown the sealed messages of this account's conversations, with their
     * times and sizes ({@code PROTOCOL.md}, section 5.3). The client is closed when this returns.
     *
     * @param present the passphrase, which stays the caller's to close
     * @throws BadCredentialsException if it is not the account's; then nothing has changed
     * @throws NotLoggedInException if nobody is logged in
     * @throws PychatException if the server can't be asked or refuses
     * @throws InterruptedException if the calling thread is interrupted while it waits
     */
    public void deleteAccount(Passphrase present) throws PychatException, InterruptedException {
        ask((account, link) -> account.upkeep().delete(link, present));
        engine.close("the account was deleted");
    }

    private interface Asking {
        CompletableFuture<Void> ask(Account account, Link link);
    }

    private void ask(Asking asking) throws PychatException, InterruptedException {
        answer(asking.ask(engine.requireAccount(), engine.link()));
    }

    /**
     * Makes a new wrapping key now, as the client does by itself after {@link ClientOptions#keyRotation}. It is on this device's disk
     * first, then in the vault, and published last; the keys before stay, so that history opens. Of more than
     * {@link dev.pychat.keyring.Keyring#MAX_WRAPPING_KEYS} the oldest gives way, of which a person is told long before
     * ({@link ClientListener#onNotice}).
     *
     * @throws RefusedException if this device was removed from the account (ENVELOPE.md, section 5.4)
     * @throws NotLoggedInException if nobody is logged in
     * @throws PychatException if the server can't be asked or the vault can't be read; what was made is published later
     * @throws InterruptedException if the calling thread is interrupted while it waits
     */
    public void rotateKeys() throws PychatException, InterruptedException {
        ask((account, link) -> account.upkeep().rotate(link));
    }

    /**
     * Whether the account keeps its history, as its last bundle says that this device knows.
     *
     * @return the policy, {@link HistoryPolicy#KEEP} unless it was changed
     * @throws NotLoggedInException if nobody is logged in
     * @throws ClosedException if the client was closed
     */
    public HistoryPolicy historyPolicy() throws NotLoggedInException, ClosedException {
        return engine.requireAccount().keyring().historyPolicy();
    }

    /**
     * Changes the account's history policy, for all its devices: makes new keys, reseals the vault and publishes the bundle that states it.
     * What is old by the new policy is erased from this device at once. What a device made while the account forgot never enters a vault,
     * also when it keeps again. {@link HistoryPolicy} says what it can do and what it can't.
     *
     * @param policy the policy from now on
     * @throws RefusedException if this device was removed from the account (section 5.4), or another device publishes another policy at the same
     *     time, again and again
     * @throws NotLoggedInException if nobody is logged in
     * @throws PychatException if the server can't be asked or the vault can't be read; what was made is published later
     * @throws InterruptedException if the calling thread is interrupted while it waits
     */
    public void changeHistoryPolicy(HistoryPolicy policy) throws PychatException, InterruptedException {
        Chats all = chats();
        ask((account, link) -> account.upkeep().changePolicy(link, policy).thenRun(all::forget));
    }

    /**
     * Adds a listener for everything that happens.
     *
     * @param listener the listener
     * @return ends it
     */
    public Subscription addListener(ClientListener listener) {
        return listeners.add(listener);
    }

    /**
     * What the connection is doing.
     *
     * @return the state now
     */
    public ClientState state() {
        return engine.state();
    }

    /**
     * Waits until the server has accepted or refused everything that was sent, in all conversations.
     *
     * @param timeout how long to wait at most
     * @return whether nothing is left, of what a process before this one left over the same stores neither
     * @throws ClosedException if the client was closed, or is before everything is accepted
     * @throws InterruptedException if the calling thread is interrupted while it waits
     */
    public boolean awaitAccepted(Duration timeout) throws ClosedException, InterruptedException {
        engine.requireOpen();
        return budget.awaitEmpty(timeout);
    }

    /**
     * What was sent and not accepted yet, by this process or by one before it over the same stores.
     *
     * @return what waits for each peer, in the order of the names; a peer whose conversation has an obstacle comes with no messages
     *     if none are known
     * @throws PychatException if nobody is logged in, or the client was closed
     * @throws InterruptedException if the calling thread is interrupted while it waits
     */
    public List<Pending> pending() throws PychatException, InterruptedException {
        return answer(chats().pending());
    }

    /**
     * Disconnects for good. Waits at most four seconds; receipts that are still open complete as unknown with
     * {@link ClosedException}, and what they stand for stays in the outbox for the next client over the same stores. Later calls
     * of anything else throw {@link ClosedException}. Idempotent; may be called from a listener.
     */
    @Override
    public void close() {
        engine.close("the program closed it");
    }

    private Chats chats() throws NotLoggedInException, ClosedException {
        engine.requireOpen();
        return engine.chats().orElseThrow(() -> new NotLoggedInException("log in or sign up first"));
    }

    private <T> T answer(CompletableFuture<T> asked) throws PychatException, InterruptedException {
        try {
            return Answers.get(asked, options.requestTimeout());
        } catch (FailureException e) {
            throw e.asRefused();
        }
    }
}
