package dev.pychat.endtoend.launcher;

import dev.pychat.endtoend.Checkout;
import dev.pychat.endtoend.Command;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * A checkout with the real launcher and next to nothing else, in a directory whose name has spaces, and a {@code PATH} of
 * which the test knows every entry.
 */
final class Sandbox {
    private static final Path FAKES = Checkout.ROOT.resolve("end-to-end/src/test/resources/launcher");

    /** All that the launcher may need of a system beside Java and Maven. */
    private static final List<String> TOOLS = List.of(
            "sh",
            "cat",
            "cp",
            "date",
            "dirname",
            "find",
            "grep",
            "ln",
            "mkdir",
            "mv",
            "ps",
            "readlink",
            "rm",
            "sed",
            "sleep");

    final Path checkout;
    final Path bin;

    private Sandbox(Path directory) {
        checkout = directory.resolve("a check out");
        bin = directory.resolve("b i n");
    }

    static Sandbox in(Path directory) throws IOException {
        Sandbox sandbox = new Sandbox(directory);
        Files.createDirectories(sandbox.bin);
        for (String tool : TOOLS) {
            addTool(sandbox.bin, tool);
        }
        sandbox.writeSources();
        return sandbox;
    }

    /** What the launcher needs beside the others to have an archive of classes. */
    static void addArchiveTools(Path bin) throws IOException {
        for (String tool : List.of("cksum", "ls", "nice")) {
            addTool(bin, tool);
        }
    }

    private static void addTool(Path bin, String tool) throws IOException {
        Path wrapper = bin.resolve(tool);
        Files.writeString(wrapper, "#!/bin/sh\nexec '%s' \"$@\"\n".formatted(onPath(tool)));
        executable(wrapper);
    }

    Path launcher() {
        return checkout.resolve("pychat");
    }

    Path source() {
        return checkout.resolve("pychat-core/src/main/java/Program.java");
    }

    Sandbox withJava(String version) throws IOException {
        Files.writeString(bin.resolve("java.version"), version);
        return withFake("java");
    }

    Sandbox withMaven() throws IOException {
        return withFake("mvn");
    }

    /** Tells a fake something by a file of that name beside it. */
    Sandbox tell(String name) throws IOException {
        Files.writeString(bin.resolve(name), "");
        return this;
    }

    void untell(String name) throws IOException {
        Files.delete(bin.resolve(name));
    }

    /** A start from a directory that is not the checkout. */
    Command pychat(String... arguments) {
        String[] words = Stream.concat(Stream.of(launcher().toString()), Stream.of(arguments))
                .toArray(String[]::new);
        return Command.of(words).in(bin).with("PATH", bin.toString());
    }

    /** How the fake Maven was called, one line for each time. */
    List<String> mavenCalls() throws IOException {
        Path calls = bin.resolve("mvn.calls");
        return Files.exists(calls) ? Files.readAllLines(calls) : List.of();
    }

    /** The directories of jars that are there. */
    List<Path> jarDirectories() throws IOException {
        try (Stream<Path> all = Files.list(checkout.resolve(".pychat"))) {
            return all.filter(path -> path.getFileName().toString().startsWith("jars-"))
                    .sorted()
                    .toList();
        }
    }

    private Sandbox withFake(String name) throws IOException {
        Files.copy(FAKES.resolve(name), bin.resolve(name));
        executable(bin.resolve(name));
        return this;
    }

    private void writeSources() throws IOException {
        Files.createDirectories(source().getParent());
        Files.createDirectories(checkout.resolve(".mvn"));
        Files.copy(Checkout.ROOT.resolve("pychat"), launcher(), StandardCopyOption.COPY_ATTRIBUTES);
        executable(launcher());
        Files.writeString(checkout.resolve("pom.xml"), "<project><version>1.0</version></project>");
        Files.writeString(source(), "class Program {}");
        try (Stream<Path> all = Files.walk(checkout)) {
            all.forEach(Sandbox::makeOld);
        }
    }

    private static void makeOld(Path path) {
        try {
            Files.setLastModifiedTime(path, FileTime.from(Instant.now().minusSeconds(3600)));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    static void executable(Path path) {
        if (!path.toFile().setExecutable(true, false)) {
            throw new IllegalStateException("cannot make executable: " + path);
        }
    }

    private static Path onPath(String tool) {
        return Stream.of(System.getenv("PATH").split(":"))
                .map(directory -> Path.of(directory, tool))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("not on PATH: " + tool));
    }
}
