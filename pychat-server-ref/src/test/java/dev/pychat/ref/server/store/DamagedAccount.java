package dev.pychat.ref.server.store;

import dev.pychat.store.directory.Durability;
import dev.pychat.store.directory.internal.DataDirectory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import jetbrains.exodus.ArrayByteIterable;
import jetbrains.exodus.env.StoreConfig;

/** Damage that no file shows, for its sums are right: the record of an account is not what the store ever wrote. */
public final class DamagedAccount {

    private static final long CACHE = 8 << 20;

    private DamagedAccount() {}

    /** Leaves one in a data directory that nobody uses. */
    public static void in(Path data) throws Exception {
        XodusServerStores.open(data, new SecureRandom()).close();
        OpenLog open = OpenLog.open(new DataDirectory(data, XodusServerStores.LAYOUT).store(), CACHE, Durability.DISK);
        open.environment()
                .executeInTransaction(txn -> open.environment()
                        .openStore("accounts", StoreConfig.WITHOUT_DUPLICATES, txn)
                        .put(
                                txn,
                                new ArrayByteIterable("alice".getBytes(StandardCharsets.US_ASCII)),
                                new ArrayByteIterable(new byte[40])));
        open.acknowledge();
        open.close();
    }
}
