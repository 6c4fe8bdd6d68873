package dev.pychat.benchmarks.load;

import dev.pychat.model.PychatException;
import dev.pychat.ref.server.store.XodusStoreKind;
import dev.pychat.store.directory.StoreKind;
import dev.pychat.store.sqlite.SqliteStoreKind;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What becomes dearer with what a server holds: its start, a page of history, a delivered message, and the room on the disk, with more and
 * more messages, and with more and more accounts. Everything is laid in through the stores' own interface. Each size has a directory of
 * its own, which is removed before the next.
 */
public final class Growth {

    private static final long ROOM_FACTOR = 5;

    /** How many messages are stored where the number of accounts is what grows. */
    private static final long BESIDE_ACCOUNTS = 10_000;

    /**
     * How much is measured.
     *
     * @param kind what keeps them
     * @param messages how many messages are stored, one after the other
     * @param accounts how many accounts there are, one after the other
     * @param batch how many messages are laid in together
     * @param pages how many pages are read
     * @param starts how often the server is started, each time it is asked how long that takes
     * @param warmUp for how long pages and delivered messages are not counted
     * @param time for how long they are
     */
    record Scale(
            StoreKind kind,
            List<Long> messages,
            List<Long> accounts,
            int batch,
            int pages,
            int starts,
            Duration warmUp,
            Duration time) {

        static final Scale REAL = new Scale(
                new XodusStoreKind(),
                List.of(10_000L, 1_000_000L, 10_000_000L),
                List.of(100L, 10_000L, 100_000L),
                1_000,
                5_000,
                5,
                Duration.ofSeconds(30),
                Duration.ofSeconds(20));

        /** With the sizes that the command line names. */
        Scale with(String argument) {
            if (argument.equals("--store=sqlite")) {
                return new Scale(new SqliteStoreKind(), messages, accounts, batch, pages, starts, warmUp, time);
            }
            String[] parts = argument.split("=", 2);
            List<Long> sizes = parts.length < 2 || parts[1].isEmpty()
                    ? List.of()
                    : Arrays.stream(parts[1].split(",")).map(Growth::number).toList();
            return switch (parts[0]) {
                case "--messages" -> new Scale(kind, sizes, accounts, batch, pages, starts, warmUp, time);
                case "--accounts" -> new Scale(kind, messages, sizes, batch, pages, starts, warmUp, time);
                case "--batch" ->
                    new Scale(kind, messages, accounts, sizes.get(0).intValue(), pages, starts, warmUp, time);
                default ->
                    throw new IllegalArgumentException(
                            argument + " is none of --store=sqlite --messages=1e4,1e6 --accounts=100,1e4 --batch=1000");
            };
        }
    }

    private Growth() {}

    /**
     * Measures in a directory, which should be on the disk that is meant.
     *
     * @param args sizes such as {@code --messages=1e4,1e6} and {@code --accounts=1e2,1e4}, either of which may be empty; {@code --batch=64};
     *     {@code --store=sqlite}; and the directory, a temporary one if there is none
     * @throws IOException if files can't be made, or the server does not start
     * @throws PychatException if a store or the server refuses something
     * @throws InterruptedException if it was interrupted
     */
    public static void main(String[] args) throws IOException, PychatException, InterruptedException {
        Tools.logLikeTheServer();
        Scale scale = Scale.REAL;
        Path place = Path.of(System.getProperty("java.io.tmpdir"));
        for (String argument : args) {
            if (argument.startsWith("--")) {
                scale = scale.with(argument);
            } else {
                place = Path.of(argument);
            }
        }
        run(place, scale, System.out);
    }

    private static Long number(String text) {
        return (long) Double.parseDouble(text);
    }

    static void run(Path place, Scale scale, PrintStream out)
            throws IOException, PychatException, InterruptedException {
        for (long messages : scale.messages()) {
            requireRoom(place, messages * Grown.BODY);
            each(place, "messages=" + messages, messages, 0, scale, out);
        }
        for (long accounts : scale.accounts()) {
            each(place, "accounts=" + accounts, BESIDE_ACCOUNTS, accounts, scale, out);
        }
    }

    private static void each(Path place, String what, long messages, long accounts, Scale scale, PrintStream out)
            throws IOException, PychatException, InterruptedException {
        Path data = Files.createTempDirectory(place, "pychat-growth");
        try {
            Grown grown = Grown.lay(data, scale.kind(), messages, accounts, scale.batch());
            double laidIn = accounts > 0 ? grown.accountsPerSecond() : grown.messagesPerSecond();
            out.println("S6 " + what + ": laid in at " + Math.round(laidIn) + "/s");
            if (accounts > 0) {
                out.println("S6 " + what + ": " + asked(grown, scale));
            } else {
                out.println("S6 " + what + ": as laid in: " + stored(grown, data, messages, scale));
                String compacted = grown.compact();
                out.println("S6 " + what + ": compacted " + compacted + ": " + stored(grown, data, messages, scale));
            }
            out.println("S6 " + what + ": S1 10 pairs: " + grown.busy(scale.warmUp(), scale.time()));
        } finally {
            Directories.delete(data);
        }
    }

    private static String stored(Grown grown, Path data, long messages, Scale scale)
            throws IOException, PychatException, InterruptedException {
        return room(data, messages * Grown.BODY) + "; " + asked(grown, scale);
    }

    private static String asked(Grown grown, Scale scale) throws IOException, PychatException, InterruptedException {
        return "page of " + Grown.PAGE + " over the wire: "
                + grown.pagesFromServer(scale.warmUp(), scale.pages()) + ", from the store alone: "
                + grown.pagesFromStore(scale.warmUp(), scale.pages()) + "; " + grown.start(scale.starts());
    }

    private static void requireRoom(Path place, long payload) throws IOException {
        long free = Files.getFileStore(place).getUsableSpace();
        if (free < payload * ROOM_FACTOR) {
            throw new IOException("that takes up to " + payload * ROOM_FACTOR + " bytes in " + place + ", where " + free
                    + " are free; name a directory on another disk, or fewer messages");
        }
    }

    private static String room(Path data, long payload) throws IOException {
        long bytes;
        List<Path> files = new ArrayList<>();
        try (Stream<Path> all = Files.walk(data.resolve("store"))) {
            all.filter(Files::isRegularFile).forEach(files::add);
        }
        bytes = 0;
        for (Path file : files) {
            bytes += Files.size(file);
        }
        return String.format(Locale.ROOT, "%.2f times the payload on the disk", (double) bytes / payload);
    }
}
