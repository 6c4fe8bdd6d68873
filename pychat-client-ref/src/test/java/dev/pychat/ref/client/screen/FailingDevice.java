package dev.pychat.ref.client.screen;

import dev.pychat.model.Bytes;
import dev.pychat.model.Username;
import dev.pychat.store.ClientStores;
import dev.pychat.store.KeyringStore;
import dev.pychat.store.LocalAccount;
import dev.pychat.store.OutboxLane;
import dev.pychat.store.OutboxStep;
import dev.pychat.store.OutboxStore;
import dev.pychat.store.PinStore;
import dev.pychat.store.StoreException;
import dev.pychat.store.StoreRefusedException;
import dev.pychat.store.TranscriptStore;
import dev.pychat.store.VersionedBytes;
import dev.pychat.store.memory.MemoryClientStores;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** A device in memory, parts of which fail when they are told to. */
final class FailingDevice implements ClientStores {
    private final MemoryClientStores stores = new MemoryClientStores();
    private volatile long firstUnkept = Long.MAX_VALUE;
    private final AtomicInteger loads = new AtomicInteger(Integer.MAX_VALUE);
    private volatile boolean pinsAreFixed;

    /** Steps that bring the message of that number, or a later one of the same step, are refused once. */
    void refuseOnce(long number) {
        firstUnkept = number;
    }

    /** So many pins of others can be read, none after. */
    void damagePinsAfter(int intact) {
        loads.set(intact);
    }

    /** No pin can be written. */
    void fixPins(boolean fixed) {
        pinsAreFixed = fixed;
    }

    @Override
    public KeyringStore keyrings() {
        return stores.keyrings();
    }

    @Override
    public TranscriptStore transcripts(LocalAccount account) throws StoreException {
        return stores.transcripts(account);
    }

    @Override
    public List<LocalAccount> archived(LocalAccount account) {
        return stores.archived(account);
    }

    @Override
    public TranscriptStore archive(LocalAccount account, LocalAccount from) {
        return stores.archive(account, from);
    }

    @Override
    public OutboxStore outbox(LocalAccount account) throws StoreException {
        OutboxStore outbox = stores.outbox(account);
        return new OutboxStore() {
            @Override
            public List<OutboxLane> load() throws StoreException {
                return outbox.load();
            }

            @Override
            public void keep(OutboxStep step) throws StoreException {
                if (step.entries().stream().anyMatch(entry -> entry.number() >= firstUnkept)) {
                    firstUnkept = Long.MAX_VALUE;
                    throw new StoreRefusedException("the disk is full", new IOException("No space left on device"));
                }
                outbox.keep(step);
            }

            @Override
            public void eraseDropped() throws StoreException {
                outbox.eraseDropped();
            }
        };
    }

    @Override
    public PinStore pins(LocalAccount account) throws StoreException {
        PinStore pins = stores.pins(account);
        return new PinStore() {
            @Override
            public List<Username> peers() throws StoreException {
                return pins.peers();
            }

            @Override
            public Optional<VersionedBytes> load(Username peer) throws StoreException {
                if (!peer.equals(account.user()) && loads.getAndDecrement() <= 0) {
                    throw new StoreRefusedException("pins/" + peer + ".whole is damaged");
                }
                return pins.load(peer);
            }

            @Override
            public void save(Username peer, long previous, Bytes document) throws StoreException {
                if (pinsAreFixed) {
                    throw new StoreRefusedException("pins can't be written");
                }
                pins.save(peer, previous, document);
            }
        };
    }

    @Override
    public void close() throws StoreException {
        stores.close();
    }
}
