package dev.pychat.testkit.vectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs the envelope's second implementation, which is in Python. */
public final class SecondImplementation {

    private static final String PYTHON =
            Files.isExecutable(Path.of("/usr/bin/python3")) ? "/usr/bin/python3" : "python3";

    private SecondImplementation() {}

    /** Skips the test, or fails it where everything must run, if Python or its library is missing. */
    public static void require() throws IOException, InterruptedException {
        require("cryptography");
    }

    /** The same for another library of Debian's Python. */
    static void require(String library) throws IOException, InterruptedException {
        if (answers("-c", "import " + library)) {
            return;
        }
        String missing = "the second implementation needs Python 3 with " + library
                + ": run scripts/install-test-tools, or apt-get install python3-" + library;
        if ("true".equals(System.getenv("CI"))) {
            fail(missing);
        }
        abort(missing);
    }

    /** Runs one of its commands; it must succeed. */
    public static void run(Object... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(PYTHON, "-B", "-m", "pychat_envelope"));
        Arrays.stream(arguments).map(Object::toString).forEach(command::add);
        Path log = Files.createTempFile("second-implementation", ".log");
        try {
            int exit = start(command, log);
            assertThat(exit)
                    .as("%s: %s", command, Files.readString(log, StandardCharsets.UTF_8))
                    .isZero();
        } finally {
            Files.delete(log);
        }
    }

    private static boolean answers(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(PYTHON));
        command.addAll(List.of(arguments));
        Path log = Files.createTempFile("second-implementation", ".log");
        try {
            return start(command, log) == 0;
        } catch (IOException e) {
            return false;
        } finally {
            Files.delete(log);
        }
    }

    private static int start(List<String> command, Path log) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(Path.of("src/main/python").toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().put("PYTHONIOENCODING", "utf-8");
        Process process = builder.start();
        if (!process.waitFor(2, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new AssertionError("no end after two minutes: " + command);
        }
        return process.exitValue();
    }
}
