package dev.pychat.testkit.client;

import dev.pychat.store.ServerStores;
import dev.pychat.testkit.store.ForwardingServerStores;

/** Stores that outlive the server which closes them. */
final class KeptStores extends ForwardingServerStores {

    private final RefusingMessages messages;

    KeptStores(ServerStores stores) {
        super(stores);
        this.messages = new RefusingMessages(stores.messages());
    }

    @Override
    public RefusingMessages messages() {
        return messages;
    }

    @Override
    public void close() {}
}
