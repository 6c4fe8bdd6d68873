package dev.pychat.benchmarks.load;

import java.util.ArrayList;
import java.util.List;

/** What the launcher tells a server's Java on Linux. Stateless and thread-safe. */
public final class LauncherFlags {

    static final List<String> ALWAYS = List.of("-XX:+IgnoreUnrecognizedVMOptions", "-XX:TrimNativeHeapInterval=10000");

    static final List<String> COLLECTOR = List.of("-XX:+UseParallelGC", "-XX:NewSize=16m", "-XX:GCTimeRatio=19");

    private LauncherFlags() {}

    /**
     * Puts them in front of others.
     *
     * @param more the others; where one of them names a collector, the launcher's is left out
     * @return all of them
     */
    public static List<String> with(List<String> more) {
        List<String> all = new ArrayList<>(ALWAYS);
        if (more.stream().noneMatch(flag -> flag.matches("-XX:\\+Use.*GC"))) {
            all.addAll(COLLECTOR);
        }
        all.addAll(more);
        return all;
    }
}
