package dev.pychat.benchmarks;

import dev.pychat.benchmarks.load.Directories;
import dev.pychat.benchmarks.load.Talk;
import dev.pychat.model.Position;
import dev.pychat.model.PychatException;
import dev.pychat.ref.server.store.XodusStoreKind;
import dev.pychat.store.Submission;
import dev.pychat.store.directory.DirectoryServerStores;
import dev.pychat.store.directory.StoreKind;
import dev.pychat.store.sqlite.SqliteStoreKind;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;

/**
 * What both stores on a disk take for the same: durable appends in batches of 1, 64 and 1,000 over a hundred conversations, a
 * page of 50 somewhere in them, the room on the disk, and opening again. In rounds that take turns, so that what else the
 * machine does falls on both. Prints the distribution of each.
 */
final class StoreTiming {

    private static final int PAGE = 50;
    private static final long SEED = 42;

    /**
     * How much is measured, for each store.
     *
     * @param rounds how often the stores take turns
     * @param conversations over how many conversations the messages go
     * @param ones how many batches of 1 in each round
     * @param sixtyFours how many of 64
     * @param thousands how many of 1,000
     * @param pages how many pages
     */
    record Scale(int rounds, int conversations, int ones, int sixtyFours, int thousands, int pages) {

        static final Scale REAL = new Scale(10, 100, 200, 100, 20, 400);
    }

    private final Scale scale;

    private StoreTiming(Scale scale) {
        this.scale = scale;
    }

    /**
     * Measures in a directory, which should be on the disk that is meant.
     *
     * @param args the directory; a temporary one if there is none
     * @throws IOException if files can't be made
     * @throws PychatException if a store fails
     */
    public static void main(String[] args) throws IOException, PychatException {
        Path directory = args.length == 0
                ? Files.createTempDirectory("pychat-store-timing")
                : Files.createTempDirectory(Path.of(args[0]), "pychat-store-timing");
        run(directory, Scale.REAL, System.out);
        Directories.delete(directory);
    }

    static void run(Path directory, Scale scale, PrintStream out) throws IOException, PychatException {
        new StoreTiming(scale).measure(directory, out);
    }

    private void measure(Path directory, PrintStream out) throws IOException, PychatException {
        List<Candidate> candidates = new ArrayList<>();
        for (StoreKind kind : List.of(new XodusStoreKind(), new SqliteStoreKind())) {
            candidates.add(new Candidate(kind, directory.resolve(kind.name()), scale));
        }
        for (int round = 0; round < scale.rounds(); round++) {
            for (Candidate candidate : candidates) {
                candidate.round(round > 0);
            }
        }
        for (Candidate candidate : candidates) {
            candidate.print(out);
        }
    }

    /** One kind of stores, what was measured of it, and who talks in it. Confined to one thread. */
    private static final class Candidate {
        private final StoreKind kind;
        private final Path directory;
        private final Scale scale;
        private final Random random = new Random(SEED);
        private final List<Talk> talks = new ArrayList<>();
        private final List<Long> ones = new ArrayList<>();
        private final List<Long> sixtyFours = new ArrayList<>();
        private final List<Long> thousands = new ArrayList<>();
        private final List<Long> pages = new ArrayList<>();
        private final DirectoryServerStores stores;
        private long messages;

        Candidate(StoreKind kind, Path directory, Scale scale) throws PychatException {
            this.kind = kind;
            this.directory = directory;
            this.scale = scale;
            this.stores = kind.open(directory, new SecureRandom());
            for (int i = 0; i < scale.conversations(); i++) {
                talks.add(Talk.ofStrangers(random, i));
            }
        }

        /** The first one warms up and is not counted. */
        void round(boolean counted) throws PychatException {
            append(scale.ones(), 1, counted ? ones : new ArrayList<>());
            append(scale.sixtyFours(), 64, counted ? sixtyFours : new ArrayList<>());
            append(scale.thousands(), 1000, counted ? thousands : new ArrayList<>());
            for (int i = 0; i < scale.pages(); i++) {
                Talk talk = talks.get(random.nextInt(talks.size()));
                Position before = talk.somewhere();
                long start = System.nanoTime();
                stores.messages().page(talk.conversation(), before, PAGE);
                if (counted) {
                    pages.add(System.nanoTime() - start);
                }
            }
        }

        private void append(int times, int size, List<Long> nanos) throws PychatException {
            for (int i = 0; i < times; i++) {
                List<Submission> batch = new ArrayList<>();
                for (int j = 0; j < size; j++) {
                    batch.add(talks.get(random.nextInt(talks.size())).next());
                }
                long start = System.nanoTime();
                stores.messages().append(batch);
                nanos.add(System.nanoTime() - start);
                messages += size;
            }
        }

        void print(PrintStream out) throws IOException, PychatException {
            out.println(kind.name() + ", " + messages + " messages with envelopes of " + Talk.ENVELOPE_BYTES
                    + " bytes in " + talks.size() + " conversations; microseconds");
            out.println("  append 1     " + distribution(ones));
            out.println("  append 64    " + distribution(sixtyFours));
            out.println("  append 1000  " + distribution(thousands));
            out.println("  page of 50   " + distribution(pages));
            stores.close();
            out.println(String.format(
                    Locale.ROOT, "  on disk      %.0f bytes for each message", (double) bytes() / messages));
            long start = System.nanoTime();
            kind.open(directory, new SecureRandom()).close();
            out.println(String.format(
                    Locale.ROOT, "  opened anew and closed in %.0f ms", (System.nanoTime() - start) / 1e6));
        }

        private static String distribution(List<Long> nanos) {
            return Distribution.ofNanos(
                            nanos.stream().mapToLong(Long::longValue).toArray())
                    .line();
        }

        private long bytes() throws IOException {
            try (Stream<Path> all = Files.walk(directory)) {
                return all.map(Path::toFile)
                        .filter(java.io.File::isFile)
                        .mapToLong(java.io.File::length)
                        .sum();
            }
        }
    }
}
