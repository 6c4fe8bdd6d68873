package dev.pychat.ref.server.store;

import dev.pychat.ref.server.internal.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/** The places in a data directory, and how it is made so that a crash leaves a whole one or none. */
final class DataDirectory {

    private static final String FORMAT = "pychat-data 1";
    private static final int MAX_FORMAT_SIZE = 1000;

    private final Path root;

    DataDirectory(Path root) {
        this.root = root;
    }

    Path root() {
        return root;
    }

    Path store() {
        return root.resolve("store");
    }

    /** Where new stores are made, until they are whole. */
    Path beginning() {
        return root.resolve("store.new");
    }

    static Path log(Path store) {
        return store.resolve("log");
    }

    static Path check(Path store) {
        return store.resolve("check");
    }

    boolean isMade() {
        return Files.isDirectory(store());
    }

    /** Touches nothing. */
    void requireKnownFormat() throws IOException, DataDirectoryException {
        Path file = store().resolve("format");
        if (!isMade()) {
            return;
        }
        if (!Files.exists(file)) {
            throw notWhole();
        }
        String format = Files.size(file) > MAX_FORMAT_SIZE
                ? "..."
                : new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.UTF_8).strip();
        if (format.isEmpty()) {
            throw new DataDirectoryDamagedException(file + " says no format");
        }
        if (!format.equals(FORMAT)) {
            throw new DataDirectoryFormatException("the data directory " + root + " has the format \""
                    + format.replaceAll("[^ -~]", "?") + "\", this version knows \"" + FORMAT + "\" only");
        }
        // Only now: another format may have other places.
        if (!Files.isDirectory(log(store())) || !Files.isDirectory(check(store()))) {
            throw notWhole();
        }
    }

    private DataDirectoryDamagedException notWhole() {
        return new DataDirectoryDamagedException(
                store() + " is not whole: format, log and check must be there together");
    }

    void begin() throws IOException {
        removeBeginning();
        PrivateFiles.createDirectories(log(beginning()));
        PrivateFiles.createDirectories(check(beginning()));
        Path format = beginning().resolve("format");
        PrivateFiles.createFile(format);
        Files.writeString(format, FORMAT + "\n");
    }

    void finish() throws IOException {
        syncAll(beginning());
        Files.move(beginning(), store(), StandardCopyOption.ATOMIC_MOVE);
        PrivateFiles.syncDirectory(root);
    }

    private static void syncAll(Path directory) throws IOException {
        for (Path path : walk(directory)) {
            PrivateFiles.syncDirectory(path);
        }
    }

    /** What a crash left of an attempt that was never finished: nobody was ever served from it. */
    private void removeBeginning() throws IOException {
        if (Files.isDirectory(beginning())) {
            List<Path> paths = walk(beginning());
            for (int i = paths.size() - 1; i >= 0; i--) {
                Files.delete(paths.get(i));
            }
        }
    }

    private static List<Path> walk(Path directory) throws IOException {
        try (Stream<Path> paths = Files.walk(directory)) {
            return paths.toList();
        }
    }
}
