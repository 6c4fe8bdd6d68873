package dev.pychat.store.sqlite;

import dev.pychat.store.ServerStores;
import dev.pychat.testkit.store.AccountStoreContract;
import dev.pychat.testkit.store.AppendContract;
import dev.pychat.testkit.store.BlockStoreContract;
import dev.pychat.testkit.store.ConcurrentAppendContract;
import dev.pychat.testkit.store.InboxContract;
import dev.pychat.testkit.store.KeyDirectoryContract;
import dev.pychat.testkit.store.LaneContract;
import dev.pychat.testkit.store.MessageReadsContract;
import dev.pychat.testkit.store.TokenStoreContract;
import dev.pychat.testkit.store.VaultContract;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** The stores on SQLite keep the contract. */
class SqliteServerStoresTest {

    private static final AtomicInteger COUNT = new AtomicInteger();

    @TempDir
    static Path directories;

    private static ServerStores fresh() throws Exception {
        return SqliteServerStores.open(directories.resolve("data" + COUNT.incrementAndGet()), new SecureRandom());
    }

    @Nested
    class Append extends AppendContract {
        @Override
        protected ServerStores open() throws Exception {
            return fresh();
        }
    }

    @Nested
    class Lane extends LaneContract {
        @Override
        protected ServerStores open() throws Exception {
            return fresh();
        }
    }

    @Nested
    class MessageReads extends MessageReadsContract {
        @Override
        protected ServerStores open() throws Exception {
            return fresh();
        }
    }

    @Nested
    class Inbox extends InboxContract {
        @Override
        protected ServerStores open() throws Exception {
            return fresh();
        }
    }

    @Nested
    class ConcurrentAppend extends ConcurrentAppendContract {
        @Override
        protected ServerStores open() throws Exception {
            return fresh();
        }
    }

    @Nested
    class AccountStore extends AccountStoreContract {
        @Override
        protected ServerStores open() throws Exception {
            return fresh();
        }
    }

    @Nested
    class Vault extends VaultContract {
        @Override
        protected ServerStores open() throws Exception {
            return fresh();
        }
    }

    @Nested
    class TokenStore extends TokenStoreContract {
        @Override
        protected ServerStores open() throws Exception {
            return fresh();
        }
    }

    @Nested
    class KeyDirectory extends KeyDirectoryContract {
        @Override
        protected ServerStores open() throws Exception {
            return fresh();
        }
    }

    @Nested
    class BlockStore extends BlockStoreContract {
        @Override
        protected ServerStores open() throws Exception {
            return fresh();
        }
    }
}
