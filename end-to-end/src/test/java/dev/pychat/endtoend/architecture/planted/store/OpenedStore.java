package dev.pychat.endtoend.architecture.planted.store;

import dev.pychat.endtoend.architecture.planted.keyring.PrivateHalf;

/** Looks harmless from outside and names a private half only inside a method. */
public final class OpenedStore {
    /** Uses the private half without showing it. */
    public int size() {
        return new PrivateHalf("planted").secret().length();
    }
}
