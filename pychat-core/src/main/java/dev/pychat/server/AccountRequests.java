package dev.pychat.server;

import dev.pychat.bus.AccountHint;
import dev.pychat.crypto.open.Sha256;
import dev.pychat.model.Bytes;
import dev.pychat.model.DeviceId;
import dev.pychat.model.PychatException;
import dev.pychat.store.AccountStore;
import dev.pychat.store.LoginRecord;
import dev.pychat.store.StoreException;
import dev.pychat.store.StoredVault;
import dev.pychat.wire.ChangePassword;
import dev.pychat.wire.Credential;
import dev.pychat.wire.DeleteAccount;
import dev.pychat.wire.EndDevice;
import dev.pychat.wire.ErrorCode;
import dev.pychat.wire.ErrorDetails;
import dev.pychat.wire.KdfCost;
import dev.pychat.wire.Session;
import dev.pychat.wire.VaultGet;
import dev.pychat.wire.VaultIs;
import dev.pychat.wire.VaultPut;
import dev.pychat.wire.WireLimits;
import java.time.Instant;
import java.util.Optional;

/**
 * What an account does with itself: its vault, its passphrase, its end. All that changes something goes through {@link Proof}
 * first. Confined to the connection's queue.
 */
final class AccountRequests {

    private final Engine engine;
    private final ClientConnection connection;
    private final Proof proof;

    AccountRequests(Engine engine, ClientConnection connection) {
        this.engine = engine;
        this.connection = connection;
        this.proof = new Proof(engine, connection);
    }

    void vaultGet(VaultGet frame, Member member) throws StoreException {
        Optional<StoredVault> stored = accounts().vault(member.user());
        connection.answer(new VaultIs(
                frame.id(),
                stored.map(StoredVault::version).orElse(0L),
                stored.map(StoredVault::sealed).orElse(Bytes.EMPTY)));
    }

    void vaultPut(VaultPut frame, Member member) throws PychatException {
        requireGreater(frame.version(), frame.previous());
        proof.of(frame.id(), frame.secret(), member, checked -> {
            StoredVault wanted = new StoredVault(frame.version(), frame.vault());
            switch (accounts().putVault(member.user(), checked, frame.previous(), wanted)) {
                case LOGIN_DIFFERS -> throw Proof.badCredentials();
                case VAULT_DIFFERS -> requireStored(member, frame.previous(), wanted);
                case CHANGED -> tell(member, AccountHint.News.VAULT_CHANGED, frame.version());
            }
            connection.answer(Requests.done(frame.id()));
        });
    }

    /** The same put again, after a lost answer, is no conflict. */
    private void requireStored(Member member, long previous, StoredVault wanted) throws PychatException {
        Optional<StoredVault> stored = accounts().vault(member.user());
        if (!stored.equals(Optional.of(wanted))) {
            throw vaultConflict(stored, previous);
        }
    }

    void changePassword(ChangePassword frame, Member member) throws PychatException {
        requireGreater(frame.version(), frame.previous());
        engine.requireCost(frame.kdf());
        proof.of(
                frame.id(),
                frame.secret(),
                member,
                checked -> proof.hashed(frame.id(), frame.next(), member, hash -> {
                    KdfCost kdf = frame.kdf();
                    LoginRecord next = new LoginRecord(frame.salt(), kdf.memory(), kdf.passes(), kdf.lanes(), hash);
                    change(frame, member, checked, next);
                }));
    }

    private void change(ChangePassword frame, Member member, LoginRecord checked, LoginRecord next)
            throws PychatException {
        StoredVault vault = new StoredVault(frame.version(), frame.vault());
        switch (accounts().changeLogin(member.user(), checked, next, frame.previous(), vault)) {
            case LOGIN_DIFFERS -> throw Proof.badCredentials();
            case VAULT_DIFFERS -> throw vaultConflict(accounts().vault(member.user()), frame.previous());
            case CHANGED -> {
                member.presence().isNow(next);
                tell(member, AccountHint.News.PASSWORD_CHANGED, 0);
                newSession(frame.id(), member, next);
            }
        }
    }

    /** If another device has changed the passphrase once more by now, the session is over before it has begun. */
    private void newSession(long re, Member member, LoginRecord login) throws PychatException {
        Bytes token = Bytes.random(engine.random(), Credential.SIZE);
        Instant expires = connection.now().plus(engine.limits().tokenTime());
        if (engine.stores()
                .tokens()
                .put(member.user(), login, member.device(), Sha256.of(token), connection.now(), expires)) {
            connection.answer(new Session(re, member.user(), new Credential(token), expires));
        } else {
            connection.leave();
            connection.dismiss(ErrorCode.LOGIN_REQUIRED, Member.PASSPHRASE_CHANGED);
        }
    }

    void deleteAccount(DeleteAccount frame, Member member) throws PychatException {
        proof.of(frame.id(), frame.secret(), member, checked -> {
            Instant free = connection.now().plus(engine.limits().nameRest());
            if (!accounts().delete(member.user(), checked, free)) {
                throw Proof.badCredentials();
            }
            engine.peersChanged();
            tell(member, AccountHint.News.DELETED, 0);
            connection.leave();
            connection.answer(Requests.done(frame.id()));
        });
    }

    /** Each step may be repeated, so after a failure the client asks again. */
    void endDevice(EndDevice frame, Member member) throws PychatException {
        if (frame.device().equals(DeviceId.ACCOUNT)) {
            throw new RefusalException(ErrorCode.INVALID, "the device is all zero, it must be one of the account's");
        }
        proof.of(frame.id(), frame.secret(), member, checked -> {
            engine.stores().tokens().revoke(member.user(), frame.device());
            for (int i = 0; i < WireLimits.MAX_POOL; i++) {
                if (engine.stores()
                        .keys()
                        .takeOneTimeKey(member.user(), frame.device())
                        .isEmpty()) {
                    break;
                }
            }
            connection.answer(Requests.done(frame.id()));
        });
    }

    private AccountStore accounts() {
        return engine.stores().accounts();
    }

    private static void requireGreater(long version, long previous) throws RefusalException {
        if (version <= previous) {
            throw new RefusalException(
                    ErrorCode.INVALID, "version " + version + " in place of " + previous + ", it must be greater");
        }
    }

    private void tell(Member member, AccountHint.News news, long vault) {
        engine.bus().publish(new AccountHint(member.user(), member.origin(), news, vault));
    }

    private static RefusalException vaultConflict(Optional<StoredVault> present, long previous) {
        long stored = present.map(StoredVault::version).orElse(0L);
        return new RefusalException(
                ErrorCode.VAULT_CONFLICT,
                "the stored vault has version " + stored + " (0: there is none), not " + previous,
                ErrorDetails.ofVersion(stored));
    }
}
