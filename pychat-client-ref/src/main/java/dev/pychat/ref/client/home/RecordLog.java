package dev.pychat.ref.client.home;

import dev.pychat.model.Bytes;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32C;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records that are appended to a file: header, then for each record {@code u32 length | u32 CRC-32C of the length | bytes |
 * u32 CRC-32C of the bytes}, big-endian. An append is durable when it returns. What a crash left of a record that was never
 * acknowledged is cut at the next opening; anything else that does not match is damage, and the file is left alone.
 *
 * <p>Confined to callers that hold one lock. After a failed append that it could not take back it takes no more, since
 * what the file then holds is not known before it is opened again.
 */
final class RecordLog implements Closeable {
    /** The most bytes of a record. */
    static final int MOST = 64 * 1024 * 1024;

    private static final Logger LOG = LoggerFactory.getLogger(RecordLog.class);
    private static final int BEFORE = 8;
    private static final int AFTER = 4;

    private final Path path;
    private final FileHeader header;
    private RandomAccessFile file;
    private long end;
    private boolean broken;

    private RecordLog(Path path, FileHeader header, RandomAccessFile file) {
        this.path = path;
        this.header = header;
        this.file = file;
    }

    /** Takes what is in the file, in its order. */
    interface Reader {
        void record(Bytes content, long at) throws IOException;
    }

    /** Writes the records that stay. */
    interface Writer {
        /** Gives the place at which the record will be read. */
        long append(Bytes content) throws IOException;
    }

    /** Says which records stay. */
    interface Compaction {
        void writeTo(Writer writer) throws IOException;
    }

    static RecordLog open(Path path, char kind, Reader reader) throws IOException {
        FileHeader header = new FileHeader(kind);
        PrivateFiles.removeUnfinished(path);
        if (!Files.exists(path)) {
            PrivateFiles.replace(path, header.bytes());
        }
        RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw");
        try {
            RecordLog log = new RecordLog(path, header, file);
            log.replay(reader);
            return log;
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    private void replay(Reader reader) throws IOException {
        long size = file.length();
        DataInputStream in = new DataInputStream(new BufferedInputStream(new FileInputStream(path.toFile()), 1 << 16));
        try (in) {
            header.check(path, in.readNBytes(FileHeader.SIZE));
            long at = FileHeader.SIZE;
            while (size - at >= BEFORE) {
                int length = in.readInt();
                int sum = in.readInt();
                if (sum != crc(length)) {
                    requireZeros(in, length | sum, at);
                    break;
                }
                if (size - at - BEFORE < (long) length + AFTER) {
                    break;
                }
                Bytes content = Bytes.adopt(in.readNBytes(length));
                if (in.readInt() != crc(content)) {
                    throw FileHeader.damaged(path, "does not match its checksum at byte " + at);
                }
                reader.record(content, at);
                at += BEFORE + (long) length + AFTER;
            }
            end = at;
        }
        if (size > end) {
            file.setLength(end);
            file.getFD().sync();
        }
    }

    /** A power loss can leave zeros behind the last record that was written, and nothing else. */
    private void requireZeros(DataInputStream in, int begin, long at) throws IOException {
        int bits = begin;
        for (int next = 0; next >= 0; next = in.read()) {
            bits |= next;
        }
        if (bits != 0) {
            throw FileHeader.damaged(path, "does not match its checksum at byte " + at);
        }
    }

    /** Appends a record; when this returns, it is durable. Returns its place. */
    long append(Bytes content) throws IOException {
        requireUsable();
        long at = end;
        byte[] framed = framed(content);
        broken = true;
        try {
            file.seek(at);
            file.write(framed);
            file.getFD().sync();
        } catch (IOException e) {
            takeBack(at, e);
            throw new IOException("cannot write " + path + ": " + e.getMessage(), e);
        }
        end = at + framed.length;
        broken = false;
        return at;
    }

    /** So that a full disk, for instance, stops what did not fit and nothing else. */
    private void takeBack(long at, IOException why) {
        try {
            file.setLength(at);
            file.getFD().sync();
            broken = false;
        } catch (IOException e) {
            why.addSuppressed(e);
        }
    }

    /** Whether the file is known to hold what was acknowledged and nothing else. */
    boolean isUsable() {
        return !broken;
    }

    /** The record at a place. */
    Bytes read(long at) throws IOException {
        requireUsable();
        file.seek(at);
        int length = file.readInt();
        if (file.readInt() != crc(length)) {
            throw FileHeader.damaged(path, "does not match its checksum at byte " + at);
        }
        byte[] content = new byte[length];
        file.readFully(content);
        Bytes read = Bytes.adopt(content);
        if (file.readInt() != crc(read)) {
            throw FileHeader.damaged(path, "does not match its checksum at byte " + at);
        }
        return read;
    }

    /**
     * Puts a new file with the given records in the place of this one, which is gone when this returns. If there is no room for the new one,
     * this one goes on as it was.
     */
    void compact(Compaction compaction) throws IOException {
        requireUsable();
        Path fresh = PrivateFiles.fresh(path, out -> {
            out.write(header.bytes());
            long[] next = {FileHeader.SIZE};
            compaction.writeTo(content -> {
                byte[] framed = framed(content);
                out.write(framed);
                long at = next[0];
                next[0] += framed.length;
                return at;
            });
        });
        broken = true;
        PrivateFiles.move(fresh, path);
        file.close();
        file = new RandomAccessFile(path.toFile(), "rw");
        end = file.length();
        broken = false;
    }

    /** Compacts, unless there is no room for the new file: then this one goes on as it is, and the answer is false. */
    boolean compactOrGoOn(Compaction compaction) throws IOException {
        try {
            compact(compaction);
            return true;
        } catch (IOException e) {
            if (broken) {
                throw e;
            }
            LOG.warn("{} could not be compacted and goes on growing", path, e);
            return false;
        }
    }

    /** How many bytes the file has. */
    long size() {
        return end;
    }

    @Override
    public void close() throws IOException {
        broken = true;
        file.close();
    }

    private void requireUsable() throws IOException {
        if (broken) {
            throw new IOException(path + " was closed, or could not be written; start again to go on");
        }
    }

    private static byte[] framed(Bytes content) {
        if (content.size() > MOST) {
            throw new IllegalArgumentException("a record of " + content.size() + " bytes, allowed are " + MOST);
        }
        ByteBuffer framed = ByteBuffer.allocate(BEFORE + content.size() + AFTER);
        framed.putInt(content.size()).putInt(crc(content.size()));
        content.copyTo(framed);
        return framed.putInt(crc(content)).array();
    }

    private static int crc(int value) {
        return crc(Bytes.adopt(ByteBuffer.allocate(4).putInt(value).array()));
    }

    private static int crc(Bytes content) {
        CRC32C crc = new CRC32C();
        crc.update(content.asByteBuffer());
        return (int) crc.getValue();
    }
}
