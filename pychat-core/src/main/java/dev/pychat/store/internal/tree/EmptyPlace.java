package dev.pychat.store.internal.tree;

import dev.pychat.store.directory.internal.DataDirectory;
import java.io.IOException;

/** The place of stores in a directory that has none. */
record EmptyPlace(DataDirectory data) implements FilledStores.Place {

    @Override
    public void take() throws IOException {
        data.finish();
        data.endTaking();
    }

    @Override
    public void leave() throws IOException {
        data.removeBeginning();
        if (!data.isMade()) {
            data.endTaking();
        }
    }
}
