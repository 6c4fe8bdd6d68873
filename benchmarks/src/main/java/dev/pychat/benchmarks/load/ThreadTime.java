package dev.pychat.benchmarks.load;

import java.time.Duration;

/**
 * The processor time of a thread, or of a process.
 *
 * @param name its name, of which Linux keeps 15 bytes
 * @param user in its own code, in hundredths of a second
 * @param system in the kernel, in hundredths of a second
 */
public record ThreadTime(String name, Duration user, Duration system) {

    /** Linux counts processor time for programs in hundredths of a second, whatever the kernel does inside. */
    private static final int MILLIS_PER_TICK = 10;

    /** Where user and system time stand in a stat file, counted from behind the name, which may hold anything. */
    private static final int USER_TIME = 11;

    static ThreadTime parse(String stat) {
        int nameEnd = stat.lastIndexOf(')');
        String[] words = stat.substring(nameEnd + 2).split(" ", -1);
        return new ThreadTime(
                stat.substring(stat.indexOf('(') + 1, nameEnd), ticks(words[USER_TIME]), ticks(words[USER_TIME + 1]));
    }

    private static Duration ticks(String count) {
        return Duration.ofMillis(Long.parseLong(count) * MILLIS_PER_TICK);
    }

    /**
     * Both together.
     *
     * @return user and system time
     */
    public Duration all() {
        return user.plus(system);
    }

    /**
     * What it has spent since.
     *
     * @param before its times at a moment before
     * @return the difference, under the present name
     */
    public ThreadTime since(ThreadTime before) {
        return new ThreadTime(name, user.minus(before.user), system.minus(before.system));
    }
}
