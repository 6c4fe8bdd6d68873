package dev.pychat.ref.server.store;

import dev.pychat.testkit.store.DamageContract;
import dev.pychat.testkit.store.DurableStoresContract;
import dev.pychat.testkit.store.KillContract;
import dev.pychat.testkit.store.PowerLossContract;
import org.junit.jupiter.api.Nested;

/** The stores on Xodus outlive their process, a kill and, if nothing else, notice damage. */
class XodusOnDiskTest {

    @Nested
    class Durable extends DurableStoresContract {
        Durable() {
            super(new XodusOnDisk());
        }
    }

    @Nested
    class Kill extends KillContract {
        Kill() {
            super(XodusOnDisk.class);
        }
    }

    /** The system has what was acknowledged, though no sync was awaited. */
    @Nested
    class KillWithoutSyncs extends KillContract {
        KillWithoutSyncs() {
            super(UnsyncedXodusOnDisk.class);
        }
    }

    @Nested
    class PowerLoss extends PowerLossContract {
        PowerLoss() {
            super(XodusOnDisk.class);
        }
    }

    @Nested
    class Damaged extends DamageContract {
        Damaged() {
            super(new XodusOnDisk());
        }
    }
}
