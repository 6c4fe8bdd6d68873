package dev.pychat.benchmarks.contender;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** Other people's programs. */
final class Command {

    private Command() {}

    /** What a program says until it ends. */
    static String run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + " ended with " + process.exitValue() + ": " + said);
        }
        return said;
    }

    /** Where a program lies. Servers are often in directories that are not on everybody's PATH. */
    static Optional<Path> find(String name) {
        return Stream.concat(
                        Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1)),
                        Stream.of("/usr/local/sbin", "/usr/sbin", "/sbin"))
                .filter(directory -> !directory.isEmpty())
                .map(directory -> Path.of(directory, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    static Path require(String name) throws IOException {
        return find(name).orElseThrow(() -> new IOException(name + " is not installed"));
    }

    /** The version of a Debian package, or what to say where there is none. */
    static String packageVersion(String name) throws IOException, InterruptedException {
        if (find("dpkg-query").isEmpty()) {
            return "of an unknown version";
        }
        try {
            return run("dpkg-query", "-W", "-f=${Version}", name);
        } catch (IOException e) {
            return "of no Debian package";
        }
    }
}
