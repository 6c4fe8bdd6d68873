package dev.pychat.ref.client.home;

import dev.pychat.testkit.store.OutboxStoreContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class FileOutboxStoreTest extends OutboxStoreContract {
    @TempDir
    static Path folder;

    FileOutboxStoreTest() {
        super(new FileDevice(() -> folder));
    }
}
