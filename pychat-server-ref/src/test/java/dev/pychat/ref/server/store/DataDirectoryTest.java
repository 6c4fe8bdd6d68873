package dev.pychat.ref.server.store;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pychat.store.directory.DataDirectoryDamagedException;
import dev.pychat.store.directory.DirectoryServerStores;
import dev.pychat.testkit.store.DataDirectoryContract;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens before the stores of a data directory on Xodus are open, or instead. */
class DataDirectoryTest extends DataDirectoryContract {

    @TempDir
    private Path data;

    DataDirectoryTest() {
        super(new XodusStoreKind(), "pychat-data", "store/log/00000000000.xd");
    }

    @Test
    void damageThatShowsOnlyInTheAccountsIsNamed() throws Exception {
        DamagedAccount.in(data);
        try (DirectoryServerStores stores = XodusServerStores.open(data, new SecureRandom())) {
            assertThatThrownBy(stores::hasUsers)
                    .isInstanceOf(DataDirectoryDamagedException.class)
                    .hasMessageContaining(data.toString())
                    .hasMessageContaining("accounts")
                    .hasMessageContaining("restore it from a backup");
        }
    }
}
