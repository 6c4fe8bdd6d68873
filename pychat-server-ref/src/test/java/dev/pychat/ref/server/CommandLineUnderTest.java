package dev.pychat.ref.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Runs commands in this process, each with what it printed. Confined to one thread. */
final class CommandLineUnderTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    /** Runs one; what was printed before is gone. */
    ExitCode run(Object... words) {
        out.reset();
        err.reset();
        String[] arguments = new String[words.length];
        for (int i = 0; i < words.length; i++) {
            arguments[i] = words[i].toString();
        }
        return new Main(Map.of(), stream(out), stream(err)).run(arguments);
    }

    /** Runs one that must do what it is told. */
    String done(Object... words) {
        ExitCode code = run(words);
        assertThat(code).as("%s", err()).isEqualTo(ExitCode.DONE);
        assertThat(err()).isEmpty();
        return out();
    }

    /** Runs one that must end so, with one line. */
    String fails(ExitCode expected, Object... words) {
        ExitCode code = run(words);
        assertThat(code).as("%s%s", out(), err()).isEqualTo(expected);
        assertThat(err().lines()).hasSize(1);
        return err();
    }

    String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    private static PrintStream stream(ByteArrayOutputStream target) {
        return new PrintStream(target, true, StandardCharsets.UTF_8);
    }
}
