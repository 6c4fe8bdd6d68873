package dev.pychat.client;

import dev.pychat.crypto.secret.Passphrase;
import dev.pychat.crypto.secret.PasswordKeys;
import dev.pychat.crypto.secret.RecoverySecret;
import dev.pychat.key.Succession;
import dev.pychat.keyring.BundleChange;
import dev.pychat.keyring.Identity;
import dev.pychat.keyring.Keyring;
import dev.pychat.keyring.KeyringHeader;
import dev.pychat.keyring.WrappingKey;
import dev.pychat.model.Bytes;
import dev.pychat.model.PychatException;
import dev.pychat.wire.ChangePassword;
import dev.pychat.wire.DeleteAccount;
import dev.pychat.wire.ErrorCode;
import dev.pychat.wire.Ok;
import dev.pychat.wire.Session;
import java.time.Instant;
import java.util.Optional;

/**
 * Changes of the account as a whole: another passphrase, another identity, its end. The server makes a change in one step; this
 * device keeps both states until it knows which of them counts.
 *
 * <p>Every method waits for the server and runs on a thread that may. One at a time for each account.
 */
final class AccountChange {

    private static final int MOST_TRIES = 8;

    private final ClientOptions options;
    private final Account account;
    private final OwnKeys keys;
    private final VaultSync vault;

    AccountChange(ClientOptions options, Account account, OwnKeys keys, VaultSync vault) {
        this.options = options;
        this.account = account;
        this.keys = keys;
        this.vault = vault;
    }

    /** Replaces the passphrase and the wrapping key, and the identity if that is wanted. */
    void change(Link link, Passphrase present, Passphrase next, boolean newIdentity)
            throws PychatException, InterruptedException {
        change(link, present, next, newIdentity, keys.secrets().recovery());
    }

    /** Gives the account a recovery secret, another one or none. */
    void changeRecovery(Link link, Passphrase present, Optional<RecoverySecret> recovery)
            throws PychatException, InterruptedException {
        change(link, present, present, false, recovery);
    }

    private void change(
            Link link, Passphrase present, Passphrase next, boolean newIdentity, Optional<RecoverySecret> recovery)
            throws PychatException, InterruptedException {
        requireRight(present);
        Bytes salt = PasswordKeys.newSalt(options.random());
        Keyring before = keys.keyring();
        KeyringHeader header = new KeyringHeader(before.realm(), before.username(), salt, options.passwordCost());
        try (PasswordKeys ofPassphrase = derive(next, header);
                Secrets secrets = Secrets.of(ofPassphrase, recovery)) {
            for (int tries = 1; !tryOnce(link, header, secrets, newIdentity); tries++) {
                if (tries == MOST_TRIES) {
                    throw new RefusedException(
                            ErrorCode.VAULT_CONFLICT.code(),
                            "another device changed the vault each time; nothing was changed here");
                }
            }
        }
    }

    private void requireRight(Passphrase present) throws PychatException, InterruptedException {
        try (PasswordKeys known = derive(present, keys.keyring().header())) {
            if (!known.loginSecret().equals(keys.loginSecret())) {
                throw new BadCredentialsException("this is not the present passphrase of the account");
            }
        }
    }

    private static PasswordKeys derive(Passphrase passphrase, KeyringHeader header) throws InterruptedException {
        return PasswordKeys.derive(passphrase, header.realm(), header.username(), header.salt(), header.cost());
    }

    /** False if another device was quicker; then nothing has changed. */
    private boolean tryOnce(Link link, KeyringHeader header, Secrets secrets, boolean newIdentity)
            throws PychatException, InterruptedException {
        vault.sync(link);
        Keyring next = next(header, newIdentity);
        try {
            VaultSync.Next sealed = vault.following(link, next, secrets);
            keys.prepare(next, secrets);
            Session session = ask(link, header, secrets, sealed);
            keys.become(next.withSeenVault(sealed.seen()), secrets);
            account.rotate(session.token());
            return true;
        } catch (FailureException e) {
            // The server has refused, so what was before counts.
            keys.settle();
            if (e.code() == ErrorCode.VAULT_CONFLICT) {
                return false;
            }
            throw e;
        } finally {
            next.close();
        }
    }

    private Keyring next(KeyringHeader header, boolean newIdentity) {
        Instant now = options.clock().instant();
        WrappingKey fresh = new WrappingKey(options.keySource().next(options.random()), now);
        try (Keyring secured = keys.keyring().withPassword(header.salt(), header.cost());
                Keyring rotated = secured.withWrappingKey(fresh)) {
            if (!newIdentity) {
                return rotated.withBundle(rotated.nextBundle(now));
            }
            try (Identity identity = Identity.generate(options.random());
                    Keyring renewed = rotated.withIdentity(identity, now)) {
                Succession statement =
                        rotated.identity().succeededBy(renewed.realm(), renewed.username(), identity.publicKey(), now);
                return renewed.withBundle(renewed.nextBundle(now, BundleChange.succession(statement)));
            }
        }
    }

    private Session ask(Link link, KeyringHeader header, Secrets secrets, VaultSync.Next next)
            throws PychatException, InterruptedException {
        return Answers.get(
                link.ask(
                        Session.class,
                        id -> new ChangePassword(
                                id,
                                Entrance.credential(keys.loginSecret()),
                                header.salt(),
                                Entrance.told(header.cost()),
                                Entrance.credential(secrets.loginSecret()),
                                next.previous(),
                                next.version(),
                                next.sealed())),
                options.requestTimeout());
    }

    /** Deletes the account at the server, then the keys on this device. */
    void delete(Link link, Passphrase present) throws PychatException, InterruptedException {
        requireRight(present);
        Answers.get(
                link.ask(Ok.class, id -> new DeleteAccount(id, Entrance.credential(keys.loginSecret()))),
                options.requestTimeout());
        keys.discard();
    }
}
