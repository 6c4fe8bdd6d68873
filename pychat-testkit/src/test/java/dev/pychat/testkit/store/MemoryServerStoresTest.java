package dev.pychat.testkit.store;

import dev.pychat.store.ServerStores;
import dev.pychat.store.memory.MemoryServerStores;
import java.security.SecureRandom;
import org.junit.jupiter.api.Nested;

/** The server's stores in memory keep the contract. */
class MemoryServerStoresTest {

    @Nested
    class Append extends AppendContract {
        @Override
        protected ServerStores open() {
            return MemoryServerStores.create(new SecureRandom());
        }
    }

    @Nested
    class Lane extends LaneContract {
        @Override
        protected ServerStores open() {
            return MemoryServerStores.create(new SecureRandom());
        }
    }

    @Nested
    class MessageReads extends MessageReadsContract {
        @Override
        protected ServerStores open() {
            return MemoryServerStores.create(new SecureRandom());
        }
    }

    @Nested
    class Inbox extends InboxContract {
        @Override
        protected ServerStores open() {
            return MemoryServerStores.create(new SecureRandom());
        }
    }

    @Nested
    class ConcurrentAppend extends ConcurrentAppendContract {
        @Override
        protected ServerStores open() {
            return MemoryServerStores.create(new SecureRandom());
        }
    }

    @Nested
    class AccountStore extends AccountStoreContract {
        @Override
        protected ServerStores open() {
            return MemoryServerStores.create(new SecureRandom());
        }
    }

    @Nested
    class Vault extends VaultContract {
        @Override
        protected ServerStores open() {
            return MemoryServerStores.create(new SecureRandom());
        }
    }

    @Nested
    class TokenStore extends TokenStoreContract {
        @Override
        protected ServerStores open() {
            return MemoryServerStores.create(new SecureRandom());
        }
    }

    @Nested
    class KeyDirectory extends KeyDirectoryContract {
        @Override
        protected ServerStores open() {
            return MemoryServerStores.create(new SecureRandom());
        }
    }

    @Nested
    class BlockStore extends BlockStoreContract {
        @Override
        protected ServerStores open() {
            return MemoryServerStores.create(new SecureRandom());
        }
    }
}
