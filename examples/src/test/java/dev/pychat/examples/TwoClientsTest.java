package dev.pychat.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The example that the README shows. */
class TwoClientsTest {

    private static final Path SOURCE = Path.of("src/main/java/dev/pychat/examples/TwoClients.java");

    @Test
    void bobReadsWhatAliceWrote() throws Exception {
        assertThat(Streams.printedBy("", () -> TwoClients.main(new String[0]))).isEqualTo("Bob reads: Hello, Bob!\n");
    }

    @Test
    void itHasAtMostFortyLines() throws Exception {
        assertThat(Files.readAllLines(SOURCE)).hasSizeLessThanOrEqualTo(40);
    }

    @Test
    void theReadmeShowsItsText() throws Exception {
        String readme = Files.readString(Path.of("../README.md"));

        assertThat(readme).contains("```java\n" + Files.readString(SOURCE) + "```\n");
    }
}
