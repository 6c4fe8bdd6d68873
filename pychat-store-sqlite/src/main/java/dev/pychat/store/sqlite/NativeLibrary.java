package dev.pychat.store.sqlite;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteJDBCLoader;

/**
 * The native code of SQLite, which is unpacked from its jar and loaded once. What was unpacked is removed as soon as it is loaded: who
 * is killed would leave it behind for ever.
 *
 * <p>Thread-safe.
 */
final class NativeLibrary {

    private static final String PLACE = "org.sqlite.tmpdir";

    private static final Logger LOG = LoggerFactory.getLogger(NativeLibrary.class);
    private static final ReentrantLock LOCK = new ReentrantLock();
    private static boolean loaded;

    private NativeLibrary() {}

    /** Loads it if it is not there yet. What fails says nothing about the data, so it is said apart. */
    static void require() throws IOException {
        String place = System.getProperty(PLACE, System.getProperty("java.io.tmpdir"));
        LOCK.lock();
        try {
            loaded = loaded || loadBy(place);
            if (loaded) {
                return;
            }
        } catch (Exception e) {
            LOG.debug("the native library can't be loaded", e);
        } finally {
            LOCK.unlock();
        }
        throw new IOException("the native library of SQLite can't be loaded from " + place
                + " (another place is given to Java by -D" + PLACE + ")");
    }

    /** In a directory of its own, which nobody else may read and in which nothing else is. */
    private static boolean loadBy(String place) throws Exception {
        Optional<String> before = Optional.ofNullable(System.getProperty(PLACE));
        Path own = Files.createTempDirectory(Path.of(place), "pychat-sqlite");
        System.setProperty(PLACE, own.toString());
        try {
            return SQLiteJDBCLoader.initialize();
        } finally {
            before.ifPresentOrElse(was -> System.setProperty(PLACE, was), () -> System.clearProperty(PLACE));
            remove(own);
        }
    }

    private static void remove(Path own) {
        try {
            try (DirectoryStream<Path> unpacked = Files.newDirectoryStream(own)) {
                for (Path file : unpacked) {
                    Files.delete(file);
                }
            }
            Files.delete(own);
        } catch (IOException e) {
            // Some systems keep a file that is loaded; SQLite's own code removes it at the end.
            LOG.debug("what was unpacked in {} stays until the end", own, e);
        }
    }
}
