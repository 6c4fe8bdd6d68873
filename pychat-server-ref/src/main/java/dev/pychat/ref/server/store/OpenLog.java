package dev.pychat.ref.server.store;

import dev.pychat.ref.server.store.internal.CheckedLog;
import java.io.IOException;
import java.nio.file.Path;
import jetbrains.exodus.env.EnvironmentImpl;

/**
 * A log that is open, with the environment over it and its trees.
 *
 * <p>Immutable and thread-safe, as its parts are.
 */
record OpenLog(CheckedLog log, EnvironmentImpl environment, Trees trees) {

    static OpenLog open(Path store, long cacheBytes) throws IOException {
        CheckedLog log = CheckedLog.open(DataDirectory.log(store), DataDirectory.check(store));
        boolean opened = false;
        try {
            OpenLog made = open(log, XodusEnvironment.open(log, cacheBytes));
            opened = true;
            return made;
        } finally {
            if (!opened) {
                log.abandon();
            }
        }
    }

    private static OpenLog open(CheckedLog log, EnvironmentImpl environment) throws IOException {
        boolean opened = false;
        try {
            log.opened(environment.getLog().getHighAddress());
            Trees trees = environment.computeInExclusiveTransaction(txn -> Trees.open(environment, txn));
            log.acknowledge(environment.getLog().getHighAddress());
            opened = true;
            return new OpenLog(log, environment, trees);
        } finally {
            if (!opened) {
                XodusEnvironment.abandon(environment);
            }
        }
    }

    /** A commit was made durable. */
    void acknowledge() throws IOException {
        log.acknowledge(environment.getLog().getHighAddress());
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
