package dev.pychat.client;

import dev.pychat.crypto.open.PasswordCost;
import dev.pychat.crypto.secret.Passphrase;
import dev.pychat.crypto.secret.PasswordKeys;
import dev.pychat.crypto.secret.SecretBytes;
import dev.pychat.keyring.Keyring;
import dev.pychat.keyring.KeyringHeader;
import dev.pychat.model.Bytes;
import dev.pychat.model.PychatException;
import dev.pychat.model.Realm;
import dev.pychat.model.Username;
import dev.pychat.store.KeyringStore;
import dev.pychat.store.LocalAccount;
import dev.pychat.store.StoreException;
import dev.pychat.store.VersionedBytes;
import dev.pychat.wire.ClientFrame;
import dev.pychat.wire.Credential;
import dev.pychat.wire.KdfCost;
import dev.pychat.wire.ServerFrame;
import dev.pychat.wire.Session;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongFunction;

/**
 * What signing up and logging in have in common: one account of one realm, the connection, and the step from a session to an
 * account. The passphrase is stretched here and never leaves. On the caller's thread, which waits.
 */
final class Entrance {

    /** Gives a connection that has greeted and that nobody has logged in on: the present one, or a new one if that is gone. */
    interface Connections {
        Connector.Greeted greeted() throws PychatException, InterruptedException;
    }

    /** Asks for the session, with what the passphrase has become. */
    interface Knock {
        Session ask(Keyring keyring) throws PychatException, InterruptedException;
    }

    private final ClientOptions options;
    private final Listeners listeners;
    private final Connections connections;
    private final Realm realm;
    private final Username user;
    private final KeyringFiles files;
    private Link link;

    Entrance(ClientOptions options, Listeners listeners, Connections connections, Username user)
            throws PychatException, InterruptedException {
        Connector.Greeted greeted = connections.greeted();
        this.options = options;
        this.listeners = listeners;
        this.connections = connections;
        this.link = greeted.link();
        this.realm = greeted.realm();
        this.user = user;
        this.files = new KeyringFiles(options.stores().keyrings(), new LocalAccount(realm, user), options.random());
    }

    ClientOptions options() {
        return options;
    }

    Username user() {
        return user;
    }

    Realm realm() {
        return realm;
    }

    KeyringFiles files() {
        return files;
    }

    /** The connection that was used last. */
    Link link() {
        return link;
    }

    /** A realm is pinned with the first keys: a server that shows another one gets nothing made of the passphrase. */
    void requireTheSameRealm() throws PychatException {
        KeyringStore keyrings = options.stores().keyrings();
        for (LocalAccount account : keyrings.accounts()) {
            boolean elsewhere = account.user().equals(user) && !account.realm().equals(realm);
            if (elsewhere && holdsKeys(keyrings, account)) {
                throw new RefusedException(
                        "other_realm",
                        "this device holds keys of " + user + " on another server: its realm is " + account.realm()
                                + ", the one of this server is " + realm + ". The passphrase was not used. For an"
                                + " account of the same name on another server keep another place on this device");
            }
        }
    }

    private static boolean holdsKeys(KeyringStore keyrings, LocalAccount account) throws StoreException {
        Optional<VersionedBytes> stored = keyrings.load(account);
        return stored.isPresent() && !stored.get().value().isEmpty();
    }

    PasswordKeys derive(Passphrase passphrase, KeyringHeader header) throws RefusedException, InterruptedException {
        return Stretching.keys(passphrase, header);
    }

    /** Stretching a passphrase and making keys may take longer than the server keeps a connection that has no session. */
    void connectAgainIfGone() throws PychatException, InterruptedException {
        Connector.Greeted greeted = connections.greeted();
        if (!greeted.realm().equals(realm)) {
            throw Connector.otherRealm();
        }
        link = greeted.link();
    }

    /**
     * Gets the session and makes the account of it, whose bundle is published and whose vault is there when this returns. Takes the
     * keyring over; if it fails, no secret stays behind.
     */
    Account enter(Keyring keyring, Secrets keys, Knock knock) throws PychatException, InterruptedException {
        OwnKeys own = new OwnKeys(options, files, keyring, keys);
        Account account = null;
        boolean entered = false;
        try {
            connectAgainIfGone();
            Credential token = knock.ask(keyring).token();
            if (files.holdsBoth()) {
                own.settle();
            }
            account = new Account(options, listeners, own, token);
            Answers.get(account.upkeep().run(link), options.requestTimeout());
            entered = true;
            return account;
        } finally {
            if (!entered && account != null) {
                account.close(CompletableFuture.completedFuture(null));
            } else if (!entered) {
                own.close();
            }
        }
    }

    <T extends ServerFrame> T ask(Class<T> reply, LongFunction<? extends ClientFrame.Request> request)
            throws PychatException, InterruptedException {
        return Answers.get(link.ask(reply, request), options.requestTimeout());
    }

    static Credential credential(SecretBytes secret) {
        return new Credential(secret.reveal(Bytes::copyOf));
    }

    static KdfCost told(PasswordCost cost) {
        return new KdfCost(cost.memoryKiB(), cost.iterations(), cost.parallelism());
    }
}
