package dev.pychat.ref.server.store;

import dev.pychat.ref.server.store.internal.CheckedLog;
import dev.pychat.store.directory.Durability;
import dev.pychat.store.internal.tree.TreeName;
import dev.pychat.store.internal.tree.Trees;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import jetbrains.exodus.env.EnvironmentImpl;
import jetbrains.exodus.env.Store;
import jetbrains.exodus.env.StoreConfig;
import jetbrains.exodus.env.Transaction;

/**
 * A log that is open, with the environment over it and its trees.
 *
 * <p>Immutable and thread-safe, as its parts are.
 */
record OpenLog(CheckedLog log, EnvironmentImpl environment, Map<TreeName, Store> stores, Durability durability) {

    static final String LOG = "log";
    static final String CHECK = "check";

    static OpenLog open(Path store, long cacheBytes, Durability durability) throws IOException {
        return over(CheckedLog.open(store.resolve(LOG), store.resolve(CHECK), durability), cacheBytes, durability);
    }

    /** After a failed sync; nothing can be written. */
    static OpenLog openToRead(Path store, long cacheBytes, long synced) throws IOException {
        CheckedLog log = CheckedLog.openToRead(store.resolve(LOG), store.resolve(CHECK), synced);
        OpenLog open = over(log, cacheBytes, Durability.DISK);
        open.environment().getEnvironmentConfig().setGcEnabled(false);
        return open;
    }

    private static OpenLog over(CheckedLog log, long cacheBytes, Durability durability) throws IOException {
        boolean opened = false;
        try {
            OpenLog made = over(log, XodusEnvironment.open(log, cacheBytes, durability), durability);
            opened = true;
            return made;
        } finally {
            if (!opened) {
                log.abandon();
            }
        }
    }

    /** Over an environment that reads and writes through the log, and is ended if this fails. */
    static OpenLog over(CheckedLog log, EnvironmentImpl environment, Durability durability) throws IOException {
        boolean opened = false;
        try {
            environment.flushAndSync();
            log.opened(environment.getLog().getHighAddress());
            Map<TreeName, Store> stores = environment.computeInExclusiveTransaction(txn -> stores(environment, txn));
            environment.flushAndSync();
            log.acknowledge(environment.getLog().getHighAddress());
            opened = true;
            return new OpenLog(log, environment, stores, durability);
        } finally {
            if (!opened) {
                XodusEnvironment.abandon(environment);
            }
        }
    }

    private static Map<TreeName, Store> stores(EnvironmentImpl environment, Transaction txn) {
        Map<TreeName, Store> stores = new EnumMap<>(TreeName.class);
        for (TreeName tree : TreeName.values()) {
            stores.put(tree, environment.openStore(tree.text(), StoreConfig.WITHOUT_DUPLICATES, txn));
        }
        return Collections.unmodifiableMap(stores);
    }

    /** The trees in a transaction. */
    Trees trees(Transaction txn) {
        return new Trees(new XodusCells(stores, txn));
    }

    /** A commit was made durable, or left to the system, which then does it here once a second. */
    void acknowledge() throws IOException {
        long end = environment.getLog().getHighAddress();
        if (durability == Durability.OS) {
            if (!log.isDue()) {
                return;
            }
            environment.flushAndSync();
        }
        log.acknowledge(end);
    }

    /** Ends it without a last write. Idempotent. */
    void abandon() throws IOException {
        XodusEnvironment.abandon(environment);
        log.abandon();
    }

    void close() throws IOException {
        boolean closed = false;
        try {
            environment.close();
            log.close();
            closed = true;
        } finally {
            if (!closed) {
                log.abandon();
            }
        }
    }
}
