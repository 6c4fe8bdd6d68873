package dev.pychat.testkit.client;

import dev.pychat.model.Bytes;
import dev.pychat.model.EpochName;
import dev.pychat.model.MessageId;
import dev.pychat.model.Position;
import dev.pychat.model.Username;
import dev.pychat.store.ClientStores;
import dev.pychat.store.KeyringStore;
import dev.pychat.store.LocalAccount;
import dev.pychat.store.OutboxLane;
import dev.pychat.store.OutboxStep;
import dev.pychat.store.OutboxStore;
import dev.pychat.store.PinStore;
import dev.pychat.store.StoreException;
import dev.pychat.store.TranscriptEntry;
import dev.pychat.store.TranscriptForgetting;
import dev.pychat.store.TranscriptSpan;
import dev.pychat.store.TranscriptStep;
import dev.pychat.store.TranscriptStore;
import dev.pychat.store.VersionedBytes;
import dev.pychat.store.memory.MemoryClientStores;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A device in memory whose parts fail as they are told to. */
final class FailingStores implements ClientStores {

    private final MemoryClientStores stores;
    private final Fault outbox = new Fault("the outbox");
    private final Fault transcripts = new Fault("the transcripts");
    private final Fault pins = new Fault("the pins");
    private final AtomicInteger pages = new AtomicInteger();
    private final List<Integer> forgotten = new CopyOnWriteArrayList<>();

    FailingStores(MemoryClientStores stores) {
        this.stores = stores;
    }

    /** What goes wrong with the steps of the outbox. */
    Fault outbox() {
        return outbox;
    }

    /** What goes wrong with the steps of the transcripts, and with reading them. */
    Fault transcripts() {
        return transcripts;
    }

    /** What goes wrong with the pins, read or written. */
    Fault pins() {
        return pins;
    }

    /** How many pages of the transcripts were read that may have more than one entry. */
    int pages() {
        return pages.get();
    }

    /** How many messages each step has forgotten. */
    List<Integer> forgotten() {
        return forgotten;
    }

    /** What the device holds now, without the faults. */
    MemoryClientStores copy() {
        return stores.copy();
    }

    @Override
    public KeyringStore keyrings() {
        return stores.keyrings();
    }

    @Override
    public PinStore pins(LocalAccount account) {
        PinStore real = stores.pins(account);
        return new PinStore() {
            @Override
            public List<Username> peers() throws StoreException {
                return pins.read(real::peers);
            }

            @Override
            public Optional<VersionedBytes> load(Username peer) throws StoreException {
                return pins.read(() -> real.load(peer));
            }

            @Override
            public void save(Username peer, long previous, Bytes document) throws StoreException {
                pins.write(() -> real.save(peer, previous, document));
            }
        };
    }

    @Override
    public OutboxStore outbox(LocalAccount account) {
        OutboxStore real = stores.outbox(account);
        return new OutboxStore() {
            @Override
            public List<OutboxLane> load() throws StoreException {
                return real.load();
            }

            @Override
            public void keep(OutboxStep step) throws StoreException {
                outbox.write(() -> real.keep(step));
            }

            @Override
            public void eraseDropped() throws StoreException {
                outbox.write(real::eraseDropped);
            }
        };
    }

    @Override
    public TranscriptStore transcripts(LocalAccount account) {
        TranscriptStore real = stores.transcripts(account);
        return new TranscriptStore() {
            @Override
            public List<Username> peers() throws StoreException {
                return transcripts.read(real::peers);
            }

            @Override
            public TranscriptSpan span(Username peer) throws StoreException {
                return transcripts.read(() -> real.span(peer));
            }

            @Override
            public List<TranscriptEntry> page(Username peer, Position before, int limit) throws StoreException {
                if (limit > 1) {
                    pages.incrementAndGet();
                }
                return transcripts.read(() -> real.page(peer, before, limit));
            }

            @Override
            public Optional<TranscriptEntry> find(Username peer, MessageId id) throws StoreException {
                return transcripts.read(() -> real.find(peer, id));
            }

            @Override
            public Optional<TranscriptEntry> find(Username peer, EpochName epoch, int n) throws StoreException {
                return transcripts.read(() -> real.find(peer, epoch, n));
            }

            @Override
            public Optional<Bytes> epoch(Username peer, EpochName epoch) throws StoreException {
                return transcripts.read(() -> real.epoch(peer, epoch));
            }

            @Override
            public void append(TranscriptStep step) throws StoreException {
                transcripts.write(() -> real.append(step));
            }

            @Override
            public void replace(TranscriptStep step) throws StoreException {
                transcripts.write(() -> real.replace(step));
            }

            @Override
            public List<EpochName> epochs(Username peer) throws StoreException {
                return transcripts.read(() -> real.epochs(peer));
            }

            @Override
            public void forget(TranscriptForgetting step) throws StoreException {
                transcripts.write(() -> real.forget(step));
                forgotten.add(step.entries().size());
            }
        };
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
    public void close() {
        stores.close();
    }
}
