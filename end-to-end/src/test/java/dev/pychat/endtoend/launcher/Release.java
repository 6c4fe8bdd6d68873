package dev.pychat.endtoend.launcher;

import dev.pychat.endtoend.Checkout;
import dev.pychat.endtoend.Command;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The zip of this build as a user unpacks it, in a directory whose name has a space, with nothing on {@code PATH} that could
 * build.
 *
 * @param root what the zip holds
 * @param bin the whole {@code PATH}
 */
public record Release(Path root, Path bin) {
    /** Unpacks it below a directory. */
    public static Release unpackedIn(Path directory) throws IOException {
        Path programs = directory.resolve("my programs");
        Path zip = Checkout.output("examples").resolve("pychat-" + Checkout.VERSION + ".zip");
        try (FileSystem packed = FileSystems.newFileSystem(zip, Map.of("enablePosixFileAttributes", true))) {
            Path top = packed.getPath("/");
            try (Stream<Path> all = Files.walk(top)) {
                for (Path path : all.toList()) {
                    unpack(path, programs.resolve(top.relativize(path).toString()));
                }
            }
        }
        Path bin = Sandbox.in(Files.createDirectories(directory.resolve("system"))).bin;
        return new Release(programs.resolve("pychat-" + Checkout.VERSION), bin);
    }

    /** A start of the release's launcher on the Java under test, from a directory that is not the release. */
    public Command pychat(String... arguments) {
        String[] words = Stream.concat(Stream.of(root.resolve("pychat").toString()), Stream.of(arguments))
                .toArray(String[]::new);
        return Command.of(words)
                .in(bin)
                .with("PATH", bin.toString())
                .with("JAVA_HOME", Checkout.property("pychat.test.java.home"));
    }

    private static void unpack(Path from, Path to) throws IOException {
        if (Files.isDirectory(from)) {
            Files.createDirectories(to);
        } else {
            Files.copy(from, to);
            Files.setPosixFilePermissions(to, Files.getPosixFilePermissions(from));
        }
    }
}
