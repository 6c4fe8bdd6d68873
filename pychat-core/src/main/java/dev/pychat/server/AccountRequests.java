package dev.pychat.server;

import dev.pychat.bus.AccountHint;
import dev.pychat.crypto.open.Sha256;
import dev.pychat.model.Bytes;
import dev.pychat.model.PychatException;
import dev.pychat.store.AccountStore;
import dev.pychat.store.LoginRecord;
import dev.pychat.store.StoreException;
import dev.pychat.store.StoredVault;
import dev.pychat.wire.ChangePassword;
import dev.pychat.wire.Credential;
import dev.pychat.wire.DeleteAccount;
import dev.pychat.wire.ErrorCode;
import dev.pychat.wire.ErrorDetails;
import dev.pychat.wire.KdfCost;
import dev.pychat.wire.Session;
import dev.pychat.wire.VaultGet;
import dev.pychat.wire.VaultIs;
import dev.pychat.wire.VaultPut;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * What an account does with itself: its vault, its passphrase, its end. All that changes something wants the login secret, which
 * is checked as at a log-in and counts as one. Confined to the connection's queue.
 */
final class AccountRequests {

    private static final Duration RETRY = Duration.ofSeconds(1);

    /** What comes after the secret was found right. */
    private interface After {
        void run(LoginRecord checked) throws PychatException;
    }

    private final Engine engine;
    private final ClientConnection connection;
    private boolean underWay;

    AccountRequests(Engine engine, ClientConnection connection) {
        this.engine = engine;
        this.connection = connection;
    }

    void vaultGet(VaultGet frame, Member member) throws StoreException {
        Optional<StoredVault> stored = engine.stores().accounts().vault(member.user());
        connection.answer(new VaultIs(
                frame.id(),
                stored.map(StoredVault::version).orElse(0L),
                stored.map(StoredVault::sealed).orElse(Bytes.EMPTY)));
    }

    void vaultPut(VaultPut frame, Member member) throws PychatException {
        requireGreater(frame.version(), frame.previous());
        proved(frame.id(), frame.secret(), member, checked -> {
            StoredVault wanted = new StoredVault(frame.version(), frame.vault());
            AccountStore accounts = engine.stores().accounts();
            switch (accounts.putVault(member.user(), checked, frame.previous(), wanted)) {
                case LOGIN_DIFFERS -> throw badCredentials();
                case VAULT_DIFFERS -> requireStored(member, frame.previous(), wanted);
                case CHANGED -> tell(member, AccountHint.News.VAULT_CHANGED, frame.version());
            }
            connection.answer(Requests.done(frame.id()));
        });
    }

    void changePassword(ChangePassword frame, Member member) throws PychatException {
        requireGreater(frame.version(), frame.previous());
        engine.requireCost(frame.kdf());
        proved(
                frame.id(),
                frame.secret(),
                member,
                checked -> continueWith(
                        frame.id(), engine.hashes().hash(frame.next().value()), hash -> {
                            KdfCost kdf = frame.kdf();
                            LoginRecord next =
                                    new LoginRecord(frame.salt(), kdf.memory(), kdf.passes(), kdf.lanes(), hash);
                            change(frame, member, checked, next);
                        }));
    }

    private void change(ChangePassword frame, Member member, LoginRecord checked, LoginRecord next)
            throws PychatException {
        StoredVault vault = new StoredVault(frame.version(), frame.vault());
        AccountStore.Change change =
                engine.stores().accounts().changeLogin(member.user(), checked, next, frame.previous(), vault);
        switch (change) {
            case LOGIN_DIFFERS -> throw badCredentials();
            case VAULT_DIFFERS ->
                throw vaultConflict(engine.stores().accounts().vault(member.user()), frame.previous());
            case CHANGED -> {
                member.presence().isNow(next);
                tell(member, AccountHint.News.PASSWORD_CHANGED, 0);
                newSession(frame.id(), member, next);
            }
        }
    }

    private void newSession(long re, Member member, LoginRecord login) throws PychatException {
        Bytes token = Bytes.random(engine.random(), Credential.SIZE);
        Instant expires = connection.now().plus(engine.limits().tokenTime());
        if (!engine.stores()
                .tokens()
                .put(member.user(), login, member.device(), Sha256.of(token), connection.now(), expires)) {
            throw badCredentials();
        }
        connection.answer(new Session(re, member.user(), new Credential(token), expires));
    }

    void deleteAccount(DeleteAccount frame, Member member) throws PychatException {
        proved(frame.id(), frame.secret(), member, checked -> {
            Instant free = connection.now().plus(engine.limits().nameRest());
            if (!engine.stores().accounts().delete(member.user(), checked, free)) {
                throw badCredentials();
            }
            tell(member, AccountHint.News.DELETED, 0);
            connection.leave();
            connection.answer(Requests.done(frame.id()));
        });
    }

    private static void requireGreater(long version, long previous) throws RefusalException {
        if (version <= previous) {
            throw new RefusalException(
                    ErrorCode.INVALID, "version " + version + " in place of " + previous + ", it must be greater");
        }
    }

    /** Goes on if the secret is the account's. */
    private void proved(long re, Credential secret, Member member, After after) throws PychatException {
        if (underWay) {
            throw new BusyException("another change of this account is under way on this connection", RETRY);
        }
        LoginRecord login =
                engine.stores().accounts().login(member.user()).orElseThrow(AccountRequests::badCredentials);
        engine.attempts().begin(member.user(), connection.address());
        CompletionStage<Boolean> matches =
                engine.checked(member.user(), connection.address(), secret.value(), login.hash());
        continueWith(re, matches, right -> {
            if (!right) {
                throw badCredentials();
            }
            engine.attempts().succeeded(member.user(), connection.address());
            after.run(login);
        });
    }

    private interface Then<T> {
        void run(T result) throws PychatException;
    }

    /** What comes after hashing, on the connection's queue; by then the session may be over. */
    private <T> void continueWith(long re, CompletionStage<T> hashing, Then<T> then) {
        underWay = true;
        connection.after(
                re,
                hashing,
                result -> {
                    underWay = false;
                    connection.member();
                    then.run(result);
                },
                () -> underWay = false);
    }

    private void tell(Member member, AccountHint.News news, long vault) {
        engine.bus().publish(new AccountHint(member.user(), member.origin(), news, vault));
    }

    /** The same put again, after a lost answer, is no conflict. */
    private void requireStored(Member member, long previous, StoredVault wanted) throws PychatException {
        Optional<StoredVault> stored = engine.stores().accounts().vault(member.user());
        if (!stored.equals(Optional.of(wanted))) {
            throw vaultConflict(stored, previous);
        }
    }

    private static RefusalException vaultConflict(Optional<StoredVault> present, long previous) {
        long stored = present.map(StoredVault::version).orElse(0L);
        return new RefusalException(
                ErrorCode.VAULT_CONFLICT,
                "the stored vault has version " + stored + " (0: there is none), not " + previous,
                ErrorDetails.ofVersion(stored));
    }

    private static RefusalException badCredentials() {
        return new RefusalException(ErrorCode.BAD_CREDENTIALS, "this is not the login secret of the account");
    }
}
