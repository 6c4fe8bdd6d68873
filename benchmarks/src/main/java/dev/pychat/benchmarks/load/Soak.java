package dev.pychat.benchmarks.load;

import dev.pychat.model.PychatException;
import dev.pychat.ref.server.store.XodusStoreKind;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * Half of what the server can do, for half an hour: whether its heap after a full collection, its open files or its threads grow, and
 * whether the last minute is slower than the first.
 */
public final class Soak {

    private static final int PAIRS = 10;
    private static final int WINDOW = 16;
    private static final int HALF_AN_HOUR = 30;
    private static final double SLOWER = 1.5;

    /** What a heap may hold more at the end: caches that were not full yet. */
    private static final double MORE = 1.1;

    private static final long MORE_KIB = 4_096;

    /** What files of Xodus's log are called. Some of them are kept open for reading, the more the longer it runs, up to a bound. */
    private static final String LOG_FILE = ".xd";

    /** That bound, the file that is written, its head, and one that is just being changed for another. */
    private static final int MOST_LOG_FILES = 67;

    /** What a message of 400 bytes may take of the disk until Xodus tidies up. */
    private static final double DISK_BYTES_EACH = 1_200;

    /** The JVM's compilers and collectors start and end threads of their own. */
    private static final int MORE_THREADS = 4;

    /**
     * How long it takes.
     *
     * @param capacity for how long it is counted what the server can do, after twice that time of the same
     * @param minute how long one measurement of the latency takes
     * @param minutes how many there are
     */
    record Scale(Duration capacity, Duration minute, int minutes) {

        /** How long messages are sent at the steady rate, the minute to warm up included. */
        double seconds() {
            return minute.toMillis() / 1e3 * (minutes + 1);
        }
    }

    /**
     * What was seen between two minutes.
     *
     * @param heapKiB the heap after a full collection
     * @param handles open files and sockets, without those of the log
     * @param logFiles open files of the log
     * @param threads threads
     * @param residentKiB resident memory
     */
    private record Sample(long heapKiB, long handles, long logFiles, long threads, long residentKiB) {

        static Sample of(ServerProcess server) throws IOException, InterruptedException {
            Proc proc = server.proc();
            long heapKiB = server.heapKiB();
            List<String> handles = proc.handles();
            long logFiles =
                    handles.stream().filter(name -> name.endsWith(LOG_FILE)).count();
            return new Sample(heapKiB, handles.size() - logFiles, logFiles, proc.status("Threads"), proc.residentKiB());
        }

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "heap %d KiB, %d files, %d files of the log, %d threads, resident %d MiB",
                    heapKiB,
                    handles,
                    logFiles,
                    threads,
                    residentKiB >> 10);
        }
    }

    private Soak() {}

    /**
     * Runs it on a temporary data directory; exits with 1 if something has grown.
     *
     * @param args how many minutes; 30 if it is left out
     * @throws IOException if the directory can't be made, or the server does not start
     * @throws PychatException if the stores or the server refuse something
     * @throws InterruptedException if it was interrupted
     */
    public static void main(String[] args) throws IOException, PychatException, InterruptedException {
        int minutes = args.length == 0 ? HALF_AN_HOUR : minutes(args[0]);
        Tools.logLikeTheServer();
        List<String> grown = run(new Scale(Duration.ofMinutes(1), Duration.ofMinutes(1), minutes), System.out);
        grown.forEach(System.out::println);
        System.exit(grown.isEmpty() ? 0 : 1);
    }

    private static int minutes(String given) {
        if (!given.matches("[1-9][0-9]{0,3}")) {
            System.err.println("the minutes are \"" + given + "\", allowed are 1 to 9999");
            System.exit(2);
        }
        return Integer.parseInt(given);
    }

    /** What has grown, in sentences. */
    static List<String> run(Scale scale, PrintStream out) throws IOException, PychatException, InterruptedException {
        Path data = Files.createTempDirectory("pychat-soak");
        try {
            List<Seat> seats = Seat.lay(data, new XodusStoreKind(), 2 * PAIRS);
            try (ServerProcess server = ServerProcess.start(data, List.of());
                    Pairs pairs = Pairs.connect(server.transport(), seats)) {
                double capacity = capacity(pairs, scale.capacity());
                double most = Files.getFileStore(data).getUsableSpace() / DISK_BYTES_EACH / scale.seconds();
                double rate = Math.min(capacity / 2, most);
                out.printf(
                        Locale.ROOT,
                        "capacity %.0f messages a second, from now on %.0f: %s%n",
                        capacity,
                        rate,
                        rate < most ? "half of it" : "the disk has no room for half of it");
                return soak(server, pairs, rate, scale, out);
            }
        } finally {
            Directories.delete(data);
        }
    }

    private static double capacity(Pairs pairs, Duration time) throws InterruptedException {
        pairs.keepBusy(WINDOW);
        TimeUnit.MILLISECONDS.sleep(2 * time.toMillis());
        long before = pairs.meter().delivered();
        long start = System.nanoTime();
        TimeUnit.MILLISECONDS.sleep(time.toMillis());
        double capacity = (pairs.meter().delivered() - before) * 1e9 / (System.nanoTime() - start);
        pairs.quieten(time);
        return capacity;
    }

    private static List<String> soak(ServerProcess server, Pairs pairs, double rate, Scale scale, PrintStream out)
            throws IOException, InterruptedException {
        pairs.pace(rate, scale.minute());
        Sample first = Sample.of(server);
        out.println("after a minute to warm up: " + first);
        List<Histogram> minutes = new ArrayList<>();
        for (int minute = 1; minute <= scale.minutes(); minute++) {
            pairs.meter().latency();
            pairs.pace(rate, scale.minute());
            Histogram latency = pairs.meter().latency();
            minutes.add(latency);
            out.println("minute " + minute + ": " + latency.getTotalCount() + " messages, " + Tools.line(latency));
        }
        pairs.quieten(scale.minute());
        Sample last = Sample.of(server);
        out.println("at the end: " + last);
        return grown(first, last, minutes);
    }

    private static List<String> grown(Sample first, Sample last, List<Histogram> minutes) {
        List<String> grown = new ArrayList<>();
        if (last.heapKiB() > first.heapKiB() * MORE + MORE_KIB) {
            grown.add("the heap has grown from " + first.heapKiB() + " to " + last.heapKiB() + " KiB");
        }
        if (last.handles() > first.handles()) {
            grown.add("open files have grown from " + first.handles() + " to " + last.handles());
        }
        if (last.logFiles() > MOST_LOG_FILES) {
            grown.add("open files of the log are " + last.logFiles() + ", more than " + MOST_LOG_FILES);
        }
        if (last.threads() > first.threads() + MORE_THREADS) {
            grown.add("threads have grown from " + first.threads() + " to " + last.threads());
        }
        long begin = minutes.get(0).getValueAtPercentile(99);
        long end = minutes.get(minutes.size() - 1).getValueAtPercentile(99);
        if (end > begin * SLOWER) {
            grown.add(String.format(Locale.ROOT, "p99 has grown from %.2f to %.2f ms", begin / 1e6, end / 1e6));
        }
        return grown;
    }
}
