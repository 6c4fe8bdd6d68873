package dev.pychat.ref.server.store;

import dev.pychat.ref.server.store.internal.CheckedLog;
import dev.pychat.store.directory.Durability;
import java.time.Duration;
import jetbrains.exodus.env.EnvironmentConfig;
import jetbrains.exodus.env.EnvironmentImpl;
import jetbrains.exodus.env.Environments;
import jetbrains.exodus.log.LogConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens Xodus as it has to be for a store that promises something. */
final class XodusEnvironment {

    private static final int PAGE_BYTES = CheckedLog.PAGE_BYTES;
    private static final int FILE_KIB = CheckedLog.FILE_BYTES / 1024;

    /**
     * Places in the cache for pages with one hash. The hash is the address divided by 64 KiB, so four pages that follow on each other have the
     * same, and with Xodus's two places most of what was just written had to be read again.
     */
    private static final int CACHE_PLACES = 2 * (65_536 / PAGE_BYTES);

    /** Keys in a page of a tree. A commit writes each page that it touched anew, so half of Xodus's 128 saves more than one more level costs. */
    private static final int TREE_PAGE_KEYS = 64;

    private static final Logger LOG = LoggerFactory.getLogger(XodusEnvironment.class);

    private XodusEnvironment() {}

    static EnvironmentImpl open(CheckedLog log, long cacheBytes, Durability durability) {
        LogConfig files = new LogConfig().setReaderWriter(log.reader(), log.writer());
        return (EnvironmentImpl) Environments.newInstance(files, config(cacheBytes, durability));
    }

    /** Ends an environment that is not to be used, without a last write to its files. */
    static void abandon(EnvironmentImpl environment) {
        environment.getEnvironmentConfig().setGcEnabled(false);
        try {
            environment.close();
        } catch (RuntimeException e) {
            LOG.debug("an environment that could not be opened could not be closed either", e);
        }
    }

    /**
     * Durable writes are off by default, the cache takes half the heap and is shared with whoever else uses Xodus. The sync
     * period is no timer: it only makes a writer sync once more in the middle of a commit.
     */
    static EnvironmentConfig config(long cacheBytes, Durability durability) {
        return new EnvironmentConfig()
                .setLogDurableWrite(durability == Durability.DISK)
                .setLogSyncPeriod(Duration.ofDays(1).toMillis())
                .setLogFileSize(FILE_KIB)
                .setLogCachePageSize(PAGE_BYTES)
                .setLogCacheShared(false)
                .setLogCacheGenerationCount(CACHE_PLACES)
                .setTreeMaxPageSize(TREE_PAGE_KEYS)
                .setLogClearInvalid(false)
                .setMemoryUsage(cacheBytes)
                .setEnvGatherStatistics(false)
                .setManagementEnabled(false);
    }
}
