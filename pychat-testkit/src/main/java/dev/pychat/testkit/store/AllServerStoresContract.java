package dev.pychat.testkit.store;

import dev.pychat.store.ServerStores;
import org.junit.jupiter.api.Nested;

/** Everything that the stores of a server have to hold, for those that are tested as a whole. */
public abstract class AllServerStoresContract {

    /** For subclasses. */
    protected AllServerStoresContract() {}

    /**
     * Makes stores of which nothing is known yet.
     *
     * @return empty stores, which the contract closes
     * @throws Exception if they can't be opened
     */
    protected abstract ServerStores fresh() throws Exception;

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
