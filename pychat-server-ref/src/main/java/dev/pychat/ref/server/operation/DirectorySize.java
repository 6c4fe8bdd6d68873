package dev.pychat.ref.server.operation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.stream.Stream;

/** What a directory takes on the disk. Stateless. */
public final class DirectorySize {

    private DirectorySize() {}

    /**
     * The sum of the files' sizes; of a file that goes meanwhile nothing.
     *
     * @param directory the directory
     * @return bytes
     * @throws IOException if the directory can't be read
     */
    public static long bytes(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.mapToLong(DirectorySize::ofFile).sum();
        } catch (UncheckedIOException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static long ofFile(Path file) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return attributes.isRegularFile() ? attributes.size() : 0;
        } catch (IOException e) {
            return 0;
        }
    }
}
