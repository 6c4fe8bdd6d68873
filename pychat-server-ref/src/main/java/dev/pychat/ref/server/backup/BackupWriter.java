package dev.pychat.ref.server.backup;

import dev.pychat.store.StoreException;
import dev.pychat.store.StoreRefusedException;
import dev.pychat.store.directory.RecordSink;
import dev.pychat.store.directory.RecordSource;
import dev.pychat.store.directory.StoredRecord;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;
import java.util.stream.Stream;

/** Writes one backup to a stream, which stays the caller's to close. Confined to one thread. */
public final class BackupWriter implements RecordSink {

    private final OutputStream out;
    private final MessageDigest digest = Tally.sha256();
    private final Tally tally = new Tally();

    private BackupWriter(OutputStream out) {
        this.out = out;
    }

    /**
     * Writes a backup of a server, which may be serving meanwhile.
     *
     * @param source its stores
     * @param data the data directory, whose files beside the store go along
     * @param about where it comes from
     * @param out where it goes; buffered by the caller
     * @throws IOException if it can't be written, or a file beside the store not be read
     * @throws StoreException if the store fails or holds something damaged; the stream then ends with why, and is no backup
     */
    public static void write(RecordSource source, Path data, About about, OutputStream out)
            throws IOException, StoreException {
        BackupWriter writer = new BackupWriter(out);
        writer.raw((Part.FORMAT + "\n").getBytes(StandardCharsets.US_ASCII));
        writer.part(Part.ABOUT, about.bytes());
        try {
            source.writeOut(writer);
        } catch (StoreException e) {
            if (e.getCause() instanceof UncheckedIOException unwritten
                    && unwritten.getCause() instanceof Unwritten own) {
                throw own;
            }
            writer.part(Part.FAILED, String.valueOf(e.getMessage()).getBytes(StandardCharsets.UTF_8));
            out.flush();
            throw e;
        }
        writer.files(data);
        writer.end();
        out.flush();
    }

    /** The stream to which the backup goes has failed, and not the store. */
    private static final class Unwritten extends IOException {
        private static final long serialVersionUID = 1L;

        Unwritten(IOException cause) {
            super("the backup can't be written: " + cause.getMessage(), cause);
        }
    }

    @Override
    public void take(StoredRecord record) throws StoreException {
        tally.take(record);
        byte[] tree = record.tree().getBytes(StandardCharsets.UTF_8);
        int keySize = record.key().size();
        ByteBuffer payload = ByteBuffer.allocate(
                1 + tree.length + Integer.BYTES + keySize + record.value().size());
        payload.put((byte) tree.length).put(tree).putInt(keySize);
        record.key().copyTo(payload);
        record.value().copyTo(payload);
        try {
            part(Part.RECORD, payload.array());
        } catch (IOException e) {
            Unwritten own = new Unwritten(e);
            throw new StoreRefusedException(String.valueOf(own.getMessage()), new UncheckedIOException(own));
        }
    }

    private void files(Path data) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.list(data)) {
            files = all.filter(Files::isRegularFile).sorted().toList();
        }
        for (Path file : files) {
            String name = file.getFileName().toString();
            if (FileNames.isPlain(name)) {
                file(name, file);
            }
        }
    }

    private void file(String name, Path file) throws IOException {
        byte[] label = name.getBytes(StandardCharsets.UTF_8);
        try (InputStream in = Files.newInputStream(file)) {
            byte[] piece = in.readNBytes(Part.PIECE);
            do {
                ByteBuffer payload = ByteBuffer.allocate(1 + label.length + piece.length);
                payload.put((byte) label.length).put(label).put(piece);
                part(Part.FILE, payload.array());
                piece = in.readNBytes(Part.PIECE);
            } while (piece.length > 0);
        }
    }

    private void end() throws IOException {
        Tally.Sum sum = tally.sum();
        ByteBuffer payload = ByteBuffer.allocate(Long.BYTES + 2 * Part.HASH);
        payload.putLong(sum.total());
        sum.hash().copyTo(payload);
        payload.put(digest.digest());
        part(Part.END, payload.array());
    }

    private void part(int kind, byte[] payload) throws IOException {
        if (payload.length > Part.MOST) {
            throw new IOException("a part of " + payload.length + " bytes, allowed are " + Part.MOST);
        }
        byte[] header = ByteBuffer.allocate(Part.HEADER)
                .put((byte) kind)
                .putInt(payload.length)
                .array();
        raw(header);
        raw(payload);
        raw(ByteBuffer.allocate(Integer.BYTES).putInt(Part.sum(header, payload)).array());
    }

    private void raw(byte[] bytes) throws IOException {
        out.write(bytes);
        digest.update(bytes);
    }
}
