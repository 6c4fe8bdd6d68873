package dev.pychat.ref.client.home;

import dev.pychat.testkit.store.ArchiveContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class FileArchivesTest extends ArchiveContract {
    @TempDir
    static Path folder;

    FileArchivesTest() {
        super(new FileDevice(() -> folder));
    }
}
