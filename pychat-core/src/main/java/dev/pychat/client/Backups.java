package dev.pychat.client;

import dev.pychat.backup.Backup;
import dev.pychat.backup.BackupSource;
import dev.pychat.backup.BackupWriter;
import dev.pychat.crypto.secret.Passphrase;
import dev.pychat.crypto.secret.RecoverySecret;
import dev.pychat.keyring.UnreadableException;
import dev.pychat.keyring.VaultedKeys;
import dev.pychat.model.PychatException;
import dev.pychat.store.LocalAccount;
import dev.pychat.store.StoreException;
import java.io.IOException;
import java.io.OutputStream;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * Makes and reads backups: files that are sealed under a passphrase of their own and hold an account's keys, pins and readable history
 * (ENVELOPE.md, section 14.1). What becomes of one depends on whose it is:
 *
 * <ul>
 *   <li>of the same account on the same server, its keys and pins join those of this device, and with {@link #logIn} a device that has
 *       nothing becomes one of the account's again, on lanes of its own, also where the server has lost the vault;
 *   <li>of any other account, on another server too, only its history is taken. An identity belongs to its realm and name, so
 *       it speaks for nobody here, and no mark or pin carries over.
 * </ul>
 *
 * <p>The history is kept as an {@link Archive}, which is only read. What waits unsent is in no backup.
 *
 * <p>Thread-safe. The calls block.
 */
public final class Backups {

    private final ClientOptions options;
    private final Engine engine;
    private final SignIn signIn;

    Backups(ClientOptions options, Engine engine, SignIn signIn) {
        this.options = options;
        this.engine = engine;
        this.signIn = signIn;
    }

    /**
     * Writes a backup of the account that is logged in, online or not: what this device holds at this moment. It is whole only if this
     * returns.
     *
     * @param out where it goes, as a stream in little memory; it stays the caller's to close
     * @param passphrase the passphrase of the backup, which stays the caller's to close
     * @return how much went in
     * @throws NotLoggedInException if nobody is logged in
     * @throws PychatException if what this device keeps can't be read, or the client is closed
     * @throws IOException if {@code out} fails
     * @throws InterruptedException if the calling thread is interrupted meanwhile
     */
    public Exported export(OutputStream out, Passphrase passphrase)
            throws PychatException, IOException, InterruptedException {
        Account account = engine.requireAccount();
        try (Upkeep.Holdings holdings = Answers.get(account.upkeep().backup(), options.requestTimeout());
                BackupWriter writer = BackupWriter.begin(out, passphrase, options.passwordCost(), options.random())) {
            writer.account(
                    account.realm(),
                    account.user(),
                    options.clock().instant().truncatedTo(ChronoUnit.MILLIS),
                    holdings.seen(),
                    holdings.entries());
            for (RecoverySecret secret :
                    account.keys().secrets().recovery().stream().toList()) {
                writer.recoverySecret(secret);
            }
            return new BackupExport(account, writer).write();
        } catch (IllegalStateException e) {
            throw closedOr(e);
        }
    }

    /**
     * Opens a backup and goes through all of it, so that one that is damaged anywhere changes nothing. Nobody need be logged in.
     *
     * @param source where it comes from
     * @param passphrase the passphrase of the backup, which stays the caller's to close
     * @return the backup, to be closed by the caller
     * @throws UnreadableException if the passphrase is another one, something is damaged, or a newer program wrote it
     * @throws IOException if it can't be read
     * @throws InterruptedException if the thread is interrupted while it waits for other derivations
     */
    public Backup open(BackupSource source, Passphrase passphrase)
            throws UnreadableException, IOException, InterruptedException {
        return Backup.open(source, passphrase, options.passwordFloor());
    }

    /**
     * Logs in to the account of a backup. A device that holds keys of it uses those, as {@link ChatClient#logIn} does. A device without
     * becomes a new one of the account, with the keys in the server's vault or, where there is no vault or only an older one than the
     * backup knows, with those of the backup; a recovery secret of the account is in the backup, too. Nothing that can't be opened is overwritten. {@link #take} takes the rest.
     *
     * @param backup the backup, which stays the caller's to close
     * @param passphrase the account's passphrase, which stays the caller's to close
     * @throws RefusedException with the code {@code other_realm} if the backup is of another server
     * @throws BadCredentialsException if there is no account with this name and passphrase
     * @throws UnreadableException if the server's vault does not open
     * @throws PychatException if it fails in another way; the client stays usable for another try
     * @throws InterruptedException if the calling thread is interrupted while it waits
     * @throws IllegalStateException if an account is logged in already
     */
    public void logIn(Backup backup, Passphrase passphrase) throws PychatException, InterruptedException {
        signIn.enter(backup.user(), entrance -> {
            if (!backup.realm().equals(entrance.realm())) {
                throw new RefusedException(
                        "other_realm",
                        "this backup is of " + backup.user() + " on another server: its realm is " + backup.realm()
                                + ", the one of this server is " + entrance.realm() + ". An identity does not move"
                                + " between servers: log in or sign up here, then the backup's history can be read here");
            }
            return new LoggingIn(entrance, Optional.of(backup), Optional.empty()).logIn(passphrase);
        });
    }

    /**
     * Takes a backup into the account that is logged in: its history as an archive, and where it is of this account its pins and the
     * keys that open what was received, which go on to the vault. Identity and bundle stay those of this device. If it is cut off,
     * it may be done again.
     *
     * @param backup the backup, which stays the caller's to close
     * @return what became of it
     * @throws NotLoggedInException if nobody is logged in
     * @throws RefusedException with the code {@code other_identity} if it names this account and holds none of its identities
     * @throws PychatException if a store fails, the backup has become another one meanwhile, or the client is closed
     * @throws IOException if the backup can't be read
     * @throws InterruptedException if the calling thread is interrupted meanwhile
     */
    public Imported take(Backup backup) throws PychatException, IOException, InterruptedException {
        Account account = engine.requireAccount();
        LocalAccount from = new LocalAccount(backup.realm(), backup.user());
        boolean own = from.equals(account.name());
        if (own && !VaultedKeys.holdsAnIdentityOf(backup.keys(), account.keyring())) {
            throw new RefusedException(
                    "other_identity",
                    "this backup names " + backup.user() + " of this server and holds none of this account's"
                            + " identities; it is of an earlier account of that name, or somebody else made it. Nothing"
                            + " was taken; another account can read its history");
        }
        if (own) {
            Answers.get(account.upkeep().takeBackup(backup.keys()), options.requestTimeout());
        }
        BackupImport taking = new BackupImport(account.archives(), from);
        try {
            backup.read(taking);
        } catch (IllegalStateException e) {
            throw closedOr(e);
        }
        return new Imported(own, backup.conversations(), taking.added(), taking.leftOut());
    }

    /**
     * The histories that came out of backups.
     *
     * @return one archive for each account that a backup was of
     * @throws NotLoggedInException if nobody is logged in
     * @throws StoreException if the store fails
     * @throws ClosedException if the client was closed
     */
    public List<Archive> archives() throws NotLoggedInException, StoreException, ClosedException {
        ArchiveShelf shelf = engine.requireAccount().archives();
        return shelf.owners().stream().map(from -> new Archive(shelf, from)).toList();
    }

    /** Where the client was closed meanwhile, what this works with has been erased. */
    private IllegalStateException closedOr(IllegalStateException why) throws ClosedException {
        engine.requireOpen();
        return why;
    }
}
