package dev.pychat.ref.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class LogFileTest {
    @TempDir
    Path folder;

    @AfterEach
    void end() {
        LogFile.end();
    }

    @Test
    void logIsRotatedAndEachOfItsFilesIsPrivate() throws Exception {
        Path log = folder.resolve("client-1.log");
        LogFile.begin(log);
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        for (int i = 0; System.nanoTime() < deadline && !Files.exists(folder.resolve("client-1.log.2")); i++) {
            LoggerFactory.getLogger("test").info("line {} {}", i, "x".repeat(1000));
        }
        LoggerFactory.getLogger("test").info("d\u00e9j\u00e0 vu");
        LogFile.end();
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> logs = files.sorted().toList();
            assertThat(logs)
                    .hasSize(3)
                    .allSatisfy(file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                            .isEqualTo("rw-------"));
        }
        assertThat(Files.readString(log)).contains("d\u00e9j\u00e0 vu");
    }
}
