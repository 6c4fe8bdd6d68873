package dev.pychat.benchmarks.load;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Other people's programs. Stateless. */
public final class Command {

    private Command() {}

    /**
     * Runs a program until it ends.
     *
     * @param command the program and its arguments
     * @return what it said, errors included, without white space at the ends
     * @throws IOException if it does not start, or ends with another code than 0
     * @throws InterruptedException if it was interrupted
     */
    public static String run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + " ended with " + process.exitValue() + ": " + said);
        }
        return said;
    }

    /**
     * The same, with words instead of a list.
     *
     * @param command the program and its arguments
     * @return what it said, errors included, without white space at the ends
     * @throws IOException if it does not start, or ends with another code than 0
     * @throws InterruptedException if it was interrupted
     */
    public static String run(String... command) throws IOException, InterruptedException {
        return run(List.of(command));
    }

    /**
     * Tells a running JVM something.
     *
     * @param javaHome a Java of its version
     * @param pid the JVM's process
     * @param words what it is told, such as {@code GC.run}
     * @return what it answered
     * @throws IOException if it refused
     * @throws InterruptedException if it was interrupted
     */
    public static String jcmd(Path javaHome, long pid, String... words) throws IOException, InterruptedException {
        return run(
                Stream.concat(Stream.of(javaHome.resolve("bin/jcmd").toString(), Long.toString(pid)), Stream.of(words))
                        .toList());
    }

    /**
     * Where a program lies. Servers are often in directories that are not on everybody's PATH.
     *
     * @param name the program
     * @return its file; empty if it is not installed
     */
    public static Optional<Path> find(String name) {
        return Stream.concat(
                        Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1)),
                        Stream.of("/usr/local/sbin", "/usr/sbin", "/sbin"))
                .filter(directory -> !directory.isEmpty())
                .map(directory -> Path.of(directory, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /**
     * Where a program lies that must be there.
     *
     * @param name the program
     * @return its file
     * @throws IOException if it is not installed
     */
    public static Path require(String name) throws IOException {
        return find(name).orElseThrow(() -> new IOException(name + " is not installed"));
    }

    /**
     * The version of a Debian package.
     *
     * @param name the package
     * @return its version, or what to say where there is none
     * @throws IOException if what tells it does not start
     * @throws InterruptedException if it was interrupted
     */
    public static String packageVersion(String name) throws IOException, InterruptedException {
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
