package dev.pychat.ref.client.home;

import dev.pychat.testkit.store.TranscriptStoreContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class FileTranscriptStoreTest extends TranscriptStoreContract {
    @TempDir
    static Path folder;

    FileTranscriptStoreTest() {
        super(new FileDevice(() -> folder));
    }
}
