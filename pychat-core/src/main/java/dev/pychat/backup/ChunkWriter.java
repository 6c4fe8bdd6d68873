package dev.pychat.backup;

import dev.pychat.crypto.open.BinaryWriter;
import dev.pychat.crypto.open.Label;
import dev.pychat.crypto.secret.SealedBox;
import dev.pychat.crypto.secret.SecretBytes;
import dev.pychat.model.Bytes;
import java.io.IOException;
import java.io.OutputStream;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Seals records in chunks, each in a box of its own that knows the file, its place in it and whether it is the last. Holds one chunk at
 * a time. Confined to one thread.
 */
final class ChunkWriter implements AutoCloseable {

    /** A chunk that has so much is closed. */
    static final int FULL = 64 << 10;

    /** The most bytes of a chunk's content. */
    static final int MAX = 1 << 20;

    private final OutputStream out;
    private final Bytes header;
    private final SecretBytes key;
    private final SecureRandom random;
    private BinaryWriter content = new BinaryWriter();
    private long number;

    /** The key stays the caller's. */
    ChunkWriter(OutputStream out, Bytes header, SecretBytes key, SecureRandom random) {
        this.out = out;
        this.header = header;
        this.key = key;
        this.random = random;
    }

    void record(int type, Consumer<BinaryWriter> value) throws IOException {
        try (BinaryWriter record = new BinaryWriter()) {
            value.accept(record);
            byte[] bytes = record.toArray();
            content.u16(type).u32(bytes.length).raw(bytes);
            Arrays.fill(bytes, (byte) 0);
        }
        if (content.size() >= FULL) {
            flush(false);
        }
    }

    void finish() throws IOException {
        flush(true);
    }

    private void flush(boolean last) throws IOException {
        byte[] plaintext = content.toArray();
        content.close();
        content = new BinaryWriter();
        try {
            Bytes box = SealedBox.seal(Label.EXPORT, key, context(header, number, last), plaintext, random);
            try (BinaryWriter frame = new BinaryWriter()) {
                out.write(frame.bool(last).u32(box.size()).toArray());
            }
            out.write(box.toArray());
            number++;
        } finally {
            Arrays.fill(plaintext, (byte) 0);
        }
    }

    /** What a chunk belongs to. */
    static Bytes context(Bytes header, long number, boolean last) {
        try (BinaryWriter context = new BinaryWriter()) {
            return context.raw(header).u64(number).bool(last).toBytes();
        }
    }

    @Override
    public void close() {
        content.close();
    }
}
