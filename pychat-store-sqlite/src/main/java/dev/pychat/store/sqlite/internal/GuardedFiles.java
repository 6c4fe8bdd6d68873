package dev.pychat.store.sqlite.internal;

import dev.pychat.store.directory.internal.DamagedFileException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The files that are guarded, and those that guard them. Immutable and thread-safe.
 *
 * @param database the database file
 * @param check the directory of the guard's own files
 * @param pageBytes the bytes of a page
 */
record GuardedFiles(Path database, Path check, int pageBytes) {

    Path log() {
        return database.resolveSibling(database.getFileName() + "-wal");
    }

    PageSums sums() {
        return new PageSums(check.resolve("sums"));
    }

    Path next() {
        return check.resolve("sums-next");
    }

    Path mark() {
        return check.resolve("mark");
    }

    void requireWhole() {
        for (Path file : new Path[] {database, check.resolve("sums"), mark()}) {
            if (!Files.isRegularFile(file)) {
                throw new DamagedFileException(file + " is missing");
            }
        }
    }
}
