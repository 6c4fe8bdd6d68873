package dev.pychat.ref.server.store.internal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import jetbrains.exodus.io.DataReader;
import jetbrains.exodus.io.DataWriter;

/**
 * A log whose damage is noticed: at opening where its end is concerned, at reading for every page.
 *
 * <p>Thread-safe; opened by one owner at a time, which holds the directory's lock.
 */
public final class CheckedLog implements Closeable {

    private final LogFiles files;
    private final PageSums sums;
    private final Progress progress;
    private final LogWriter writer;
    private volatile Optional<String> damage = Optional.empty();

    private CheckedLog(LogFiles files, PageSums sums, Progress progress) {
        this.files = files;
        this.sums = sums;
        this.progress = progress;
        this.writer = new LogWriter(this, files, sums, progress);
    }

    /**
     * Opens a log, or begins one in empty directories.
     *
     * @param log where the log's files are
     * @param check where the checksums and the mark are
     * @return the log
     * @throws IOException if a file cannot be read or written
     * @throws DamagedLogException if the end of the log is not as it was
     */
    public static CheckedLog open(Path log, Path check) throws IOException {
        LogFiles files = new LogFiles(log);
        MarkFile marks = new MarkFile(check.resolve("mark"));
        PageSums sums = new PageSums(check.resolve("sums"));
        try {
            List<Long> addresses = files.addresses();
            Optional<Mark> mark = marks.read();
            if (mark.isEmpty() && !addresses.isEmpty()) {
                throw new DamagedLogException("the mark is missing though there is a log");
            }
            new LogEnd(files, sums, mark.orElse(Mark.START)).check(addresses);
            return new CheckedLog(files, sums, new Progress(marks, sums, mark.orElse(Mark.START)));
        } catch (IOException | RuntimeException e) {
            files.close();
            marks.close();
            sums.close();
            throw e;
        }
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
    public void opened(long end) {
        if (damage.isPresent()) {
            throw new DamagedLogException(damage.get());
        }
        if (end < progress.mark().acknowledged()) {
            throw damaged("the log can be read up to " + end + " only, it had come to "
                    + progress.mark().acknowledged());
        }
        writer.openingIsOver();
    }

    /**
     * Remembers that a commit was made durable and is about to be acknowledged. Costs one small write; the file is made
     * durable now and then only, see the package.
     *
     * @param end the address behind the commit
     * @throws IOException if it cannot be written down
     */
    public void acknowledge(long end) throws IOException {
        progress.acknowledge(end);
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
     * Closes the files and remembers nothing.
     *
     * @throws IOException if that fails
     */
    public void abandon() throws IOException {
        files.close();
        progress.close();
        sums.close();
    }

    DamagedLogException damaged(String what) {
        damage = Optional.of(what);
        return new DamagedLogException(what);
    }

    /** Reads a part of a file, having checked every full page that it touches. */
    int read(long address, long position, byte[] target, int offset, int count) throws IOException {
        long length = files.length(address);
        int wanted = (int) Math.max(0, Math.min(count, length - position));
        byte[] page = new byte[PageSums.PAGE];
        int done = 0;
        while (done < wanted) {
            long at = position + done;
            long start = at - at % PageSums.PAGE;
            int got = files.read(address, start, page, 0, page.length);
            if (got == page.length) {
                check(address + start, page);
            }
            int skip = (int) (at - start);
            int part = Math.min(wanted - done, got - skip);
            if (part <= 0) {
                break;
            }
            System.arraycopy(page, skip, target, offset + done, part);
            done += part;
        }
        return done;
    }

    private void check(long pageAddress, byte[] page) throws IOException {
        long number = pageAddress / PageSums.PAGE;
        OptionalInt expected;
        try {
            expected = sums.get(number);
        } catch (DamagedLogException e) {
            throw damaged(String.valueOf(e.getMessage()));
        }
        if (expected.isEmpty()) {
            throw damaged("the checksum of page " + number + " is missing");
        }
        if (expected.getAsInt() != PageSums.sum(page, 0, page.length)) {
            throw damaged("page " + number + " ("
                    + files.path(pageAddress - pageAddress % LogFiles.FILE).getFileName() + " at "
                    + pageAddress % LogFiles.FILE + ") is not what was written");
        }
    }
}
