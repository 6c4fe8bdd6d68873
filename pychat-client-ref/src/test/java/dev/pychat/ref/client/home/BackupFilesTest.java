package dev.pychat.ref.client.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pychat.store.StoreException;
import dev.pychat.store.StoreRefusedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupFilesTest {
    @TempDir
    Path folder;

    @Test
    void fileHasItsNameOnlyWhenItIsWhole() throws Exception {
        Path file = folder.resolve("file");
        String told = BackupFiles.write(file, out -> {
            out.write(new byte[100_000]);
            out.flush();
            assertThat(file).doesNotExist();
            return "told";
        });
        assertThat(told).isEqualTo("told");
        assertThat(file).hasSize(100_000);
        assertThat(names()).containsExactly("file");
    }

    @Test
    void failureLeavesNothing() throws Exception {
        Path file = folder.resolve("file");
        assertThatThrownBy(() -> BackupFiles.write(file, out -> {
                    out.write(new byte[100_000]);
                    throw new IOException("No space left on device");
                }))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("No space left");
        assertThat(names()).isEmpty();
        assertThatThrownBy(() -> BackupFiles.write(file, out -> {
                    out.write(new byte[100_000]);
                    throw new InterruptedException("stopped");
                }))
                .isInstanceOf(InterruptedException.class);
        assertThat(names()).isEmpty();
        assertThatThrownBy(() -> BackupFiles.write(file, out -> {
                    throw new StoreRefusedException("a message can't be read");
                }))
                .isInstanceOf(StoreRefusedException.class);
        assertThat(names()).isEmpty();
    }

    @Test
    void fileThatCameMeanwhileIsNotTouched() throws Exception {
        Path file = folder.resolve("file");
        assertThatThrownBy(() -> BackupFiles.write(file, out -> {
                    out.write(1);
                    return Files.writeString(file, "of somebody else");
                }))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("is there already");
        assertThat(Files.readString(file)).isEqualTo("of somebody else");
        assertThat(names()).containsExactly("file");
    }

    @Test
    void danglingLinkIsNotFollowed() throws Exception {
        Path file = folder.resolve("file");
        Files.createSymbolicLink(file, folder.resolve("elsewhere"));
        assertThatThrownBy(() -> BackupFiles.write(file, out -> 1)).hasMessageContaining("is there already");
        assertThat(folder.resolve("elsewhere")).doesNotExist();
    }

    private Stream<String> names() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.map(each -> each.getFileName().toString()).toList().stream();
        }
    }
}
