package dev.pychat.store.internal.tree;

import dev.pychat.store.StoreException;
import dev.pychat.store.directory.DataDirectoryException;
import dev.pychat.store.directory.NewStores;
import dev.pychat.store.directory.RecordSink;
import dev.pychat.store.directory.StoredRecord;
import dev.pychat.store.directory.internal.DataDirectory;
import dev.pychat.store.directory.internal.DirectoryLock;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Stores that are being made of another's records, many of which become durable together. Confined to one thread. */
final class FilledStores implements NewStores {

    private static final int MOST_BYTES = 1 << 20;
    private static final int EACH_BYTES = 100;

    private final DataDirectory data;
    private final DirectoryLock lock;
    private final TreeDirectory.Opener opener;
    private final Place place;
    private Database database;
    private final List<StoredRecord> waiting = new ArrayList<>();
    private long waitingBytes;
    private boolean closed;

    /** How stores that are whole come into their place, and what is done about those that never will be. */
    interface Place {
        void take() throws IOException, StoreException;

        void leave() throws IOException, StoreException;
    }

    FilledStores(DataDirectory data, DirectoryLock lock, TreeDirectory.Opener opener, Place place) throws IOException {
        this.data = data;
        this.lock = lock;
        this.opener = opener;
        this.place = place;
        this.database = opener.open(data.beginning());
    }

    @Override
    public void take(StoredRecord record) throws StoreException {
        tree(record);
        waiting.add(record);
        waitingBytes += record.key().size() + record.value().size() + EACH_BYTES;
        if (waitingBytes >= MOST_BYTES) {
            keepWaiting();
        }
    }

    private void keepWaiting() throws StoreException {
        database.change(trees -> {
            for (StoredRecord record : waiting) {
                trees.tree(tree(record)).put(record.key(), record.value());
            }
        });
        waiting.clear();
        waitingBytes = 0;
    }

    private static TreeName tree(StoredRecord record) {
        return TreeName.named(record.tree())
                .orElseThrow(() -> new IllegalArgumentException(
                        "\"" + record.tree() + "\" is no tree, known are " + Arrays.toString(TreeName.values())));
    }

    @Override
    public void writeOut(RecordSink sink) throws StoreException {
        keepWaiting();
        openAnew();
        Records.writeOut(database, sink);
    }

    /** So that what is read comes from the files. */
    private void openAnew() throws StoreException {
        TreeDirectory.requireClosed(database);
        try {
            database = opener.open(data.beginning());
        } catch (IOException | RuntimeException e) {
            throw Outcomes.refused("could not be opened anew", e);
        }
    }

    @Override
    public void finish() throws StoreException, DataDirectoryException {
        keepWaiting();
        TreeDirectory.requireClosed(database);
        try {
            place.take();
        } catch (IOException e) {
            throw TreeDirectory.unusable(data, e);
        }
    }

    @Override
    public void close() throws DataDirectoryException {
        if (closed) {
            return;
        }
        closed = true;
        try (lock) {
            TreeDirectory.requireClosed(database);
            place.leave();
        } catch (IOException | StoreException e) {
            throw TreeDirectory.unusable(data, e);
        }
    }
}
