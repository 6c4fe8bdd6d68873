package dev.pychat.ref.client.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pychat.model.Bytes;
import dev.pychat.ref.client.home.HomeException.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeFileTest {
    private static final Bytes OLD = Bytes.fromHex("0102");
    private static final Bytes NEW = Bytes.fromHex("030405");

    @TempDir
    Path folder;

    private Path path;
    private WholeFile file;

    @BeforeEach
    void name() {
        path = folder.resolve("some.whole");
        file = new WholeFile(path, 'x');
    }

    @Test
    void contentComesBackAndIsExchangedAsAWhole() throws IOException {
        assertThat(file.read()).isEmpty();
        file.write(OLD);
        file.write(NEW);
        assertThat(file.read()).hasValue(NEW);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                .isEqualTo("rw-------");
    }

    @Test
    void whatAnInterruptedExchangeLeftDoesNotMatter() throws IOException {
        file.write(OLD);
        Files.writeString(folder.resolve("some.whole.new"), "half");
        assertThat(file.read()).hasValue(OLD);
        file.write(NEW);
        assertThat(file.read()).hasValue(NEW);
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(path);
        }
    }

    @Test
    void everyFlippedBitIsReportedAndNothingIsWrittenOver() throws IOException {
        file.write(OLD);
        byte[] whole = Files.readAllBytes(path);
        for (int at = 0; at < whole.length; at++) {
            byte[] changed = whole.clone();
            changed[at] ^= 0x40;
            assertLeftAlone(changed, at == FileHeader.SIZE - 1 ? Problem.UNKNOWN_FORMAT : Problem.DAMAGED);
        }
    }

    @Test
    void shortenedFileIsReportedAndNotWrittenOver() throws IOException {
        file.write(OLD);
        byte[] whole = Files.readAllBytes(path);
        for (int length = 0; length < whole.length; length++) {
            assertLeftAlone(Arrays.copyOf(whole, length), Problem.DAMAGED);
        }
    }

    private void assertLeftAlone(byte[] content, Problem problem) throws IOException {
        Files.write(path, content);
        assertThatThrownBy(file::read)
                .isInstanceOfSatisfying(
                        HomeException.class, e -> assertThat(e.problem()).isEqualTo(problem));
        assertThatThrownBy(() -> file.write(NEW)).isInstanceOf(HomeException.class);
        assertThat(Files.readAllBytes(path)).isEqualTo(content);
    }
}
