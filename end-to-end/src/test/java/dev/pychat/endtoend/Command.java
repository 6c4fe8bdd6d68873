package dev.pychat.endtoend;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** A command line with its directory and its whole environment: nothing is inherited but what is named here. */
public final class Command {
    private static final long PATIENCE_SECONDS = 240;

    private final List<String> words = new ArrayList<>();
    private final Map<String, String> environment = new TreeMap<>();
    private Path directory = Path.of("").toAbsolutePath();
    private Redirect input = Redirect.from(new File("/dev/null"));

    private Command(List<String> words) {
        this.words.addAll(words);
        environment.put("HOME", System.getProperty("user.home"));
        // Each release that a test unpacks would make an archive of its own, beside what is tested.
        environment.put("LAUNCHER_CLASS_ARCHIVE", "off");
    }

    /** A command by its words. */
    public static Command of(String... words) {
        return new Command(List.of(words));
    }

    /** Sets its directory. */
    public Command in(Path where) {
        directory = where;
        return this;
    }

    /** Lets another program, given by its words, start it. */
    public Command by(String... starter) {
        words.addAll(0, List.of(starter));
        return this;
    }

    /** Sets one variable of its environment. */
    public Command with(String name, String value) {
        environment.put(name, value);
        return this;
    }

    /** Lets its standard input be written through {@link Process#getOutputStream}; else there is nothing to read. */
    public Command withInput() {
        input = Redirect.PIPE;
        return this;
    }

    /** It as a line of shell, for programs that start it in a window of theirs. */
    public String asShell() {
        List<String> line = new ArrayList<>(List.of("cd", directory.toString(), "&&", "env", "-i"));
        environment.forEach((name, value) -> line.add(name + "=" + value));
        line.addAll(words);
        return line.stream()
                .map(word -> word.equals("&&") ? word : "'" + word.replace("'", "'\\''") + "'")
                .collect(Collectors.joining(" "));
    }

    /** Runs it to its end. */
    public Finished run() throws IOException, InterruptedException {
        return start().end();
    }

    /** Starts it; close what is returned. */
    public Running start() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(words).directory(directory.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        Path out = Files.createTempFile("pychat-test", ".out");
        Path err = Files.createTempFile("pychat-test", ".err");
        builder.redirectInput(input).redirectOutput(out.toFile()).redirectError(err.toFile());
        return new Running(builder.start(), out, err);
    }

    /** A started process; it is gone, with what it has started, when this is closed. */
    public record Running(Process process, Path out, Path err) implements AutoCloseable {
        /** Waits for its end. */
        public Finished end() throws IOException, InterruptedException {
            try (this) {
                boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
                Finished finished =
                        new Finished(ended ? process.exitValue() : -1, Files.readString(out), Files.readString(err));
                if (!ended) {
                    throw new AssertionError("did not end in " + PATIENCE_SECONDS + " s: " + finished);
                }
                return finished;
            }
        }

        /** What it has written to standard output until now. */
        public String outSoFar() throws IOException {
            return soFar(out);
        }

        /** What it has written to standard error until now. */
        public String errSoFar() throws IOException {
            return soFar(err);
        }

        /** Its last character may be written only in part yet. */
        private static String soFar(Path file) throws IOException {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        }

        @Override
        public void close() throws IOException {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            Files.deleteIfExists(out);
            Files.deleteIfExists(err);
        }
    }
}
