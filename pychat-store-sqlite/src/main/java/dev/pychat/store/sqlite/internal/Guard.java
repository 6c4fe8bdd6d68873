package dev.pychat.store.sqlite.internal;

import dev.pychat.store.directory.Durability;
import dev.pychat.store.directory.internal.DamagedFileException;
import dev.pychat.store.directory.internal.PrivateFiles;
import dev.pychat.store.directory.internal.TwoSlots;
import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Notices what is lost or altered in the files of SQLite, and keeps what that takes; the package says how. Confined to one
 * thread, that of the writer once the stores are open.
 */
public final class Guard implements Closeable {

    private static final long SYNC_EVERY = TimeUnit.SECONDS.toNanos(1);
    private static final long MAGIC = 0x7079636861747371L;

    private final GuardedFiles files;
    private final TwoSlots slots;
    private final Durability durability;
    private Mark mark;
    private Optional<RandomAccessFile> log = Optional.empty();
    private long syncedAt = System.nanoTime();

    private Guard(GuardedFiles files, TwoSlots slots, Durability durability, Mark mark) {
        this.files = files;
        this.slots = slots;
        this.durability = durability;
        this.mark = mark;
    }

    /**
     * Begins to guard a database that was just made, whose log is empty.
     *
     * @param database the database file
     * @param check the directory for the guard's own files
     * @param pageBytes the bytes of a page
     * @throws IOException if a file can't be read or written
     */
    public static void begin(Path database, Path check, int pageBytes) throws IOException {
        GuardedFiles files = new GuardedFiles(database, check, pageBytes);
        Map<Long, Integer> sums = PageSums.of(database, pageBytes);
        files.sums().apply(sums, sums.size());
        try (TwoSlots slots = new TwoSlots(files.mark(), MAGIC)) {
            slots.write(Mark.START.write());
            slots.sync();
        }
    }

    /**
     * Reads the whole database and its log, and compares them with what was kept of them. Nobody has opened them.
     *
     * @param database the database file
     * @param check the directory of the guard's own files
     * @param pageBytes the bytes of a page
     * @param durability whether each transaction is synced before {@link #committed} is called
     * @return the guard
     * @throws IOException if a file can't be read or written
     * @throws DamagedFileException if something is lost or altered; nothing was touched
     */
    public static Guard open(Path database, Path check, int pageBytes, Durability durability) throws IOException {
        GuardedFiles files = new GuardedFiles(database, check, pageBytes);
        files.requireWhole();
        TwoSlots slots = new TwoSlots(files.mark(), MAGIC);
        boolean opened = false;
        try {
            Mark mark = Mark.read(slots.read().orElseThrow(() -> new DamagedFileException(files.mark() + " is empty")));
            Guard guard = new Guard(files, slots, durability, mark);
            Comparison comparison = new Comparison(files, mark);
            if (comparison.requireIntact()) {
                guard.settled();
            } else {
                guard.takeUp(comparison.log());
            }
            opened = true;
            return guard;
        } finally {
            if (!opened) {
                slots.close();
            }
        }
    }

    /**
     * The log may go on behind the mark. A power failure may have left the mark old: from now on it is as far as the log. And a
     * process that was killed may have left there what it had not synced, so that is done now: whoever finds it answers for it.
     */
    private void takeUp(WalFile found) throws IOException {
        if (found.frames() == 0) {
            return;
        }
        try (RandomAccessFile file = new RandomAccessFile(files.log().toFile(), "rw")) {
            file.getFD().sync();
        }
        PrivateFiles.syncName(files.log());
        mark = new Mark(found.salt(), found.frames(), found.sum());
    }

    /**
     * Remembers that a transaction that changed something is durable in the log and about to be acknowledged. Costs a few small
     * reads and one small write, which is made durable once a second. Where not each transaction is synced, the log is once a
     * second, and nothing is written in between: the mark must not be on the disk before what it speaks of.
     *
     * @throws java.io.SyncFailedException if a sync failed
     * @throws IOException if it cannot be written down
     */
    public void committed() throws IOException {
        if (log.isEmpty()) {
            log = Optional.of(new RandomAccessFile(files.log().toFile(), "r"));
            // SQLite does so, too, and goes on if it fails.
            PrivateFiles.syncName(files.log());
        }
        Mark next = WalFile.advance(log.get(), mark, files.pageBytes());
        boolean due = System.nanoTime() - syncedAt > SYNC_EVERY;
        if (durability == Durability.OS && due) {
            syncLog();
        }
        if (durability == Durability.DISK || due) {
            slots.write(next.write());
        }
        mark = next;
        if (due) {
            slots.sync();
            syncedAt = System.nanoTime();
        }
    }

    private void syncLog() throws IOException {
        log.orElseThrow().getFD().sync();
        PrivateFiles.syncName(files.log());
    }

    /**
     * How long the log is up to what was acknowledged.
     *
     * @return its bytes
     */
    public long logBytes() {
        return mark.frames() == 0 ? 0 : WalFile.end(mark.frames(), files.pageBytes());
    }

    /**
     * Gets ready for the log to go into the database. Until {@link #settled} a crash may leave the pages concerned in any form: the
     * log has them.
     *
     * @return false if the log is empty, so that there is nothing to do
     * @throws IOException if that can't be written down durably
     * @throws DamagedFileException if the log has lost what was acknowledged
     */
    public boolean prepare() throws IOException {
        WalFile committed = WalFile.read(files.log(), files.pageBytes());
        if (!mark.isIn(committed)) {
            throw new DamagedFileException(files.log().getFileName() + " has lost changes while it was in use");
        }
        if (committed.frames() == 0) {
            return false;
        }
        Map<Long, Integer> sums = new HashMap<>();
        NextSums.read(files.next()).ifPresent(earlier -> sums.putAll(earlier.sums()));
        sums.putAll(committed.pages());
        new NextSums(committed.size(), sums).write(files.next());
        return true;
    }

    /**
     * Takes over what was prepared: the log went into the database, durably, and is empty.
     *
     * @throws IOException if that can't be written down durably; it may be tried again
     */
    public void settled() throws IOException {
        Optional<NextSums> next = NextSums.read(files.next());
        if (next.isPresent()) {
            files.sums().apply(next.get().sums(), next.get().pages());
        }
        slots.write(Mark.START.write());
        slots.sync();
        mark = Mark.START;
        Files.deleteIfExists(files.next());
        PrivateFiles.syncDirectory(files.check());
    }

    @Override
    public void close() throws IOException {
        slots.close();
        if (log.isPresent()) {
            log.get().close();
        }
    }
}
