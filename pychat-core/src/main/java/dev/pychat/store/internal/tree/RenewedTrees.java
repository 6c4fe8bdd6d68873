package dev.pychat.store.internal.tree;

import dev.pychat.store.StoreException;
import dev.pychat.store.directory.DataDirectoryException;
import dev.pychat.store.directory.RecordSink;
import dev.pychat.store.directory.RecordSource;
import dev.pychat.store.directory.RenewedStores;
import dev.pychat.store.directory.StoredRecord;
import dev.pychat.store.directory.internal.DataDirectory;
import dev.pychat.store.directory.internal.DirectoryLock;
import java.io.IOException;

/** Stores that are being made anew, beside those that are there. Confined to one thread. */
final class RenewedTrees implements RenewedStores {

    private final Database present;
    private final FilledStores fresh;

    private RenewedTrees(Database present, FilledStores fresh) {
        this.present = present;
        this.fresh = fresh;
    }

    static RenewedTrees begin(DataDirectory data, DirectoryLock lock, TreeDirectory.Opener opener) throws IOException {
        Database present = opener.open(data.store());
        boolean begun = false;
        try {
            data.begin();
            FilledStores fresh = new FilledStores(data, lock, opener, new TakenPlace(data, present));
            begun = true;
            return new RenewedTrees(present, fresh);
        } finally {
            if (!begun) {
                TreeDirectory.closeUnused(present);
            }
        }
    }

    /** The place of stores that are open until others take it. */
    private record TakenPlace(DataDirectory data, Database present) implements FilledStores.Place {

        @Override
        public void take() throws IOException, StoreException {
            TreeDirectory.requireClosed(present);
            data.replace();
        }

        @Override
        public void leave() throws IOException, StoreException {
            TreeDirectory.requireClosed(present);
            data.recover();
        }
    }

    @Override
    public RecordSource present() {
        return sink -> Records.writeOut(present, sink);
    }

    @Override
    public void take(StoredRecord record) throws StoreException {
        fresh.take(record);
    }

    @Override
    public void writeOut(RecordSink sink) throws StoreException {
        fresh.writeOut(sink);
    }

    @Override
    public void finish() throws StoreException, DataDirectoryException {
        fresh.finish();
    }

    @Override
    public void close() throws DataDirectoryException {
        fresh.close();
    }
}
