package dev.pychat.endtoend.architecture.planted.server;

import dev.pychat.endtoend.architecture.planted.internal.Detail;
import dev.pychat.endtoend.architecture.planted.store.OpenedStore;

/** Reaches the private half in two steps. */
public final class Committer {
    /** Uses the store, which uses the private half. */
    public Detail commit() {
        return new Detail(new OpenedStore().size());
    }
}
