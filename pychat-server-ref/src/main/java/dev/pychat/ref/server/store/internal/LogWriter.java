package dev.pychat.ref.server.store.internal;

import dev.pychat.store.directory.Durability;
import dev.pychat.store.directory.internal.PrivateFiles;
import dev.pychat.store.internal.UninterruptedThread;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.SyncFailedException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.zip.CRC32C;
import jetbrains.exodus.io.AbstractDataWriter;
import jetbrains.exodus.io.Block;
import jetbrains.exodus.io.RemoveBlockType;

/**
 * What Xodus writes through: one file at a time, always at its end, with a checksum taken on the way. No interrupt can skip
 * a sync. Confined to Xodus's commit lock.
 */
final class LogWriter extends AbstractDataWriter {

    private final CheckedLog log;
    private final LogFiles files;
    private final PageSums sums;
    private final Progress progress;
    private final boolean sealsEachWrite;
    private final CRC32C page = new CRC32C();
    private final CRC32C unsynced = new CRC32C();
    private Optional<RandomAccessFile> file = Optional.empty();
    private Optional<LogHead> head = Optional.empty();
    private long syncedTo;
    private long address;
    private long position;
    private volatile boolean failed;
    private volatile boolean syncFailed;
    private volatile boolean ended;
    private volatile boolean opening = true;

    /** Writes to the end of a log; where not every commit is synced, each write has to count by itself once the process is killed. */
    LogWriter(CheckedLog log, LogFiles files, PageSums sums, Progress progress, Durability durability) {
        this.log = log;
        this.files = files;
        this.sums = sums;
        this.progress = progress;
        this.sealsEachWrite = durability == Durability.OS;
    }

    void openingIsOver() {
        opening = false;
    }

    boolean hasFailed() {
        return failed || syncFailed;
    }

    boolean syncHasFailed() {
        return syncFailed;
    }

    /** Nothing is written from now on. */
    void end() {
        ended = true;
    }

    boolean hasEnded() {
        return ended;
    }

    /** A sync of another file of the store has failed. */
    void failSync() {
        syncFailed = true;
    }

    /** What Xodus makes of this is its own affair; nothing is written from now on. */
    private UncheckedIOException failed(String what, IOException e) {
        failed = true;
        syncFailed |= e instanceof SyncFailedException;
        return new UncheckedIOException(what + ": " + e.getMessage(), e);
    }

    @Override
    public Block write(byte[] bytes, int offset, int length) {
        requireSound();
        try {
            file.orElseThrow().write(bytes, offset, length);
            unsynced.update(bytes, offset, length);
            int done = 0;
            while (done < length) {
                int room = PageSums.PAGE - (int) (position % PageSums.PAGE);
                int part = Math.min(room, length - done);
                page.update(bytes, offset + done, part);
                position += part;
                done += part;
                if (part == room) {
                    sums.put((address + position) / PageSums.PAGE - 1, (int) page.getValue());
                    page.reset();
                }
            }
            if (sealsEachWrite) {
                seal(/* synced= */ false);
            }
            return new LogBlock(log, files, address);
        } catch (IOException e) {
            throw failed("cannot write to the log", e);
        }
    }

    /** Without its seal nothing of what was written since the last sync counts when the log is opened. */
    private void seal(boolean synced) throws IOException {
        if (address + position > syncedTo) {
            head.orElseThrow().write(new Seal(syncedTo, address + position, (int) unsynced.getValue(), synced));
        }
    }

    private void sealAndSync() throws IOException {
        try {
            seal(/* synced= */ true);
        } catch (IOException e) {
            throw failed("cannot write to the log", e);
        }
        sync(file.orElseThrow());
        syncedTo = address + position;
        unsynced.reset();
    }

    @Override
    protected Block openOrCreateBlockImpl(long blockAddress, long length) {
        try {
            PrivateFiles.createFile(files.path(blockAddress));
            RandomAccessFile opened =
                    new RandomAccessFile(files.path(blockAddress).toFile(), "rw");
            file = Optional.of(opened);
            if (files.length(blockAddress) != length) {
                truncate(blockAddress, length);
            }
            opened.seek(LogFiles.offset(length));
            head = Optional.of(new LogHead(files.path(blockAddress)));
            address = blockAddress;
            position = length;
            syncedTo = blockAddress + length;
            unsynced.reset();
            resumePage(blockAddress, length);
            return new LogBlock(log, files, blockAddress);
        } catch (IOException e) {
            throw failed("cannot open the log", e);
        }
    }

    private void resumePage(long blockAddress, long length) throws IOException {
        page.reset();
        byte[] begun = new byte[(int) (length % PageSums.PAGE)];
        int read = log.read(blockAddress, length - begun.length, begun, 0, begun.length);
        if (read < begun.length) {
            throw log.damaged(files.path(blockAddress).getFileName() + " is shorter than it was");
        }
        page.update(begun);
    }

    /** Xodus syncs after each commit, before it shows or acknowledges anything of it. */
    @Override
    protected void syncImpl() {
        if (file.isEmpty() || ended) {
            return;
        }
        requireSound();
        try {
            sealAndSync();
            progress.synced(address + position, position % PageSums.PAGE == 0 ? 0 : (int) page.getValue());
        } catch (IOException e) {
            syncFailed = true;
            throw new UncheckedIOException("cannot make the log durable: " + e.getMessage(), e);
        }
    }

    /**
     * Makes the bytes of a file durable, and how many they are. When it was last changed need not be, and the disk is spared a
     * write (POSIX, {@code fdatasync}). An interrupt would close the channel that can do so, so others than those whom
     * none reaches have all of it made durable.
     */
    private static void sync(RandomAccessFile file) throws IOException {
        if (!(Thread.currentThread() instanceof UninterruptedThread)) {
            file.getFD().sync();
            return;
        }
        try {
            file.getChannel().force(false);
        } catch (IOException e) {
            SyncFailedException failed = new SyncFailedException(e.getMessage());
            failed.initCause(e);
            throw failed;
        }
    }

    @Override
    public void syncDirectory() {
        try {
            files.syncDirectory();
        } catch (IOException e) {
            throw failed("cannot make the log's directory durable", e);
        }
    }

    @Override
    protected void closeImpl() {
        try {
            abandon();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Closes the file, whatever Xodus believes; idempotent. */
    void abandon() throws IOException {
        if (file.isPresent()) {
            file.get().close();
            file = Optional.empty();
        }
        if (head.isPresent()) {
            head.get().close();
            head = Optional.empty();
        }
    }

    @Override
    protected void clearImpl() {
        throw log.damaged("the log cannot be read and was not cleared");
    }

    @Override
    public void removeBlock(long blockAddress, RemoveBlockType type) {
        if (opening && blockAddress < progress.mark().acknowledged()) {
            throw log.damaged("the log cannot be read from " + blockAddress + " on, it had come to "
                    + progress.mark().acknowledged());
        }
        if (syncFailed || ended) {
            return;
        }
        try {
            files.delete(blockAddress);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove a file of the log: " + e.getMessage(), e);
        }
    }

    @Override
    public void truncateBlock(long blockAddress, long length) {
        try {
            truncate(blockAddress, length);
        } catch (IOException e) {
            throw failed("cannot cut the log", e);
        }
    }

    /** Where nothing is written any more, Xodus only believes that it was done; the end is cut off when the log is given up, or has been. */
    private void truncate(long blockAddress, long length) throws IOException {
        if (syncFailed || ended) {
            return;
        }
        long end = blockAddress + length;
        if (end < progress.mark().acknowledged()) {
            throw log.damaged("the log can be read up to " + end + " only, it had come to "
                    + progress.mark().acknowledged());
        }
        if (files.length(blockAddress) < length) {
            throw log.damaged(files.path(blockAddress).getFileName() + " is shorter than it was");
        }
        log.cut(blockAddress, length);
    }

    private void requireSound() {
        if (syncFailed || ended) {
            throw unsound("an earlier write was not made durable; the server must be started again");
        }
        if (failed) {
            throw unsound("an earlier write failed; the log must be opened again");
        }
    }

    private static UncheckedIOException unsound(String why) {
        return new UncheckedIOException(new IOException(why));
    }

    /** The directory's own lock is held by whoever opened the log. */
    @Override
    public boolean lock(long timeout) {
        return true;
    }

    @Override
    public boolean release() {
        return true;
    }

    @Override
    public String lockInfo() {
        return "";
    }
}
