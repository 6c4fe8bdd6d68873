package dev.pychat.endtoend.programs;

import dev.pychat.endtoend.Command;
import dev.pychat.endtoend.launcher.Release;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.stream.Stream;

/** An unpacked release, and a directory beside it for all that tests leave; both are gone when it is closed. */
final class Installation implements AutoCloseable {
    private static final String ANY_MODE = "umask 0; exec \"$@\"";

    private final Path root;
    private final Release release;

    private Installation(Path root, Release release) {
        this.root = root;
        this.release = release;
    }

    /** Unpacks it where other users may read it too. */
    static Installation unpack() throws IOException {
        Path root = Files.createTempDirectory("pychat-programs");
        Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxr-xr-x"));
        return new Installation(root, Release.unpackedIn(root));
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
                .with("LC_ALL", "C");
    }

    /** The {@code PATH} of what it starts, which holds nothing that could build. */
    Path path() {
        return release.bin();
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
