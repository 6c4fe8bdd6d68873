package dev.pychat.examples.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The demo, as {@code ./pychat demo} plays it. */
class MainTest {

    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
    private final ByteArrayOutputStream failure = new ByteArrayOutputStream();

    @Test
    void everythingThatTheDemoPromisesHolds() {
        int code = Main.run(List.of(), out(), err());

        assertThat(failure()).isEmpty();
        assertThat(code).isZero();
        assertThat(shown())
                .contains("alice sent you 2 messages", "~ [bob]: Just came home.", "none is there", "./pychat server");
    }

    @Test
    void promiseThatDoesNotHoldIsSaidAndEndsWithOne() {
        int code = Main.run(
                (directory, stage) -> {
                    Path data = directory.resolve("server");
                    TamperedStore.readable(data, Side.ALICE, "dinner at 8?");
                    new Evidence(data, stage).show(List.of(new Line(Side.ALICE, "dinner at 8?")));
                },
                out(),
                err());

        assertThat(code).isEqualTo(1);
        assertThat(failure().lines())
                .singleElement()
                .asString()
                .startsWith("pychat demo: \"dinner at 8?\" can be read in the server's file");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatNobodyForesawEndsWithOneAndLeavesNothing(boolean checked) {
        Path[] used = new Path[1];
        int code = Main.run(
                (directory, stage) -> {
                    used[0] = Files.writeString(directory.resolve("left"), "something");
                    if (checked) {
                        throw new IOException("planted");
                    }
                    throw new IllegalStateException("planted");
                },
                out(),
                err());

        assertThat(code).isEqualTo(1);
        assertThat(failure()).contains("planted").hasLineCount(1);
        assertThat(used[0].getParent()).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "-h"})
    void helpIsPrinted(String option) {
        assertThat(Main.run(List.of(option), out(), err())).isZero();
        assertThat(shown()).startsWith("usage: ./pychat demo").contains("Exit codes");
        assertThat(failure()).isEmpty();
    }

    @Test
    void argumentIsAUsageError() {
        assertThat(Main.run(List.of("--port", "1"), out(), err())).isEqualTo(2);
        assertThat(failure()).hasLineCount(1).contains("--port 1", "--help");
        assertThat(shown()).isEmpty();
    }

    @Test
    void outputThatCannotBeWrittenEndsWithFour() {
        OutputStream full = new OutputStream() {
            @Override
            public void write(int value) throws IOException {
                throw new IOException("No space left on device");
            }
        };
        PrintStream lost = new PrintStream(full, false, StandardCharsets.UTF_8);
        assertThat(Main.run((directory, stage) -> stage.say("shown to nobody"), lost, err()))
                .isEqualTo(4);
        assertThat(Main.run(List.of("--help"), lost, err())).isEqualTo(4);
        assertThat(failure().lines()).hasSize(2).allMatch(line -> line.contains("could not be written"));
    }

    private PrintStream out() {
        return new PrintStream(shown, false, StandardCharsets.UTF_8);
    }

    private PrintStream err() {
        return new PrintStream(failure, true, StandardCharsets.UTF_8);
    }

    private String shown() {
        return shown.toString(StandardCharsets.UTF_8);
    }

    private String failure() {
        return failure.toString(StandardCharsets.UTF_8);
    }
}
