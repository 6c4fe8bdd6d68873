package dev.pychat.ref.server.store;

import java.io.ByteArrayOutputStream;
import jetbrains.exodus.io.Block;
import jetbrains.exodus.io.DataWriter;
import jetbrains.exodus.io.RemoveBlockType;

/** Keeps what is written aside until it is synced; a power failure drops it, and nothing reaches the files from then on. Thread-safe. */
final class UnsyncedWriter implements DataWriter {

    private final DataWriter files;
    private final ByteArrayOutputStream aside = new ByteArrayOutputStream();
    private long address;
    private boolean powerless;

    UnsyncedWriter(DataWriter files) {
        this.files = files;
    }

    /** How many bytes are aside. */
    synchronized int unsynced() {
        return aside.size();
    }

    synchronized void losePower() {
        aside.reset();
        powerless = true;
    }

    @Override
    public synchronized boolean isOpen() {
        return files.isOpen();
    }

    @Override
    public synchronized Block openOrCreateBlock(long blockAddress, long length) {
        address = blockAddress;
        return new Written(files.openOrCreateBlock(blockAddress, length));
    }

    @Override
    public synchronized Block write(byte[] bytes, int offset, int length) {
        aside.write(bytes, offset, length);
        // Nothing is written of it; it is the way to the block that is open.
        return new Written(files.write(new byte[0], 0, 0));
    }

    @Override
    public synchronized void sync() {
        if (!powerless && files.isOpen()) {
            files.write(aside.toByteArray(), 0, aside.size());
            files.sync();
            aside.reset();
        }
    }

    @Override
    public synchronized void syncDirectory() {
        files.syncDirectory();
    }

    @Override
    public synchronized void close() {
        if (aside.size() > 0) {
            throw new AssertionError(aside.size() + " bytes were never synced");
        }
        files.close();
    }

    @Override
    public void clear() {
        files.clear();
    }

    @Override
    public void removeBlock(long blockAddress, RemoveBlockType type) {
        files.removeBlock(blockAddress, type);
    }

    @Override
    public void truncateBlock(long blockAddress, long length) {
        files.truncateBlock(blockAddress, length);
    }

    @Override
    public boolean lock(long timeout) {
        return files.lock(timeout);
    }

    @Override
    public boolean release() {
        return files.release();
    }

    @Override
    public String lockInfo() {
        return files.lockInfo();
    }

    /** What is in the file, and behind it what is aside. */
    private final class Written implements Block {
        private final Block file;

        Written(Block file) {
            this.file = file;
        }

        @Override
        public long getAddress() {
            return file.getAddress();
        }

        @Override
        public long length() {
            synchronized (UnsyncedWriter.this) {
                return file.length() + (getAddress() == address ? aside.size() : 0);
            }
        }

        @Override
        public int read(byte[] output, long position, int offset, int count) {
            synchronized (UnsyncedWriter.this) {
                long length = file.length();
                int read = position < length
                        ? file.read(output, position, offset, (int) Math.min(count, length - position))
                        : 0;
                int from = (int) Math.max(0, position - length);
                if (getAddress() != address || read == count || from >= aside.size()) {
                    return read;
                }
                int more = Math.min(count - read, aside.size() - from);
                System.arraycopy(aside.toByteArray(), from, output, offset + read, more);
                return read + more;
            }
        }

        @Override
        public Block refresh() {
            return this;
        }
    }
}
