package dev.pychat.client;

import dev.pychat.envelope.ConfirmedBundles;
import dev.pychat.envelope.Finding;
import dev.pychat.envelope.OpenedEpoch;
import dev.pychat.model.StoredMessage;
import dev.pychat.model.Username;
import dev.pychat.store.PinStore;
import dev.pychat.store.StoreException;
import dev.pychat.store.VersionedBytes;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which of the account's bundles the server has confirmed, and when; kept where a pin of the account itself would stand, since nobody
 * is a peer of their own. If the store fails, less is found out about the server, and nothing else suffers. Thread-safe.
 */
final class BundleConfirmations {

    private static final Logger LOG = LoggerFactory.getLogger(BundleConfirmations.class);

    private final PinStore store;
    private final DeviceRecords records;
    private final Username self;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile ConfirmedBundles known = ConfirmedBundles.NONE;
    private long version;
    private boolean loaded;

    BundleConfirmations(PinStore store, DeviceRecords records, Username self) {
        this.store = store;
        this.records = records;
        this.self = self;
    }

    private void load() throws StoreException {
        Optional<VersionedBytes> stored = store.load(self);
        if (stored.isPresent()) {
            known = records.confirmedBundles(self, stored.get().value());
            version = stored.get().version();
        }
        loaded = true;
    }

    /** The server says that this is the account's bundle. */
    void confirmed(long serial, Instant now) {
        lock.lock();
        try {
            if (!loaded) {
                load();
            }
            ConfirmedBundles next = known.with(serial, now);
            if (!next.equals(known)) {
                store.save(self, version, records.seal(self, next));
                version++;
                known = next;
            }
        } catch (StoreException e) {
            // It may be stored all the same.
            loaded = false;
            LOG.warn("when the server confirmed the own bundle {} is not kept: {}", serial, e.getMessage());
        } finally {
            lock.unlock();
        }
    }

    Optional<Finding> judge(StoredMessage first, OpenedEpoch epoch) {
        return known.judge(first, epoch);
    }
}
