package dev.pychat.ref.client.home;

import dev.pychat.store.KeyringStore;
import dev.pychat.store.LocalAccount;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;

/** The folder of one account, locked as long as it is open. Its stores are opened with it. Thread-safe. */
final class AccountFolder implements Closeable {
    static final String KEYRING = "keyring.whole";

    private static final char KEYRING_KIND = 'K';

    private final Closing parts = new Closing();
    private final VersionedFile keyring;
    private final FilePinStore pins;
    private final FileOutboxStore outbox;
    private final FileTranscriptStore transcripts;
    private final FileArchives archives;

    private AccountFolder(Path folder, Lock lock) throws IOException {
        parts.add(lock);
        boolean opened = false;
        try {
            keyring = new VersionedFile(folder.resolve(KEYRING), KEYRING_KIND, KeyringStore.MAX_SIZE);
            pins = new FilePinStore(folder.resolve("pins"));
            outbox = new FileOutboxStore(folder.resolve("outbox.log"));
            parts.add(outbox);
            transcripts = new FileTranscriptStore(folder.resolve("transcripts"));
            parts.add(transcripts);
            archives = new FileArchives(folder.resolve("archives"));
            parts.add(archives);
            opened = true;
        } finally {
            if (!opened) {
                parts.close();
            }
        }
    }

    /** Opens it, and makes it if it is not there. */
    static AccountFolder open(Path folder, LocalAccount account) throws IOException {
        PrivateFiles.createDirectories(folder);
        Lock lock = Lock.take(folder.resolve("lock"))
                .orElseThrow(() -> new HomeException(
                        HomeException.Problem.BUSY,
                        "another pychat is using the files of " + account.user() + " in " + folder
                                + "; leave it first, or use another --home"));
        return new AccountFolder(folder, lock);
    }

    VersionedFile keyring() {
        return keyring;
    }

    FilePinStore pins() {
        return pins;
    }

    FileOutboxStore outbox() {
        return outbox;
    }

    FileTranscriptStore transcripts() {
        return transcripts;
    }

    FileArchives archives() {
        return archives;
    }

    @Override
    public void close() throws IOException {
        parts.close();
    }
}
