package dev.pychat.ref.server;

import dev.pychat.ref.server.backup.Tally;
import dev.pychat.store.StoreException;
import dev.pychat.store.directory.NewStores;
import dev.pychat.store.directory.RecordSource;
import dev.pychat.store.directory.StoredRecord;
import dev.pychat.store.directory.internal.Reasons;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;
import org.slf4j.LoggerFactory;

/** A new data directory that is being filled with records and files from elsewhere. Confined to one thread. */
final class Filling {

    private final String what;
    private final Path to;
    private final Set<Path> files = new LinkedHashSet<>();
    private final Progress progress;
    private boolean targetFailed;

    /** Who is told how far it has come. */
    interface Progress {

        /** Who does not want to know. */
        Progress SILENT = new Progress() {
            @Override
            public void took() {}

            @Override
            public void compared() {}
        };

        /** One record more is kept. */
        void took();

        /** One record more was read back. */
        void compared();
    }

    /**
     * Begins.
     *
     * @param what is being done, as it follows "cannot"
     * @param to the new data directory
     */
    Filling(String what, Path to) {
        this(what, to, Progress.SILENT);
    }

    /**
     * Begins, and says how far it has come.
     *
     * @param what is being done, as it follows "cannot"
     * @param to the data directory
     * @param progress is told of each record
     */
    Filling(String what, Path to, Progress progress) {
        this.what = what;
        this.to = to;
        this.progress = progress;
    }

    void keep(StoredRecord record, NewStores target) throws StoreException {
        boolean kept = false;
        try {
            target.take(record);
            kept = true;
        } finally {
            targetFailed |= !kept;
        }
    }

    /** Keeps all records that there are, and says what they were. */
    Tally.Sum copy(RecordSource source, NewStores target) throws StoreException {
        Tally tally = new Tally();
        source.writeOut(record -> {
            progress.took();
            tally.take(record);
            keep(record, target);
        });
        return tally.sum();
    }

    /** Reads what was kept from the files anew, and requires that it is what was given. */
    Tally.Sum requireSame(Tally.Sum given, NewStores target) throws StoreException, StartException {
        Tally tally = new Tally();
        targetFailed = true;
        target.writeOut(record -> {
            progress.compared();
            tally.take(record);
        });
        Tally.Sum kept = tally.sum();
        if (!given.equals(kept)) {
            throw new StartException(
                    ExitCode.INTERNAL,
                    "what was written to " + to + " is not what was read: " + given + " became " + kept);
        }
        return kept;
    }

    /**
     * The place of a file beside the stores, over what a killed attempt left.
     *
     * @return the place, where nothing is if it is asked for the first time
     */
    Path file(String name) throws IOException {
        Path file = to.resolve(name);
        if (files.add(file)) {
            Files.deleteIfExists(file);
        }
        return file;
    }

    StartException failed(StoreException e) {
        boolean system = targetFailed || e.getCause() instanceof UncheckedIOException;
        return new StartException(
                system ? ExitCode.CANNOT_READ_OR_WRITE : ExitCode.DAMAGED, "cannot " + what + ": " + e.getMessage(), e);
    }

    /** The filling came to no end. */
    void removeFiles() {
        for (Path file : files) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                LoggerFactory.getLogger(Filling.class).warn("{} is left: {}", file, Reasons.of(e));
            }
        }
    }
}
