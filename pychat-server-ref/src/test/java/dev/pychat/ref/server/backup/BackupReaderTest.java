package dev.pychat.ref.server.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pychat.model.Bytes;
import dev.pychat.store.StoreRefusedException;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a backup says is believed only as far as it is one. */
class BackupReaderTest {

    private static final About ABOUT = new About(Instant.parse("2026-11-26T14:03:05Z"), "1.0", "xodus");
    private static final StoredRecord RECORD =
            new StoredRecord("accounts", Bytes.fromHex("0102"), Bytes.fromHex("030405"));

    private final List<String> taken = new ArrayList<>();

    @TempDir
    Path data;

    private final BackupReader.Visitor visitor = new BackupReader.Visitor() {
        @Override
        public void about(About about) {
            taken.add(about.toString());
        }

        @Override
        public void record(StoredRecord record) {
            taken.add(record.tree() + record.key() + record.value());
        }

        @Override
        public void file(String name, Bytes piece) {
            taken.add(name + " " + piece.size());
        }
    };

    @Test
    void everythingIsReadAsItWasWritten() throws Exception {
        Files.write(data.resolve("tls-key.pem"), new byte[100_000]);
        Files.createFile(data.resolve("empty"));
        Files.createFile(data.resolve("lock"));
        Files.createDirectories(data.resolve("store"));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        BackupWriter.write(sink -> sink.take(RECORD), data, ABOUT, out);
        BackupReader.Contents contents = read(out.toByteArray());
        assertThat(contents.about()).isEqualTo(ABOUT);
        assertThat(contents.sum().of("accounts")).isEqualTo(1);
        assertThat(taken)
                .containsExactly(
                        ABOUT.toString(),
                        "accounts" + RECORD.key() + RECORD.value(),
                        "empty 0",
                        "tls-key.pem 65536",
                        "tls-key.pem 34464");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../evil",
                "a/b",
                "..",
                ".",
                "a\\b",
                "c:x",
                "lock",
                "store",
                "control",
                "taking-records",
                " ",
                "a\nb"
            })
    void fileThatLeadsElsewhereIsRefused(String name) {
        byte[] label = name.getBytes(StandardCharsets.UTF_8);
        byte[] payload = ByteBuffer.allocate(1 + label.length)
                .put((byte) label.length)
                .put(label)
                .array();
        damaged(
                backup(part(Part.ABOUT, ABOUT.bytes()), part(Part.FILE, payload)),
                "a name that no file beside a store has");
        assertThat(taken).hasSize(1);
    }

    @Test
    void partThatIsOutOfItsPlaceOrNoneIsRefused() {
        damaged(backup(part(Part.RECORD, new byte[20])), "out of its place");
        damaged(backup(part(Part.ABOUT, ABOUT.bytes()), part(Part.ABOUT, ABOUT.bytes())), "out of its place");
        damaged(backup(part(Part.ABOUT, ABOUT.bytes()), part('Q', new byte[0])), "of no known kind");
        damaged(backup(part(Part.ABOUT, "made=never".getBytes(StandardCharsets.UTF_8))), "says about itself");
        damaged(backup(part(Part.ABOUT, ABOUT.bytes()), part(Part.RECORD, new byte[] {9, 1})), "an impossible length");
        damaged(backup(part(Part.ABOUT, ABOUT.bytes()), part(Part.RECORD, new byte[] {0, -1, 0, 0, 0})), "impossible");
        damaged(backup(new byte[] {'A', 127, 0, 0, 0}), "impossible length");
        damaged(backup(part(Part.ABOUT, ABOUT.bytes()), part(Part.END, new byte[72])), "not those that were written");
    }

    @Test
    void serverThatCouldNotGoOnSaysWhyAndLeavesNoBackup() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertThatThrownBy(() -> BackupWriter.write(
                        sink -> {
                            sink.take(RECORD);
                            throw new StoreRefusedException("the record is damaged");
                        },
                        data,
                        ABOUT,
                        out))
                .isInstanceOf(StoreRefusedException.class);
        damaged(out.toByteArray(), "it was not finished: the record is damaged");
    }

    private void damaged(byte[] backup, String why) {
        taken.clear();
        assertThatThrownBy(() -> read(backup))
                .isInstanceOfSatisfying(
                        BackupException.class, e -> assertThat(e.problem()).isEqualTo(BackupException.Problem.DAMAGED))
                .hasMessageContaining(why);
    }

    private BackupReader.Contents read(byte[] backup) throws Exception {
        return BackupReader.read(new ByteArrayInputStream(backup), visitor);
    }

    static byte[] backup(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes((Part.FORMAT + "\n").getBytes(StandardCharsets.US_ASCII));
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    static byte[] part(int kind, byte[] payload) {
        byte[] header = ByteBuffer.allocate(Part.HEADER)
                .put((byte) kind)
                .putInt(payload.length)
                .array();
        return ByteBuffer.allocate(header.length + payload.length + Integer.BYTES)
                .put(header)
                .put(payload)
                .putInt(Part.sum(header, payload))
                .array();
    }
}
