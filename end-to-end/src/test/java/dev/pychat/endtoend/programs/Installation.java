package dev.pychat.endtoend.programs;

import dev.pychat.endtoend.Checkout;
import dev.pychat.endtoend.Command;
import dev.pychat.endtoend.launcher.Release;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.stream.Stream;

/** An unpacked release, and a directory beside it for all that tests leave; both are gone when it is closed. */
public final class Installation implements AutoCloseable {
    private static final String ANY_MODE = "umask 0; exec \"$@\"";

    /** Most processes live for a second or two: compiling well what runs once costs them half of it. */
    private static final String SOON = "-XX:TieredStopAtLevel=1";

    private final Path root;
    private final Release release;
    private final Path java;
    private final Path thoroughJava;

    private Installation(Path root, Release release) throws IOException {
        this.root = root;
        this.release = release;
        this.java = javaHome();
        this.thoroughJava = thoroughJavaHome();
    }

    /** Unpacks it where other users may read it too. */
    static Installation unpack() throws IOException {
        Path root = Files.createTempDirectory("pychat-programs");
        Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxr-xr-x"));
        return new Installation(root, Release.unpackedIn(root));
    }

    /**
     * A Java home whose Java is the one that the tests are for, with options of its own. (A variable would do it too, but
     * Java speaks of those on standard error.)
     */
    Path javaHome(String... options) throws IOException {
        return home(SOON + " " + String.join(" ", options));
    }

    /** The same for the making of keys, which takes several times as long if it is compiled badly. */
    Path thoroughJavaHome(String... options) throws IOException {
        return home(String.join(" ", options));
    }

    /** Such a home for programs that want no other option. */
    Path thoroughJava() {
        return thoroughJava;
    }

    private Path home(String options) throws IOException {
        Path home = directory("java");
        Path program = Files.createDirectories(home.resolve("bin")).resolve("java");
        Files.writeString(program, "#!/bin/sh%nexec '%s' %s \"$@\"%n".formatted(Checkout.testJava(), options));
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        return home;
    }

    /** A new directory that any user may enter. */
    Path directory(String name) throws IOException {
        Path directory = Files.createTempDirectory(root, name);
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        return directory;
    }

    /**
     * A start of a program on the Java that the tests are for. The system's own mask on the modes of files is off, so that
     * what is private is private because the program made it so.
     */
    Command pychat(String... arguments) {
        return release.pychat(arguments)
                .by("sh", "-c", ANY_MODE, "sh")
                .with("HOME", root.toString())
                .with("LC_ALL", "C")
                .with("JAVA_HOME", java.toString());
    }

    @Override
    public void close() throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
