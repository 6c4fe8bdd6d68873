package dev.pychat.store.internal.tree;

import dev.pychat.model.Bytes;
import dev.pychat.model.Realm;
import dev.pychat.store.AccountStore;
import dev.pychat.store.BatchMessageStore;
import dev.pychat.store.BlockStore;
import dev.pychat.store.KeyDirectory;
import dev.pychat.store.OutcomeUnknownException;
import dev.pychat.store.StoreException;
import dev.pychat.store.TokenStore;
import dev.pychat.store.directory.DataDirectoryException;
import dev.pychat.store.directory.DirectoryServerStores;
import dev.pychat.store.directory.RecordSink;
import dev.pychat.store.directory.StoreCheck;
import dev.pychat.store.directory.StoreFigures;
import dev.pychat.store.directory.internal.DataDirectory;
import dev.pychat.store.directory.internal.DirectoryLock;
import java.io.IOException;

/** All stores over the trees of a data directory. Thread-safe. */
final class TreeServerStores implements DirectoryServerStores {

    private final DataDirectory data;
    private final DirectoryLock lock;
    private final Database database;
    private final Installation installation;
    private final TreeAccounts accounts;
    private final TreeTokens tokens;
    private final TreeKeys keys;
    private final TreeMessages messages;
    private final TreeBlocks blocks;

    TreeServerStores(DataDirectory data, DirectoryLock lock, Database database, Installation installation) {
        this.data = data;
        this.lock = lock;
        this.database = database;
        this.installation = installation;
        this.accounts = new TreeAccounts(database);
        this.tokens = new TreeTokens(database);
        this.keys = new TreeKeys(database);
        this.messages = new TreeMessages(database);
        this.blocks = new TreeBlocks(database);
    }

    @Override
    public boolean hasUsers() throws DataDirectoryException {
        try {
            return !accounts.users("", "", 1).names().isEmpty();
        } catch (StoreException e) {
            throw TreeDirectory.unread(data, e);
        }
    }

    @Override
    public void writeOut(RecordSink sink) throws StoreException {
        Records.writeOut(database, sink);
    }

    @Override
    public StoreFigures figures() throws StoreException {
        return database.read(Figures::count);
    }

    @Override
    public StoreCheck check() throws StoreException {
        return Inspection.of(database);
    }

    @Override
    public Realm realm() {
        return installation.realm();
    }

    @Override
    public Bytes decoySecret() {
        return installation.decoySecret();
    }

    @Override
    public AccountStore accounts() {
        return accounts;
    }

    @Override
    public TokenStore tokens() {
        return tokens;
    }

    @Override
    public KeyDirectory keys() {
        return keys;
    }

    @Override
    public BatchMessageStore messages() {
        return messages;
    }

    @Override
    public BlockStore blocks() {
        return blocks;
    }

    @Override
    public void close() throws StoreException {
        boolean ended = false;
        try {
            ended = database.close(TreeDirectory.CLOSE);
        } catch (StoreException e) {
            ended = true;
            throw e;
        } finally {
            if (ended) {
                giveUp();
            }
        }
        if (!ended) {
            throw TreeDirectory.notEnded();
        }
    }

    private void giveUp() throws OutcomeUnknownException {
        try {
            lock.close();
        } catch (IOException e) {
            throw new OutcomeUnknownException("the lock of the data directory could not be given up", e);
        }
    }
}
