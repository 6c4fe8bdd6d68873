package dev.pychat.testkit.client;

import dev.pychat.backup.Backup;
import dev.pychat.client.ChatClient;
import dev.pychat.client.Exported;
import dev.pychat.client.Imported;
import dev.pychat.crypto.secret.Passphrase;
import dev.pychat.model.Bytes;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;

/** A backup as a file is, in memory. */
record BackupFile(Bytes bytes, Exported exported) {

    static final String PASSPHRASE = "of the backup";

    static BackupFile of(Person person) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (Passphrase passphrase = World.passphrase(PASSPHRASE)) {
            Exported exported = person.client().backups().export(out, passphrase);
            return new BackupFile(Bytes.adopt(out.toByteArray()), exported);
        }
    }

    Backup open(ChatClient client) throws Exception {
        try (Passphrase passphrase = World.passphrase(PASSPHRASE)) {
            return client.backups().open(() -> new ByteArrayInputStream(bytes.toArray()), passphrase);
        }
    }

    Imported takenBy(Person person) throws Exception {
        try (Backup backup = open(person.client())) {
            return person.client().backups().take(backup);
        }
    }

    /** Logs in with it, and takes what it holds. */
    void restoredBy(Person person) throws Exception {
        try (Backup backup = open(person.client());
                Passphrase passphrase = World.passphrase(person.user().value())) {
            person.client().backups().logIn(backup, passphrase);
            person.client().backups().take(backup);
        }
    }

    /** Without its end. */
    BackupFile cut() {
        return new BackupFile(bytes.slice(0, bytes.size() - 1), exported);
    }
}
