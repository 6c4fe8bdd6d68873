package dev.pychat.race;

import java.lang.management.LockInfo;
import java.lang.management.ManagementFactory;
import java.lang.management.MonitorInfo;
import java.lang.management.ThreadInfo;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Which locks the present thread holds, monitors and those of {@code java.util.concurrent}. */
public final class HeldLocks {

    /** Each thread of a pool holds its own while it runs a task. */
    private static final String OF_A_POOL = "java.util.concurrent.ThreadPoolExecutor$Worker";

    private HeldLocks() {}

    /**
     * The locks.
     *
     * @return a word for each; none for a virtual thread, of which the JVM does not tell
     */
    public static List<String> ofThisThread() {
        ThreadInfo[] infos = ManagementFactory.getThreadMXBean()
                .getThreadInfo(new long[] {Thread.currentThread().getId()}, true, true);
        ThreadInfo info = infos[0];
        if (info == null) {
            return List.of();
        }
        Stream<String> monitors = Arrays.stream(info.getLockedMonitors()).map(MonitorInfo::toString);
        Stream<String> others = Arrays.stream(info.getLockedSynchronizers())
                .filter(lock -> !lock.getClassName().equals(OF_A_POOL))
                .map(LockInfo::toString);
        return Stream.concat(monitors, others).toList();
    }
}
