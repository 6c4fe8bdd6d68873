package dev.pychat.examples.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** The demo, as {@code ./pychat demo} plays it. */
class MainTest {

    @Test
    void everythingThatTheDemoPromisesHolds() {
        ByteArrayOutputStream shown = new ByteArrayOutputStream();
        ByteArrayOutputStream failure = new ByteArrayOutputStream();

        int code = Main.run(
                new PrintStream(shown, false, StandardCharsets.UTF_8),
                new PrintStream(failure, true, StandardCharsets.UTF_8));

        assertThat(failure.toString(StandardCharsets.UTF_8)).isEmpty();
        assertThat(code).isZero();
        assertThat(shown.toString(StandardCharsets.UTF_8))
                .contains("alice sent you 2 messages", "~ [bob]: Just came home.", "none is there", "./pychat server");
    }
}
