package dev.pychat.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** A few clients do what many are measured with. Nothing is said here about what they need. */
class ManyClientsTest {

    @Test
    void clientsTalkInPairsAndMemoryAndThreadsArePrinted() throws Exception {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        ManyClients.run(new ManyClients.Scale(4, 2), new PrintStream(said, true, StandardCharsets.UTF_8));
        assertThat(said.toString(StandardCharsets.UTF_8))
                .containsPattern("before: heap [0-9.]+ MiB after a full collection, resident [0-9.]+ MiB")
                .containsPattern("4 clients connected: heap [0-9.]+ MiB")
                .containsPattern("4 clients, 8 texts written: heap [0-9.]+ MiB.*[0-9]+ platform threads \\{pychat-");
    }
}
