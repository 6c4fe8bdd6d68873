package dev.pychat.ref.client.home;

import dev.pychat.testkit.store.KeyringStoreContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class FileKeyringStoreTest extends KeyringStoreContract {
    @TempDir
    static Path folder;

    FileKeyringStoreTest() {
        super(new FileDevice(() -> folder));
    }
}
