package dev.pychat.benchmarks.load;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * A process and all that it has started, as Linux counts them. Thread-safe.
 *
 * @param root the process
 */
public record ProcessTree(ProcessHandle root) {

    /**
     * Processor time since the start, on all cores.
     *
     * @return the time, in hundredths of a second
     * @throws IOException if Linux does not tell it
     */
    public Duration cpu() throws IOException {
        Duration sum = Duration.ZERO;
        for (Proc process : all()) {
            sum = sum.plus(process.cpu());
        }
        return sum;
    }

    /**
     * Memory that is resident.
     *
     * @return KiB
     * @throws IOException if Linux does not tell it
     */
    public long residentKiB() throws IOException {
        long sum = 0;
        for (Proc process : all()) {
            sum += process.residentKiB();
        }
        return sum;
    }

    private List<Proc> all() {
        return Stream.concat(Stream.of(root), root.descendants())
                .map(each -> Proc.of(each.pid()))
                .toList();
    }
}
