package dev.pychat.ref.server;

import dev.pychat.ref.server.backup.Tally;
import dev.pychat.ref.server.operation.DirectorySize;
import dev.pychat.store.StoreException;
import dev.pychat.store.directory.DataDirectoryException;
import dev.pychat.store.directory.RenewedStores;
import dev.pychat.store.directory.StoreKind;
import dev.pychat.store.directory.internal.Reasons;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Makes a data directory smaller: what is in it is copied to new files, which leave out what is in use no more. Confined to one thread. */
final class Compaction {

    /** Says how much room there is where a directory is. */
    interface Room {
        long bytes(Path directory) throws IOException;
    }

    private static final long SAY_EVERY = 1_000_000;

    private final Path data;
    private final Room room;
    private final PrintStream out;
    private final Filling filling;

    Compaction(Path data, Room room, long sayEvery, PrintStream out) {
        this.data = data;
        this.room = room;
        this.out = out;
        this.filling = new Filling("compact " + data, data, new Lines(sayEvery, out));
    }

    static void run(Path data, PrintStream out) throws StartException {
        new Compaction(data, directory -> Files.getFileStore(directory).getUsableSpace(), SAY_EVERY, out).run();
    }

    void run() throws StartException {
        StoreKind kind = DataStores.present(data);
        try (RenewedStores stores = kind.renew(data)) {
            long before = DirectorySize.bytes(data);
            requireRoom(before);
            out.println("compacting " + data + " (" + kind.name() + "), which takes " + grouped(before) + " bytes");
            Tally.Sum sum = filling.requireSame(filling.copy(stores.present(), stores), stores);
            stores.finish();
            report(sum, before, DirectorySize.bytes(data));
        } catch (DataDirectoryException e) {
            throw DataStores.failed(e);
        } catch (StoreException e) {
            throw filling.failed(e);
        } catch (IOException e) {
            throw new StartException(ExitCode.CANNOT_READ_OR_WRITE, "cannot compact " + data + ": " + Reasons.of(e), e);
        }
    }

    /** The copy is no larger than what is there: that it is smaller nobody knows before. */
    private void requireRoom(long needed) throws IOException, StartException {
        long free = room.bytes(data);
        if (free < needed) {
            throw new StartException(
                    ExitCode.CANNOT_READ_OR_WRITE,
                    "compacting " + data + " may need " + grouped(needed) + " bytes for a while, and " + grouped(free)
                            + " are free there: make room, or move it to a disk that has some with ./pychat server migrate");
        }
    }

    private void report(Tally.Sum sum, long before, long after) {
        out.println("compacted " + data + ": " + grouped(before) + " bytes became " + grouped(after) + "; "
                + sum.of("accounts") + " accounts, " + sum.of("conversations") + " conversations, " + sum.of("messages")
                + " messages, " + sum.total() + " records in all");
        out.println("it holds the same as before: SHA-256 " + sum.hash().hex());
    }

    private static String grouped(long bytes) {
        return String.format(Locale.ROOT, "%,d", bytes);
    }

    /** A line now and then, for whoever waits. Confined to one thread. */
    private static final class Lines implements Filling.Progress {
        private final long every;
        private final PrintStream out;
        private long taken;
        private long compared;

        Lines(long every, PrintStream out) {
            this.every = every;
            this.out = out;
        }

        @Override
        public void took() {
            say("copied ", ++taken);
        }

        @Override
        public void compared() {
            say("compared ", ++compared);
        }

        private void say(String what, long count) {
            if (count % every == 0) {
                out.println(what + grouped(count) + " records");
            }
        }
    }
}
