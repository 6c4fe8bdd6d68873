package dev.pychat.client;

import dev.pychat.envelope.Finding;
import dev.pychat.envelope.OpenedEpoch;
import dev.pychat.envelope.PoolWatch;
import dev.pychat.keyring.Vault;
import dev.pychat.keyring.VaultEntry;
import dev.pychat.model.StoredMessage;
import dev.pychat.model.Username;
import dev.pychat.store.PinStore;
import dev.pychat.store.StoreException;
import dev.pychat.store.VersionedBytes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the server has said about the account's own keys (which bundles it has confirmed, and what is in the pool of one-time keys), and
 * what the person has set for the account. It is kept where a pin of the account itself would stand, since nobody is a peer of their own.
 * If the store fails, less is found out about the server, and a setting is not changed; nothing else suffers. Thread-safe.
 */
final class ServerWord {

    private static final Logger LOG = LoggerFactory.getLogger(ServerWord.class);

    private final PinStore store;
    private final DeviceRecords records;
    private final Username self;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile ServerWordRecord known = ServerWordRecord.NOTHING;
    private long version;
    private volatile boolean loaded;

    ServerWord(PinStore store, DeviceRecords records, Username self) {
        this.store = store;
        this.records = records;
        this.self = self;
    }

    /** The server says that this is the account's bundle. */
    void confirmed(long serial, Instant now) {
        change(before -> before.with(before.bundles().with(serial, now)));
    }

    Optional<Finding> judge(StoredMessage first, OpenedEpoch epoch) {
        return known.bundles().judge(first, epoch);
    }

    /** An epoch of a peer came wrapped to a last-resort key of this device. */
    void lastResortUsed(StoredMessage first, OpenedEpoch epoch) {
        change(before -> before.with(before.pool().lastResortUsed(first, epoch)));
    }

    /**
     * The server says how many keys the pool of this device has, of which so many were just added. What follows from it is told once: the
     * judgement is stored first.
     */
    List<Finding> poolHas(int left, int added, Instant now) {
        List<Finding> withheld = new ArrayList<>();
        boolean kept = change(before -> {
            PoolWatch.Answer answer = before.pool().told(now, left, added);
            withheld.addAll(answer.withheld());
            return before.with(answer.after());
        });
        return kept ? withheld : List.of();
    }

    /** What is set for the account, as far as this device knows. */
    AccountSettings settings() throws StoreException {
        if (loaded) {
            return known.settings();
        }
        lock.lock();
        try {
            if (!loaded) {
                load();
            }
            return known.settings();
        } finally {
            lock.unlock();
        }
    }

    /** Sets something; nothing is changed if the store fails for certain. */
    void set(UnaryOperator<AccountSettings> change) throws StoreException {
        store(before -> before.with(change.apply(before.settings())));
    }

    /** What goes into the vault of it; nothing if it can't be read, and then the vault keeps what it has. */
    List<VaultEntry> vaulted() {
        try {
            return settings().entries();
        } catch (StoreException e) {
            LOG.warn("what is set for this account can't be read: {}", e.getMessage());
            return List.of();
        }
    }

    /** Takes what another device has set. If the store fails it is taken from the vault the next time. */
    void take(Vault vault) {
        change(before -> before.with(before.settings().with(vault)));
    }

    private interface Change {
        ServerWordRecord of(ServerWordRecord before);
    }

    /** False if the store failed. */
    private boolean change(Change change) {
        try {
            store(change);
            return true;
        } catch (StoreException e) {
            LOG.warn("what is new of this account's keys and settings is not kept: {}", e.getMessage());
            return false;
        }
    }

    private void store(Change change) throws StoreException {
        lock.lock();
        try {
            if (!loaded) {
                load();
            }
            ServerWordRecord next = change.of(known);
            if (!next.equals(known)) {
                store.save(self, version, records.seal(self, next));
                version++;
                known = next;
            }
        } catch (StoreException e) {
            // It may be stored all the same.
            loaded = false;
            throw e;
        } finally {
            lock.unlock();
        }
    }

    private void load() throws StoreException {
        Optional<VersionedBytes> stored = store.load(self);
        if (stored.isPresent()) {
            known = records.serverWord(self, stored.get().value());
            version = stored.get().version();
        }
        loaded = true;
    }
}
