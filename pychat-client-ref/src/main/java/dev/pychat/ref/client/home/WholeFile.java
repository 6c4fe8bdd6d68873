package dev.pychat.ref.client.home;

import dev.pychat.model.Bytes;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Optional;

/**
 * A small file that is read and exchanged as a whole: header, content, SHA-256 of both. The sum finds accidents; against
 * intent the content is sealed by whoever keeps it here.
 *
 * <p>Thread-safe as far as its callers write one at a time.
 */
final class WholeFile {
    private static final int SUM = 32;

    private final Path path;
    private final FileHeader header;

    WholeFile(Path path, char kind) {
        this.path = path;
        this.header = new FileHeader(kind);
    }

    /** The content; empty if there is no such file. */
    Optional<Bytes> read() throws IOException {
        if (!Files.exists(path)) {
            return Optional.empty();
        }
        byte[] all;
        // Not through a channel, which an interrupt would close.
        try (FileInputStream in = new FileInputStream(path.toFile())) {
            all = in.readAllBytes();
        }
        header.check(path, all);
        int end = all.length - SUM;
        if (end < FileHeader.SIZE || !Arrays.equals(sum(all, end), Arrays.copyOfRange(all, end, all.length))) {
            throw FileHeader.damaged(path, "does not match its checksum");
        }
        return Optional.of(Bytes.copyOf(all, FileHeader.SIZE, end - FileHeader.SIZE));
    }

    /** Exchanges the content, durably. A file that can't be read is not written over. */
    void write(Bytes content) throws IOException {
        read();
        ByteBuffer all = ByteBuffer.allocate(FileHeader.SIZE + content.size() + SUM);
        all.put(header.bytes());
        content.copyTo(all);
        all.put(sum(all.array(), all.position()));
        PrivateFiles.replace(path, all.array());
    }

    private static byte[] sum(byte[] bytes, int end) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(bytes, 0, end);
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
