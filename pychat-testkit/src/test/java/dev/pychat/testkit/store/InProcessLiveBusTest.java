package dev.pychat.testkit.store;

import dev.pychat.bus.LiveBus;

/** The bus of one process keeps the contract. */
class InProcessLiveBusTest extends LiveBusContract {

    @Override
    protected LiveBus open() {
        return LiveBus.inProcess();
    }
}
