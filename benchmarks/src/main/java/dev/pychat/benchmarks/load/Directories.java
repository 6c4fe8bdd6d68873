package dev.pychat.benchmarks.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** Deletes what a measurement has left behind. Stateless. */
public final class Directories {

    private Directories() {}

    /**
     * Deletes a directory and everything in it.
     *
     * @param directory the directory
     * @throws IOException if something in it can't be deleted
     */
    public static void delete(Path directory) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
