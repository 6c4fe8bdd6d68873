package dev.pychat.ref.server.backup;

import dev.pychat.model.Bytes;
import dev.pychat.store.StoreException;
import dev.pychat.store.directory.StoredRecord;
import dev.pychat.store.internal.tree.TreeName;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;

/**
 * Reads a backup and compares it with its checksums. What it hands out before it has come to the end may belong to a backup that
 * turns out to be none. Confined to one thread.
 */
public final class BackupReader {

    /** Takes what is in a backup. */
    public interface Visitor {

        /**
         * Takes where it comes from; first of all.
         *
         * @param about where it comes from
         * @throws StoreException if it can't be taken
         */
        void about(About about) throws StoreException;

        /**
         * Takes a record.
         *
         * @param record the record
         * @throws StoreException if it can't be taken
         */
        void record(StoredRecord record) throws StoreException;

        /**
         * Takes a piece of a file beside the store; pieces of one file follow one another.
         *
         * @param name its name, which is that of no file that a data directory makes for itself, and leads to no other directory
         * @param piece the piece
         * @throws IOException if it can't be taken
         */
        void file(String name, Bytes piece) throws IOException;
    }

    private final InputStream in;
    private final Visitor visitor;
    private final MessageDigest digest = Tally.sha256();
    private final Tally tally = new Tally();
    private Optional<About> about = Optional.empty();
    private long at;

    private BackupReader(InputStream in, Visitor visitor) {
        this.in = in;
        this.visitor = visitor;
    }

    /**
     * Reads a backup to its end.
     *
     * @param in where it comes from; buffered by the caller
     * @param visitor who takes what is in it
     * @return what it holds, which is what was written
     * @throws BackupException if it is no backup that can be used
     * @throws IOException if it can't be read, or the visitor throws it
     * @throws StoreException if the visitor throws it
     */
    public static Contents read(InputStream in, Visitor visitor) throws BackupException, IOException, StoreException {
        return new BackupReader(in, visitor).read();
    }

    /**
     * What a whole backup holds.
     *
     * @param about where it comes from
     * @param sum its records
     */
    public record Contents(About about, Tally.Sum sum) {}

    private Contents read() throws BackupException, IOException, StoreException {
        requireFormat();
        while (true) {
            long start = at;
            byte[] header = whole(Part.HEADER);
            int length = ByteBuffer.wrap(header).getInt(1);
            if (length < 0 || length > Part.MOST) {
                throw BackupException.damaged("the part at byte " + start + " has an impossible length");
            }
            byte[] payload = whole(length);
            byte[] sum = whole(Integer.BYTES);
            if (ByteBuffer.wrap(sum).getInt() != Part.sum(header, payload)) {
                throw BackupException.damaged("the part at byte " + start + " is not what was written");
            }
            if (header[0] == Part.END) {
                return end(payload);
            }
            digest.update(header);
            digest.update(payload);
            digest.update(sum);
            take(header[0], payload, start);
        }
    }

    /** Says what the file claims to be, if that is anything. */
    private void requireFormat() throws BackupException, IOException {
        byte[] expected = (Part.FORMAT + "\n").getBytes(StandardCharsets.US_ASCII);
        byte[] found = in.readNBytes(expected.length);
        digest.update(found);
        at += found.length;
        if (Arrays.equals(found, expected)) {
            return;
        }
        String line = new String(found, StandardCharsets.ISO_8859_1).replaceAll("(?s)\n.*", "");
        String name = Part.FORMAT.substring(0, Part.FORMAT.lastIndexOf(' ') + 1);
        throw new BackupException(
                BackupException.Problem.UNKNOWN_FORMAT,
                line.startsWith(name)
                        ? "it has the format \"" + Part.printable(line) + "\", this version knows \"" + Part.FORMAT
                                + "\" only: run the version that wrote it or a newer one"
                        : "it is no backup of a server, which begins with \"" + Part.FORMAT + "\"");
    }

    private byte[] whole(int length) throws BackupException, IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new BackupException(
                    BackupException.Problem.ENDS_EARLY,
                    "it ends at byte " + (at + bytes.length) + ", before its end was written");
        }
        at += length;
        return bytes;
    }

    private void take(int kind, byte[] payload, long start) throws BackupException, IOException, StoreException {
        if (about.isEmpty() != (kind == Part.ABOUT)) {
            throw BackupException.damaged("the part at byte " + start + " is out of its place");
        }
        try {
            switch (kind) {
                case Part.ABOUT -> about(payload);
                case Part.RECORD -> record(ByteBuffer.wrap(payload));
                case Part.FILE -> file(ByteBuffer.wrap(payload));
                case Part.FAILED ->
                    throw BackupException.damaged(
                            "it was not finished: " + Part.printable(new String(payload, StandardCharsets.UTF_8)));
                default -> throw BackupException.damaged("the part at byte " + start + " is of no known kind");
            }
        } catch (java.nio.BufferUnderflowException | NegativeArraySizeException e) {
            throw BackupException.damaged("the part at byte " + start + " has an impossible length in it");
        }
    }

    private void about(byte[] payload) throws BackupException, StoreException {
        About read = About.read(payload);
        about = Optional.of(read);
        visitor.about(read);
    }

    private void record(ByteBuffer payload) throws BackupException, StoreException {
        String tree = text(payload);
        Bytes key = bytes(payload, payload.getInt());
        if (TreeName.named(tree).isEmpty()) {
            throw new BackupException(
                    BackupException.Problem.UNKNOWN_FORMAT,
                    "it holds records of \"" + Part.printable(tree)
                            + "\", of which this version knows nothing: run the version that wrote it or a newer one");
        }
        StoredRecord record = new StoredRecord(tree, key, bytes(payload, payload.remaining()));
        tally.take(record);
        visitor.record(record);
    }

    private void file(ByteBuffer payload) throws BackupException, IOException {
        String name = text(payload);
        if (!FileNames.isPlain(name)) {
            throw BackupException.damaged(
                    "it has a file \"" + Part.printable(name) + "\", a name that no file beside a store has");
        }
        visitor.file(name, bytes(payload, payload.remaining()));
    }

    private static String text(ByteBuffer payload) {
        return new String(bytes(payload, Byte.toUnsignedInt(payload.get())).toArray(), StandardCharsets.UTF_8);
    }

    private static Bytes bytes(ByteBuffer payload, int size) {
        if (size < 0 || size > payload.remaining()) {
            throw new java.nio.BufferUnderflowException();
        }
        byte[] bytes = new byte[size];
        payload.get(bytes);
        return Bytes.adopt(bytes);
    }

    private Contents end(byte[] payload) throws BackupException, IOException {
        Tally.Sum sum = tally.sum();
        ByteBuffer expected = ByteBuffer.allocate(Long.BYTES + 2 * Part.HASH);
        expected.putLong(sum.total());
        sum.hash().copyTo(expected);
        expected.put(digest.digest());
        if (about.isEmpty() || !Arrays.equals(payload, expected.array())) {
            throw BackupException.damaged("its records are not those that were written");
        }
        if (in.read() >= 0) {
            throw BackupException.damaged("there is something behind its end, at byte " + at);
        }
        return new Contents(about.get(), sum);
    }
}
