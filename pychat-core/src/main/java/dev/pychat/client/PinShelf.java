package dev.pychat.client;

import dev.pychat.model.Username;
import dev.pychat.store.PinStore;
import dev.pychat.store.StoreException;
import dev.pychat.store.VersionedBytes;
import java.util.List;
import java.util.Optional;

/** The pins of one account in their store, sealed under the device key. Thread-safe. */
final class PinShelf {

    /**
     * A pin as it is stored.
     *
     * @param pin the pin, if there is one
     * @param version the version that a next one follows, 0 for the first
     */
    record Kept(Optional<Pin> pin, long version) {}

    private final PinStore store;
    private final DeviceRecords records;
    private final Username self;

    PinShelf(PinStore store, DeviceRecords records, Username self) {
        this.store = store;
        this.records = records;
        this.self = self;
    }

    List<Username> peers() throws StoreException {
        return store.peers().stream().filter(peer -> !peer.equals(self)).toList();
    }

    Kept load(Username peer) throws StoreException {
        Optional<VersionedBytes> stored = store.load(peer);
        if (stored.isEmpty()) {
            return new Kept(Optional.empty(), 0);
        }
        return new Kept(
                Optional.of(records.pin(peer, stored.get().value())),
                stored.get().version());
    }

    void save(Username peer, long previous, Pin pin) throws StoreException {
        store.save(peer, previous, records.seal(peer, pin));
    }
}
