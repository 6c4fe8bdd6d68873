package dev.pychat.testkit;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * What a test needs and not every machine has.
 *
 * <p>Stateless; safe for every thread.
 */
public final class Needs {

    private Needs() {}

    /**
     * Skips the test if a program is missing and says so on standard error, or fails it where the environment variable {@code CI} is {@code true}.
     *
     * @param name the program, which is looked for in {@code PATH}
     * @param install how one gets it
     */
    public static void program(String name, String install) {
        boolean found =
                Stream.of(System.getenv("PATH").split(":")).anyMatch(at -> Files.isExecutable(Path.of(at, name)));
        if (!found) {
            without("this test needs " + name + ": " + install);
        }
    }

    /**
     * Skips the test and says so on standard error, or fails it where the environment variable {@code CI} is {@code true}.
     *
     * @param what what is missing, as a sentence
     */
    public static void without(String what) {
        if ("true".equals(System.getenv("CI"))) {
            fail(what);
        }
        System.err.println("SKIPPED: " + what);
        abort(what);
    }
}
