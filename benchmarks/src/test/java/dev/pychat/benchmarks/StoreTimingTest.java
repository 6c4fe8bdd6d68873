package dev.pychat.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** It runs and speaks of both stores. Nothing is said here about their times. */
class StoreTimingTest {

    @Test
    void measurementRunsAndPrintsBothStores(@TempDir Path directory) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        StoreTiming.run(
                directory, new StoreTiming.Scale(2, 3, 2, 2, 1, 3), new PrintStream(out, true, StandardCharsets.UTF_8));
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("xodus, 2260 messages", "sqlite, 2260 messages")
                .containsPattern("append 1 +n=2")
                .containsPattern("append 64 +n=2")
                .containsPattern("append 1000 +n=1")
                .containsPattern("page of 50 +n=3")
                .contains("bytes for each message", "opened anew");
    }
}
