package dev.pychat.ref.server.backup;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.pychat.model.Bytes;
import dev.pychat.store.directory.StoredRecord;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever is in a file that should be a server's backup, and whatever is in parts of one whose checksums are right: a backup, or a
 * refusal, and never a file that leads out of the directory.
 */
class ServerBackupFuzzTest {

    private static final About ABOUT = new About(Instant.parse("2026-11-26T14:03:05Z"), "1.0", "xodus");

    @TempDir
    static Path directory;

    private long records;

    private final BackupReader.Visitor visitor = new BackupReader.Visitor() {
        @Override
        public void about(About about) {
            assertThat(about.version() + about.store()).matches("[ -~]*");
        }

        @Override
        public void record(StoredRecord record) {
            records++;
        }

        @Override
        public void file(String name, Bytes piece) {
            assertThat(directory.resolve(name).normalize().getParent()).isEqualTo(directory);
            assertThat(directory.resolve(name).normalize().getFileName()).hasToString(name);
        }
    };

    static Stream<byte[]> files() throws Exception {
        Files.writeString(directory.resolve("tls-cert.pem"), "certificate");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        StoredRecord record = new StoredRecord("accounts", Bytes.fromHex("0102"), Bytes.fromHex("030405"));
        BackupWriter.write(sink -> sink.take(record), directory, ABOUT, out);
        return Stream.of(out.toByteArray());
    }

    static Stream<byte[]> parts() {
        return Stream.of(
                        "R\0\u0012\u0008accounts\0\0\0\u0001kvalue",
                        "F\0\u0006\u0004name!",
                        "A\0\u0006made=\n",
                        "X\0\u0004why\u0007",
                        "E\0\u0001e")
                .map(text -> text.getBytes(StandardCharsets.UTF_8));
    }

    @MethodSource("files")
    @FuzzTest
    void anyFileIsABackupOrRefused(byte[] input) throws Exception {
        read(input);
    }

    /** The input is parts, each a kind, the length of the payload in two bytes, and the payload. */
    @MethodSource("parts")
    @FuzzTest
    void anyPartsAreABackupOrRefused(byte[] input) throws Exception {
        List<byte[]> file = new ArrayList<>();
        file.add(BackupReaderTest.part(Part.ABOUT, ABOUT.bytes()));
        ByteBuffer parts = ByteBuffer.wrap(input);
        while (parts.remaining() > Byte.BYTES + Short.BYTES) {
            byte kind = parts.get();
            byte[] payload = new byte[Math.min(Short.toUnsignedInt(parts.getShort()), parts.remaining())];
            parts.get(payload);
            file.add(BackupReaderTest.part(kind, payload));
        }
        read(BackupReaderTest.backup(file.toArray(byte[][]::new)));
    }

    private void read(byte[] file) throws Exception {
        records = 0;
        try {
            BackupReader.Contents contents = BackupReader.read(new ByteArrayInputStream(file), visitor);
            assertThat(contents.sum().total()).isEqualTo(records);
        } catch (BackupException expected) {
            // Somebody reads that on a terminal.
            assertThat(expected.getMessage()).isNotBlank().matches("[ -~]*");
        }
    }
}
