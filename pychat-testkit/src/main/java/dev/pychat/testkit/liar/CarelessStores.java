package dev.pychat.testkit.liar;

import dev.pychat.store.ServerStores;
import dev.pychat.testkit.store.ForwardingServerStores;

/** Stores whose messages can be told not to look at {@code after}. */
final class CarelessStores extends ForwardingServerStores {

    private final CarelessMessages messages;

    CarelessStores(ServerStores stores) {
        super(stores);
        this.messages = new CarelessMessages(stores.messages());
    }

    @Override
    public CarelessMessages messages() {
        return messages;
    }
}
