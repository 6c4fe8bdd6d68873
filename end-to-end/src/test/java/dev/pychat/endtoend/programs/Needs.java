package dev.pychat.endtoend.programs;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What not every machine has. */
final class Needs {
    private Needs() {}

    /** Skips the test, or fails it where {@code CI=true}, if a program is missing. */
    static void program(String name, String install) {
        boolean found =
                Stream.of(System.getenv("PATH").split(":")).anyMatch(at -> Files.isExecutable(Path.of(at, name)));
        if (!found) {
            without("this test needs " + name + ": " + install);
        }
    }

    /** Skips the test, or fails it where {@code CI=true}. */
    static void without(String what) {
        if ("true".equals(System.getenv("CI"))) {
            fail(what);
        }
        abort(what);
    }
}
