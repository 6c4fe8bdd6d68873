package dev.pychat.ref.client.home;

import dev.pychat.testkit.store.PinStoreContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class FilePinStoreTest extends PinStoreContract {
    @TempDir
    static Path folder;

    FilePinStoreTest() {
        super(new FileDevice(() -> folder));
    }
}
