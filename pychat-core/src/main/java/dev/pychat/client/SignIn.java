package dev.pychat.client;

import dev.pychat.crypto.open.PasswordCost;
import dev.pychat.crypto.secret.Passphrase;
import dev.pychat.crypto.secret.PasswordKeys;
import dev.pychat.crypto.secret.SecretBytes;
import dev.pychat.keyring.Keyring;
import dev.pychat.keyring.KeyringHeader;
import dev.pychat.keyring.UnreadableException;
import dev.pychat.model.Bytes;
import dev.pychat.model.DeviceId;
import dev.pychat.model.PychatException;
import dev.pychat.model.Realm;
import dev.pychat.model.Username;
import dev.pychat.store.LocalAccount;
import dev.pychat.store.StoreException;
import dev.pychat.wire.ClientFrame;
import dev.pychat.wire.Credential;
import dev.pychat.wire.ErrorCode;
import dev.pychat.wire.KdfCost;
import dev.pychat.wire.LogIn;
import dev.pychat.wire.LogOut;
import dev.pychat.wire.Ok;
import dev.pychat.wire.PasswordSalt;
import dev.pychat.wire.PasswordSaltIs;
import dev.pychat.wire.ServerFrame;
import dev.pychat.wire.Session;
import dev.pychat.wire.SignUp;
import java.util.Optional;
import java.util.function.LongFunction;

/**
 * Sign-up and log-in over one connection. The passphrase is stretched here and never leaves. On the caller's thread, which
 * waits.
 */
final class SignIn {

    /** Gives a connection that has greeted and that nobody has logged in on: the present one, or a new one if that is gone. */
    interface Connections {
        Connector.Greeted greeted() throws PychatException, InterruptedException;
    }

    private final ClientOptions options;
    private final Connections connections;
    private final Realm realm;
    private final Username user;
    private final KeyringFiles files;
    private Link link;

    SignIn(ClientOptions options, Connections connections, Username user) throws PychatException, InterruptedException {
        Connector.Greeted greeted = connections.greeted();
        this.options = options;
        this.connections = connections;
        this.link = greeted.link();
        this.realm = greeted.realm();
        this.user = user;
        this.files = new KeyringFiles(options.stores().keyrings(), new LocalAccount(realm, user), options.random());
    }

    /** The connection that was used last. */
    Link link() {
        return link;
    }

    /** Stretching a passphrase and making keys may take longer than the server keeps a connection that has no session. */
    private void connectAgainIfGone() throws PychatException, InterruptedException {
        Connector.Greeted greeted = connections.greeted();
        if (!greeted.realm().equals(realm)) {
            throw Connector.otherRealm();
        }
        link = greeted.link();
    }

    /**
     * Signs up. The keyring is stored first, without a bundle: whoever is interrupted here and asks again with the same
     * passphrase goes on with the same keys and the same attempt, which the server knows again.
     */
    Account signUp(Passphrase passphrase) throws PychatException, InterruptedException {
        Optional<Bytes> stored = files.load();
        KeyringHeader header = stored.isPresent()
                ? KeyringHeader.read(stored.get())
                : new KeyringHeader(realm, user, PasswordKeys.newSalt(options.random()), options.passwordCost());
        try (PasswordKeys keys = derive(passphrase, header)) {
            Keyring keyring = stored.isPresent() ? pending(stored.get(), keys) : create(header, keys);
            Session session;
            try {
                connectAgainIfGone();
                session = ask(Session.class, id -> signUp(id, keyring, keys));
            } catch (FailureException e) {
                keyring.close();
                throw refusedSignUp(e);
            }
            return account(keyring, keys, session);
        }
    }

    private Keyring create(KeyringHeader header, PasswordKeys keys) throws StoreException {
        Keyring keyring =
                Keyring.create(header, options.keySource(), options.clock().instant(), options.random());
        files.save(keyring, keys.vaultKey());
        return keyring;
    }

    private Keyring pending(Bytes stored, PasswordKeys keys) throws PychatException {
        Keyring keyring;
        try {
            keyring = Keyring.open(keys.vaultKey(), stored, options.keySource().policy());
        } catch (UnreadableException e) {
            if (e.reason() != UnreadableException.Reason.WRONG_KEY) {
                throw e;
            }
            throw new NameTakenException(
                    "this device holds keys of " + user + " already, under another passphrase: log in with that one");
        }
        if (keyring.bundle().isPresent()) {
            keyring.close();
            throw new NameTakenException(user + " has signed up from this device already: log in");
        }
        return keyring;
    }

    private SignUp signUp(long id, Keyring keyring, PasswordKeys keys) {
        KeyringHeader header = keyring.header();
        PasswordCost cost = header.cost();
        KdfCost kdf = new KdfCost(cost.memoryKiB(), cost.iterations(), cost.parallelism());
        Bytes attempt = keyring.device().value();
        return new SignUp(id, user, attempt, header.salt(), kdf, keyring.device(), credential(keys.loginSecret()));
    }

    private PychatException refusedSignUp(FailureException e) throws StoreException {
        if (e.code() == ErrorCode.NAME_TAKEN) {
            files.discard();
            return new NameTakenException("the user name " + user + " is taken");
        }
        return e;
    }

    /** Logs in with the keys that this device holds; without them it only finds out whether the passphrase is right. */
    Account logIn(Passphrase passphrase) throws PychatException, InterruptedException {
        PasswordSaltIs told = ask(PasswordSaltIs.class, id -> new PasswordSalt(id, user));
        KeyringHeader server = new KeyringHeader(realm, user, told.salt(), cost(told.kdf()));
        Optional<Bytes> stored = files.load();
        if (stored.isEmpty()) {
            throw withoutKeys(passphrase, server);
        }
        KeyringHeader known = KeyringHeader.read(stored.get());
        if (!known.salt().equals(server.salt()) || !known.cost().equals(server.cost())) {
            throw new KdfChangedException("the server names another salt or cost for " + user
                    + "'s passphrase than this device knows; the passphrase was not used. Ask whoever runs the server");
        }
        try (PasswordKeys keys = derive(passphrase, known)) {
            Keyring keyring = open(stored.get(), keys);
            Session session;
            try {
                connectAgainIfGone();
                session = ask(Session.class, id -> logIn(id, keyring.device(), keys.loginSecret()));
            } catch (FailureException e) {
                keyring.close();
                throw badCredentials(e);
            }
            return account(keyring, keys, session);
        }
    }

    private Keyring open(Bytes stored, PasswordKeys keys) throws PychatException {
        try {
            return Keyring.open(keys.vaultKey(), stored, options.keySource().policy());
        } catch (UnreadableException e) {
            throw e.reason() == UnreadableException.Reason.WRONG_KEY ? wrongPair() : e;
        }
    }

    private PychatException withoutKeys(Passphrase passphrase, KeyringHeader server)
            throws PychatException, InterruptedException {
        try (PasswordKeys keys = derive(passphrase, server)) {
            DeviceId nobody = DeviceId.random(options.random());
            connectAgainIfGone();
            ask(Session.class, id -> logIn(id, nobody, keys.loginSecret()));
        } catch (FailureException e) {
            return badCredentials(e);
        }
        ask(Ok.class, LogOut::new);
        return new KeysNotHereException("this device does not hold " + user + "'s keys");
    }

    private Account account(Keyring opened, PasswordKeys keys, Session session)
            throws PychatException, InterruptedException {
        OwnBundle own = new OwnBundle(options, link, files);
        Keyring keyring = own.publish(opened, keys.vaultKey());
        SecretBytes loginSecret = keys.loginSecret().copy();
        return new Account(options, keyring, own.checked(keyring), loginSecret, session.token());
    }

    private PasswordCost cost(KdfCost told) throws KdfChangedException {
        PasswordCost cost;
        try {
            cost = new PasswordCost(told.memory(), told.passes(), told.lanes());
        } catch (IllegalArgumentException e) {
            throw new KdfChangedException("the server names a cost that is not acceptable: " + e.getMessage());
        }
        if (!cost.atLeast(options.passwordFloor())) {
            throw new KdfChangedException("the server names the cost " + cost + " for the passphrase, the least that is"
                    + " accepted is " + options.passwordFloor() + "; the passphrase was not used");
        }
        return cost;
    }

    private PasswordKeys derive(Passphrase passphrase, KeyringHeader header) throws InterruptedException {
        return PasswordKeys.derive(passphrase, realm, user, header.salt(), header.cost());
    }

    private LogIn logIn(long id, DeviceId device, SecretBytes secret) {
        return new LogIn(id, user, device, credential(secret));
    }

    static Credential credential(SecretBytes secret) {
        return new Credential(secret.reveal(Bytes::copyOf));
    }

    private PychatException badCredentials(FailureException e) {
        return e.code() == ErrorCode.BAD_CREDENTIALS ? wrongPair() : e;
    }

    private static BadCredentialsException wrongPair() {
        return new BadCredentialsException("there is no account with this user name and passphrase");
    }

    private <T extends ServerFrame> T ask(Class<T> reply, LongFunction<? extends ClientFrame.Request> request)
            throws PychatException, InterruptedException {
        return Answers.get(link.ask(reply, request), options.requestTimeout());
    }
}
