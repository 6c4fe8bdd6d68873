package dev.pychat.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.LockInfo;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which locks are held where others are called: nobody else's code is called with one, or it could stop others or wait for itself. To
 * find that out the JVM goes through its whole heap, so it is asked a few times only.
 *
 * <p>Thread-safe.
 */
public final class HeldLocks {

    /** Each thread of a pool holds its own while it runs a task. */
    private static final String OF_A_POOL = "java.util.concurrent.ThreadPoolExecutor$Worker";

    private static final int LOOKS = 40;

    private record Look(Thread thread, Object on, Set<String> locks) {}

    private final AtomicInteger begun = new AtomicInteger();
    private final Queue<Look> looks = new ConcurrentLinkedQueue<>();

    /** Makes it, with nothing seen. */
    public HeldLocks() {}

    /**
     * Looks for locks that the present thread holds, if this is one of the first looks.
     *
     * @param on whose code is called, such as a connection's handler
     */
    public void look(Object on) {
        if (begun.incrementAndGet() <= LOOKS) {
            looks.add(new Look(Thread.currentThread(), on, ofThisThread()));
        }
    }

    /**
     * Fails if a look has found one. A thread that calls several may hold one of its own at all times, as an event loop does, which no
     * other thread ever holds.
     */
    public void requireNone() {
        assertThat(looks).as("looks").isNotEmpty();
        Map<Thread, List<Look>> byThread = looks.stream().collect(Collectors.groupingBy(Look::thread));
        Map<Thread, Set<String>> own = new HashMap<>();
        byThread.forEach((thread, its) -> own.put(thread, alwaysHeld(its)));
        List<String> found = new ArrayList<>();
        byThread.forEach((thread, its) -> its.forEach(look -> look.locks().stream()
                .filter(lock -> !own.getOrDefault(thread, Set.of()).contains(lock) || isOfSeveral(lock, own))
                .forEach(lock -> found.add(thread.getName() + " holds " + lock + " and calls " + look.on()))));
        assertThat(found).isEmpty();
    }

    private static Set<String> alwaysHeld(List<Look> looks) {
        if (looks.stream().map(Look::on).distinct().count() < 2) {
            return Set.of();
        }
        Set<String> always = new HashSet<>(looks.get(0).locks());
        looks.forEach(look -> always.retainAll(look.locks()));
        return always;
    }

    private static boolean isOfSeveral(String lock, Map<Thread, Set<String>> own) {
        return own.values().stream().filter(locks -> locks.contains(lock)).count() > 1;
    }

    /** Monitors and locks of {@code java.util.concurrent}; none for a virtual thread, of which the JVM does not tell. */
    private static Set<String> ofThisThread() {
        long[] thread = {Thread.currentThread().getId()};
        return Arrays.stream(ManagementFactory.getThreadMXBean().getThreadInfo(thread, true, true))
                .filter(Objects::nonNull)
                .flatMap(info -> Stream.<LockInfo>concat(
                        Arrays.stream(info.getLockedMonitors()), Arrays.stream(info.getLockedSynchronizers())))
                .filter(lock -> !lock.getClassName().equals(OF_A_POOL))
                .map(LockInfo::toString)
                .collect(Collectors.toSet());
    }
}
