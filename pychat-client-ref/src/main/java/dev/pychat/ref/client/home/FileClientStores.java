package dev.pychat.ref.client.home;

import dev.pychat.model.Bytes;
import dev.pychat.store.ClientStores;
import dev.pychat.store.KeyringStore;
import dev.pychat.store.LocalAccount;
import dev.pychat.store.OutboxStore;
import dev.pychat.store.PinStore;
import dev.pychat.store.StoreException;
import dev.pychat.store.StoreRefusedException;
import dev.pychat.store.TranscriptStore;
import dev.pychat.store.VersionedBytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The accounts of a home, {@code accounts/REALM/NAME}. The folder of an account is locked from its first use until all is
 * closed; asking for a keyring that is not there neither makes nor locks one. Thread-safe.
 */
final class FileClientStores implements ClientStores, KeyringStore {
    private final ReentrantLock lock = new ReentrantLock();
    private final AccountPaths paths;
    private final Map<LocalAccount, AccountFolder> open = new HashMap<>();
    private boolean closed;

    FileClientStores(Path accounts) {
        this.paths = new AccountPaths(accounts);
    }

    @Override
    public KeyringStore keyrings() {
        return this;
    }

    @Override
    public PinStore pins(LocalAccount account) throws StoreException {
        return folder(account).pins();
    }

    @Override
    public OutboxStore outbox(LocalAccount account) throws StoreException {
        return folder(account).outbox();
    }

    @Override
    public TranscriptStore transcripts(LocalAccount account) throws StoreException {
        return folder(account).transcripts();
    }

    @Override
    public List<LocalAccount> archived(LocalAccount account) throws StoreException {
        return folder(account).archives().list();
    }

    @Override
    public TranscriptStore archive(LocalAccount account, LocalAccount from) throws StoreException {
        return folder(account).archives().store(from);
    }

    @Override
    public List<LocalAccount> accounts() throws StoreException {
        return paths.list().stream()
                .filter(account -> Files.exists(paths.of(account).resolve(AccountFolder.KEYRING)))
                .toList();
    }

    @Override
    public Optional<VersionedBytes> load(LocalAccount account) throws StoreException {
        lock.lock();
        try {
            boolean isThere = Files.exists(paths.of(account).resolve(AccountFolder.KEYRING));
            return isThere ? folder(account).keyring().load() : Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void save(LocalAccount account, long previous, Bytes document) throws StoreException {
        lock.lock();
        try {
            folder(account).keyring().save(previous, document);
        } finally {
            lock.unlock();
        }
    }

    private AccountFolder folder(LocalAccount account) throws StoreException {
        lock.lock();
        try {
            if (closed) {
                throw new StoreRefusedException("the files in " + paths.directory() + " were closed");
            }
            AccountFolder folder = open.get(account);
            if (folder == null) {
                folder = AccountFolder.open(paths.of(account), account);
                open.put(account, folder);
            }
            return folder;
        } catch (IOException e) {
            throw Failure.of(e);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() throws StoreException {
        lock.lock();
        try (Closing closing = new Closing()) {
            closed = true;
            open.values().forEach(closing::add);
            open.clear();
        } catch (IOException e) {
            throw Failure.of(e);
        } finally {
            lock.unlock();
        }
    }
}
