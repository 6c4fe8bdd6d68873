package dev.pychat.ref.server.store;

import dev.pychat.testkit.store.FullDiskContract;

/** Stores on Xodus on a full disk. */
class FullDiskTest extends FullDiskContract {

    FullDiskTest() {
        super(new XodusOnDisk(), "store/log");
    }
}
