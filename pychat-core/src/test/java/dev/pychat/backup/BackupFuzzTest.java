package dev.pychat.backup;

import static dev.pychat.backup.TestBackups.CHEAP;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.pychat.crypto.SeededRandom;
import dev.pychat.crypto.open.Label;
import dev.pychat.crypto.secret.ExportKey;
import dev.pychat.crypto.secret.Passphrase;
import dev.pychat.crypto.secret.SealedBox;
import dev.pychat.keyring.UnreadableException;
import dev.pychat.model.Bytes;
import dev.pychat.model.PychatException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is in a file that should be a backup, and whatever is sealed in one: a backup, or one exception type. */
class BackupFuzzTest {

    private static final SeededRandom RANDOM = new SeededRandom(1);
    private static final Passphrase PASSPHRASE = TestBackups.passphrase("a good passphrase");
    private static final Bytes SALT = Bytes.random(RANDOM, ExportKey.SALT_SIZE);
    private static final ExportKey KEY = key();

    private static ExportKey key() {
        try {
            return ExportKey.derive(PASSPHRASE, SALT, CHEAP);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    static Stream<byte[]> files() throws Exception {
        return Stream.of(TestBackups.small().toArray());
    }

    static Stream<byte[]> contents() throws Exception {
        byte[] file = TestBackups.small().toArray();
        BackupHeader header = BackupHeader.read(new ByteArrayInputStream(file));
        int size = header.encode().size();
        try (ExportKey key = ExportKey.derive(PASSPHRASE, header.salt(), header.cost())) {
            ByteArrayInputStream chunks = new ByteArrayInputStream(file, size, file.length - size);
            return Stream.of(
                    new ChunkReader(chunks, header.encode(), key.key()).next().orElseThrow());
        }
    }

    @MethodSource("files")
    @FuzzTest
    void anyFileIsABackupOrRefused(byte[] input) throws Exception {
        if (isCheap(input)) {
            open(input);
        }
    }

    @MethodSource("contents")
    @FuzzTest
    void anyContentIsABackupOrRefused(byte[] input) throws Exception {
        if (input.length > ChunkWriter.MAX) {
            return;
        }
        Bytes header = new BackupHeader(SALT, CHEAP, KEY.commitment()).encode();
        Bytes box = SealedBox.seal(Label.EXPORT, KEY.key(), ChunkWriter.context(header, 0, true), input, RANDOM);
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.write(header.toArray());
        file.write(ByteBuffer.allocate(1 + Integer.BYTES)
                .put((byte) 1)
                .putInt(box.size())
                .array());
        file.write(box.toArray());
        open(file.toByteArray());
    }

    /** A file may ask for a gibibyte, which {@code PasswordCost} bounds; nothing is learnt from spending it here. */
    private static boolean isCheap(byte[] input) throws IOException {
        try {
            return BackupHeader.read(new ByteArrayInputStream(input)).cost().equals(CHEAP);
        } catch (UnreadableException expected) {
            assertThat(expected).hasMessageStartingWith("this ");
            return false;
        }
    }

    private static void open(byte[] file) throws PychatException, IOException, InterruptedException {
        try (Backup backup = Backup.open(() -> new ByteArrayInputStream(file), PASSPHRASE, CHEAP)) {
            TestBackups.Notes notes = new TestBackups.Notes();
            backup.read(notes);
            assertThat(notes.messages).hasSize((int) backup.messages());
        } catch (UnreadableException expected) {
            assertThat(expected).hasMessageStartingWith("this backup ");
        }
    }
}
