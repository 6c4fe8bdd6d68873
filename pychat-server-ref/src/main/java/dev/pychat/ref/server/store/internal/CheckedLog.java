package dev.pychat.ref.server.store.internal;

import dev.pychat.store.directory.Durability;
import java.io.Closeable;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.SyncFailedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import jetbrains.exodus.io.DataReader;
import jetbrains.exodus.io.DataWriter;

/**
 * A log whose damage is noticed: at opening where its end is concerned, at reading for every page.
 *
 * <p>Thread-safe; opened by one owner at a time, which holds the directory's lock.
 */
public final class CheckedLog implements Closeable {

    /** How much Xodus should read at once: a page that has a checksum of its own. */
    public static final int PAGE_BYTES = PageSums.PAGE;

    /** The bytes of each file but the last. */
    public static final int FILE_BYTES = (int) LogFiles.FILE;

    private final LogFiles files;
    private final PageSums sums;
    private final Progress progress;
    private final LogWriter writer;
    private volatile Optional<String> damage = Optional.empty();

    private CheckedLog(LogFiles files, PageSums sums, Progress progress, Durability durability) {
        this.files = files;
        this.sums = sums;
        this.progress = progress;
        this.writer = new LogWriter(this, files, sums, progress, durability);
    }

    /**
     * Opens a log, or begins one in empty directories. What is left of a commit that a power failure tore is cut off; what a process that
     * was killed had written and not synced is made durable, since from now on it is answered for.
     *
     * @param log where the log's files are
     * @param check where the checksums and the mark are
     * @param durability what counts as written
     * @return the log
     * @throws IOException if a file cannot be read or written
     * @throws DamagedLogException if the end of the log is not as it was
     */
    public static CheckedLog open(Path log, Path check, Durability durability) throws IOException {
        return open(log, check, durability, CheckedLog::begin);
    }

    /**
     * Opens a log after a failed sync, to be read only: what had not been made durable by then is cut off.
     *
     * @param log where the log's files are
     * @param check where the checksums and the mark are
     * @param synced how far it had been made durable, see {@link #synced()}
     * @return the log
     * @throws IOException if a file cannot be read or cut
     * @throws DamagedLogException if the end of the log is not as it was
     */
    public static CheckedLog openToRead(Path log, Path check, long synced) throws IOException {
        return open(log, check, Durability.DISK, (opened, addresses, end) -> {
            opened.files.cut(synced);
            opened.progress.synced(synced, opened.tail(synced));
            opened.writer.end();
        });
    }

    /** What is done with a log whose end was found in its last file. */
    private interface Beginning {
        void of(CheckedLog opened, List<Long> addresses, LogEnd.Found end) throws IOException;
    }

    private static CheckedLog open(Path log, Path check, Durability durability, Beginning beginning)
            throws IOException {
        LogFiles files = new LogFiles(log);
        MarkFile marks = new MarkFile(check.resolve("mark"));
        PageSums sums = new PageSums(check.resolve("sums"));
        try {
            List<Long> addresses = files.addresses();
            Optional<Mark> mark = marks.read();
            if (mark.isEmpty() && !addresses.isEmpty()) {
                throw new DamagedLogException("the mark is missing though there is a log");
            }
            LogEnd end = new LogEnd(files, sums, mark.orElse(Mark.START));
            LogEnd.Found found = end.find(addresses);
            CheckedLog opened = new CheckedLog(
                    files, sums, new Progress(marks, sums, mark.orElse(Mark.START), durability), durability);
            beginning.of(opened, addresses, found);
            end.adopt(files.addresses());
            return opened;
        } catch (IOException | RuntimeException e) {
            files.close();
            marks.close();
            sums.close();
            throw e;
        }
    }

    /** A process that was killed may have made the last file and not its name durable. */
    private void begin(List<Long> addresses, LogEnd.Found end) throws IOException {
        files.syncDirectory();
        if (end.isToBeCut()) {
            long last = addresses.get(addresses.size() - 1);
            cut(last, end.address() - last);
        }
        if (end.address() > progress.mark().synced()) {
            files.sync(progress.mark().synced());
            progress.synced(end.address(), tail(end.address()));
        }
    }

    /**
     * Cuts off the end of a file, so that it never counts again. Files behind it that were removed before must not come back, and the seal,
     * which is over nothing and so always true, must not be there before what is in front of it. It may take the place of the only other one
     * that is true: 64 bytes are on the disk as a whole or not at all.
     */
    void cut(long address, long length) throws IOException {
        long end = address + length;
        files.syncDirectory();
        progress.cut(end, tail(end));
        try (LogHead head = new LogHead(files.path(address))) {
            if (!head.isBlank()) {
                head.sync();
                head.write(Seal.at(end));
                head.sync();
            }
        }
        files.cut(address, length);
    }

    /**
     * What Xodus reads through.
     *
     * @return a reader that checks every page
     */
    public DataReader reader() {
        return new LogReader(this, files);
    }

    /**
     * What Xodus writes through.
     *
     * @return the one writer
     */
    public DataWriter writer() {
        return writer;
    }

    /**
     * Says that opening is over: from now on Xodus removes files only after it has moved what was in them.
     *
     * @param end where Xodus found the end of the log
     * @throws DamagedLogException if that is not where it was, or damage was met meanwhile
     */
    public void opened(long end) throws DamagedLogException {
        if (damage.isPresent()) {
            throw new DamagedLogException(damage.get());
        }
        if (end < progress.mark().acknowledged()) {
            throw damaged("the log can be read up to " + end + " only, it had come to "
                    + progress.mark().acknowledged());
        }
        writer.openingIsOver();
    }

    /** The checksum of the last page up to an address. */
    private int tail(long end) throws IOException {
        byte[] page = new byte[(int) (end % PageSums.PAGE)];
        if (page.length == 0) {
            return 0;
        }
        long start = end - page.length;
        int read = files.read(start - start % LogFiles.FILE, start % LogFiles.FILE, page, 0, page.length);
        if (read < page.length) {
            throw damaged("the log is shorter than it was a moment ago");
        }
        return PageSums.sum(page, 0, page.length);
    }

    /**
     * Remembers that a commit was made durable and is about to be acknowledged. Costs one small write; the file is made
     * durable now and then only, see the package.
     *
     * @param end the address behind the commit
     * @throws IOException if it cannot be written down
     */
    public void acknowledge(long end) throws IOException {
        if (writer.hasEnded()) {
            return;
        }
        try {
            progress.acknowledge(end);
        } catch (SyncFailedException e) {
            writer.failSync();
            throw e;
        }
    }

    /**
     * How far it was made durable, as far as is known.
     *
     * @return the address behind the last byte
     */
    public long synced() {
        return progress.synced();
    }

    /**
     * Whether it is time to make the log durable where not every commit is.
     *
     * @return true once a second while it is not
     */
    public boolean isDue() {
        return progress.isDue();
    }

    /**
     * Whether a write has failed, as on a full disk. What Xodus believes of the log may then differ from what is in the
     * files, so nothing more is written: the log is to be abandoned and opened again, which cuts off what was half written.
     *
     * @return true from the first failure on
     */
    public boolean hasFailed() {
        return writer.hasFailed();
    }

    /**
     * Whether it was a sync that failed. Nobody knows then what the disk has, and asking again proves nothing: nothing more may be
     * written until the process has ended.
     *
     * @return true from the first such failure on
     */
    public boolean syncHasFailed() {
        return writer.syncHasFailed();
    }

    /**
     * Compares every full page of the log that was made durable with its checksum, whether anybody reads it or not. Reads and
     * writes go on meanwhile; of a file that is removed meanwhile nothing is said. An interrupt ends it.
     *
     * @param faults is told of each page that is not what was written
     * @throws IOException if a file can't be read
     */
    public void compare(Consumer<String> faults) throws IOException {
        long end = progress.mark().synced();
        for (long address : files.addresses()) {
            try {
                compare(address, end, faults);
            } catch (FileNotFoundException | NoSuchFileException e) {
                if (files.addresses().contains(address)) {
                    throw e;
                }
            }
        }
    }

    private void compare(long address, long end, Consumer<String> faults) throws IOException {
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedIOException("it was interrupted");
        }
        if (address + LogFiles.FILE <= end) {
            try (LogHead head = LogHead.toRead(files.path(address))) {
                if (!head.isIntact()) {
                    faults.accept("the head of " + files.path(address).getFileName() + " is not what was written");
                }
            }
        }
        byte[] page = new byte[PageSums.PAGE];
        for (long at = 0; at < LogFiles.FILE && address + at + page.length <= end; at += page.length) {
            int read = files.read(address, at, page, 0, page.length);
            fault(address + at, page, 0, read).ifPresent(faults);
        }
    }

    /** Closes the files and remembers that everything is durable. The environment must have been closed before. */
    @Override
    public void close() throws IOException {
        try {
            if (damage.isEmpty()) {
                progress.settle();
            }
        } finally {
            abandon();
        }
    }

    /**
     * Closes the files and remembers nothing. After a failed sync what had not been made durable by then is cut off: whoever reads it in the next
     * process must not take it for something that the disk has.
     *
     * @throws IOException if that fails
     */
    public void abandon() throws IOException {
        writer.abandon();
        try {
            if (writer.syncHasFailed()) {
                files.cut(progress.synced());
            }
        } finally {
            files.close();
            progress.close();
            sums.close();
        }
    }

    DamagedLogException damaged(String what) {
        damage = Optional.of(what);
        return new DamagedLogException(what);
    }

    /** Reads a part of a file, as far as it goes, having checked every full page that it touches. */
    int read(long address, long position, byte[] target, int offset, int count) throws IOException {
        int done = 0;
        while (done < count) {
            long at = position + done;
            boolean wholePage = at % PageSums.PAGE == 0 && count - done >= PageSums.PAGE;
            int part = wholePage
                    ? readPage(address, at, target, offset + done)
                    : readPart(address, at, target, offset + done, count - done);
            done += part;
            if (part < PageSums.PAGE && (part == 0 || (at + part) % PageSums.PAGE != 0)) {
                break;
            }
        }
        return done;
    }

    private int readPart(long address, long at, byte[] target, int offset, int count) throws IOException {
        byte[] page = new byte[PageSums.PAGE];
        int skip = (int) (at % PageSums.PAGE);
        int part = Math.max(0, Math.min(count, readPage(address, at - skip, page, 0) - skip));
        System.arraycopy(page, skip, target, offset, part);
        return part;
    }

    private int readPage(long address, long start, byte[] target, int offset) throws IOException {
        int read = files.read(address, start, target, offset, PageSums.PAGE);
        if (read == PageSums.PAGE) {
            check(address + start, target, offset);
        }
        return read;
    }

    private void check(long pageAddress, byte[] bytes, int offset) throws IOException {
        Optional<String> fault = fault(pageAddress, bytes, offset, PageSums.PAGE);
        if (fault.isPresent()) {
            throw damaged(fault.get());
        }
    }

    /** What is wrong with a page; empty if it is what was written. */
    private Optional<String> fault(long pageAddress, byte[] bytes, int offset, int length) throws IOException {
        long number = pageAddress / PageSums.PAGE;
        OptionalInt expected;
        try {
            expected = sums.get(number);
        } catch (DamagedLogException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
        if (expected.isEmpty()) {
            return Optional.of("the checksum of page " + number + " is missing");
        }
        return expected.getAsInt() == PageSums.sum(bytes, offset, length)
                ? Optional.empty()
                : Optional.of("page " + number + " ("
                        + files.path(pageAddress - pageAddress % LogFiles.FILE).getFileName() + " at "
                        + pageAddress % LogFiles.FILE + ") is not what was written");
    }
}
