package dev.pychat.ref.client.screen;

import dev.pychat.backup.Backup;
import dev.pychat.client.Exported;
import dev.pychat.client.Imported;
import dev.pychat.crypto.secret.Passphrase;
import dev.pychat.keyring.UnreadableException;
import dev.pychat.keyring.UnreadableException.Reason;
import dev.pychat.model.PychatException;
import dev.pychat.model.Username;
import dev.pychat.ref.client.home.BackupFiles;
import dev.pychat.store.StoreException;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Writes backups and reads them. What is the matter with a file ends a script with the exit code for it, and is told to a person, who
 * goes on. Confined to the thread that reads lines.
 */
final class BackupScreen {
    private static final String THE_BACKUP = "the backup";

    private final Session session;
    private final Credentials credentials;

    BackupScreen(Session session) {
        this.session = session;
        this.credentials = new Credentials(session.console(), session.output(), session.random(), session::isCommand);
    }

    private interface Attempt {
        void make(Path file) throws PychatException, IOException, InterruptedException;
    }

    /** Writes the account that is logged in. In a script the next line is the passphrase of the backup. */
    void export(String name) throws PychatException, InterruptedException {
        attempt(name, 1, file -> {
            if (session.console().interactive()) {
                BackupFiles.requireNew(file);
                session.output().say("The backup gets a passphrase of its own, without which nobody reads it.");
            }
            Optional<Passphrase> given = credentials.newOf(THE_BACKUP);
            if (given.isEmpty()) {
                return;
            }
            try (Passphrase passphrase = given.get()) {
                session.busy("Writing the backup...");
                Exported exported = BackupFiles.write(
                        file, out -> session.client().backups().export(out, passphrase));
                session.output()
                        .say(file + " holds your keys and " + messages(exported.messages(), exported.conversations())
                                + ". What waits unsent is not in it.");
            }
        });
    }

    /** Takes a backup into the account that is logged in. In a script the next line is the passphrase of the backup. */
    void take(String name) throws PychatException, InterruptedException {
        attempt(name, 1, file -> {
            Optional<Passphrase> given = credentials.of(THE_BACKUP);
            if (given.isEmpty()) {
                return;
            }
            try (Passphrase passphrase = given.get();
                    Backup backup = open(file, passphrase)) {
                take(backup);
            }
        });
    }

    /**
     * Logs in to the account of a backup. In a script the next two lines are the passphrases of the backup and of the account. Empty
     * if that led to nothing.
     */
    Optional<Username> logIn(String name) throws PychatException, InterruptedException {
        boolean script = !session.console().interactive();
        attempt(name, 2, file -> {
            Optional<Passphrase> given = credentials.of(THE_BACKUP);
            Optional<Passphrase> own = script ? credentials.of("your account") : Optional.empty();
            if (given.isPresent() && (own.isPresent() || !script)) {
                try (Passphrase passphrase = given.get();
                        Backup backup = open(file, passphrase)) {
                    logIn(backup, script ? own : credentials.of("the account of " + backup.user()));
                }
            }
            own.ifPresent(Passphrase::close);
        });
        return session.client().user();
    }

    private void logIn(Backup backup, Optional<Passphrase> given)
            throws PychatException, IOException, InterruptedException {
        if (given.isEmpty()) {
            return;
        }
        try (Passphrase passphrase = given.get()) {
            session.busy("Logging in...");
            session.client().backups().logIn(backup, passphrase);
        } catch (StoreException e) {
            throw e;
        } catch (PychatException e) {
            session.output().trouble("You are not logged in: " + e.getMessage());
            return;
        }
        take(backup);
    }

    private Backup open(Path file, Passphrase passphrase) throws PychatException, IOException, InterruptedException {
        session.busy("Reading the backup...");
        return session.client().backups().open(BackupFiles.source(file), passphrase);
    }

    private void take(Backup backup) throws PychatException, IOException, InterruptedException {
        Imported imported = session.client().backups().take(backup);
        session.output()
                .say("The backup of " + backup.user() + " was taken, with "
                        + messages(backup.messages(), backup.conversations()) + ", "
                        + (imported.messages() == 0 ? "none" : imported.messages())
                        + " of them new here. !ARCHIVE shows them.");
        session.output()
                .say(
                        imported.ownAccount()
                                ? "Its keys and marks are joined with yours."
                                : "It is of another account: its identity and its marks count for nobody here.");
        imported.leftOut()
                .forEach(peer -> session.output()
                        .trouble("What was said with " + peer
                                + " was left out: it does not go together with what an earlier backup brought."));
    }

    /** Does something with a file; whatever becomes of it, a script's lines with secrets are taken. */
    private void attempt(String name, int secrets, Attempt attempt) throws PychatException, InterruptedException {
        Path file = Path.of("");
        try {
            file = Path.of(name);
        } catch (InvalidPathException e) {
            // It is empty, then, and that is said.
        }
        if (file.toString().isEmpty()) {
            if (!session.console().interactive()) {
                credentials.skip(secrets);
            }
            session.output().trouble("No file was named: !EXPORT or !IMPORT, and the path of a file.");
            return;
        }
        try {
            attempt.make(file);
        } catch (UnreadableException e) {
            failed(file, e);
        } catch (StoreException e) {
            failed(e);
        } catch (IOException e) {
            failed(BackupFiles.unreadable(e));
        }
    }

    private void failed(Path file, UnreadableException e) throws StoreException {
        if (e.reason() == Reason.WRONG_KEY) {
            session.output().trouble("Nothing was done with " + file + ": " + e.getMessage() + ".");
        } else {
            failed(BackupFiles.unreadable(file, e));
        }
    }

    private void failed(StoreException e) throws StoreException {
        if (!session.console().interactive()) {
            throw e;
        }
        session.output().trouble("That did not work: " + e.getMessage() + ".");
    }

    private static String messages(long messages, long conversations) {
        return (messages == 1 ? "1 message" : messages + " messages") + " of "
                + (conversations == 1 ? "1 conversation" : conversations + " conversations");
    }
}
