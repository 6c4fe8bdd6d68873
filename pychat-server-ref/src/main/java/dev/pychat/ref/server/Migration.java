package dev.pychat.ref.server;

import dev.pychat.store.StoreException;
import dev.pychat.store.directory.DataDirectoryException;
import dev.pychat.store.directory.DirectoryServerStores;
import dev.pychat.store.directory.NewStores;
import dev.pychat.store.directory.RecordSource;
import dev.pychat.store.directory.StoreKind;
import dev.pychat.store.directory.StoredRecord;
import dev.pychat.store.directory.internal.PrivateFiles;
import dev.pychat.store.directory.internal.Reasons;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;

/** Moves what a data directory holds into a new one of another kind. Confined to one thread. */
final class Migration {

    private final Path from;
    private final Path to;
    private final StoreKind kind;
    private final List<Path> copied = new ArrayList<>();
    private boolean targetFailed;

    private Migration(Path from, Path to, StoreKind kind) {
        this.from = from;
        this.to = to;
        this.kind = kind;
    }

    static void run(MigrateOptions options, PrintStream out) throws StartException {
        Path from = options.from();
        Path to = options.to();
        StoreKind kind = DataStores.kind(options.toStore());
        requireApart(from, to);
        StoreKind present = DataStores.kindIn(from)
                .orElseThrow(() -> new StartException(
                        ExitCode.CANNOT_READ_OR_WRITE, from + " is no data directory of a server that is known here"));
        DirectoryServerStores source = DataStores.open(present, from, new SecureRandom());
        boolean moved = false;
        try {
            Tally.Sum sum = new Migration(from, to, kind).move(source);
            moved = true;
            report(out, present, kind, sum, from, to);
        } finally {
            close(source, moved);
        }
    }

    private static void requireApart(Path from, Path to) throws StartException {
        Path one = from.toAbsolutePath().normalize();
        Path other = to.toAbsolutePath().normalize();
        if (one.startsWith(other) || other.startsWith(one)) {
            throw new StartException(
                    ExitCode.USAGE, "--from is " + from + " and --to is " + to + ": neither may be in the other");
        }
    }

    private Tally.Sum move(DirectoryServerStores source) throws StartException {
        boolean done = false;
        try (NewStores target = kind.begin(to)) {
            Tally.Sum before = copy(source, target);
            Tally.Sum after = sum(target);
            if (!before.equals(after)) {
                throw new StartException(
                        ExitCode.INTERNAL,
                        "what was written to " + to + " is not what was read from " + from + ": " + before + " became "
                                + after);
            }
            copyFiles();
            target.finish();
            done = true;
            return after;
        } catch (DataDirectoryException e) {
            throw DataStores.failed(e);
        } catch (StoreException e) {
            throw failed(e);
        } catch (IOException e) {
            throw new StartException(
                    ExitCode.CANNOT_READ_OR_WRITE, "cannot copy the files beside the store: " + Reasons.of(e), e);
        } finally {
            if (!done) {
                removeCopied();
            }
        }
    }

    private Tally.Sum copy(RecordSource source, NewStores target) throws StoreException {
        Tally tally = new Tally();
        source.writeOut(record -> {
            tally.take(record);
            keep(record, target);
        });
        return tally.sum();
    }

    private void keep(StoredRecord record, NewStores target) throws StoreException {
        boolean kept = false;
        try {
            target.take(record);
            kept = true;
        } finally {
            targetFailed |= !kept;
        }
    }

    private Tally.Sum sum(NewStores target) throws StoreException {
        Tally tally = new Tally();
        targetFailed = true;
        target.writeOut(tally::take);
        return tally.sum();
    }

    private StartException failed(StoreException e) {
        boolean system = targetFailed || e.getCause() instanceof UncheckedIOException;
        return new StartException(
                system ? ExitCode.CANNOT_READ_OR_WRITE : ExitCode.DAMAGED,
                "cannot move " + from + " to " + to + ": " + e.getMessage(),
                e);
    }

    /** The certificate, its key and whatever else a server keeps beside its stores; over what a killed attempt left. */
    private void copyFiles() throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.list(from)) {
            files = all.filter(Files::isRegularFile)
                    .filter(file -> !file.endsWith("lock"))
                    .toList();
        }
        for (Path file : files) {
            Path copy = to.resolve(from.relativize(file));
            copied.add(copy);
            Files.deleteIfExists(copy);
            PrivateFiles.copy(file, copy);
        }
    }

    private void removeCopied() {
        for (Path file : copied) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                LoggerFactory.getLogger(Migration.class).warn("{} is left: {}", file, Reasons.of(e));
            }
        }
    }

    private static void close(DirectoryServerStores source, boolean moved) throws StartException {
        try {
            source.close();
        } catch (StoreException e) {
            if (moved) {
                throw new StartException(ExitCode.CANNOT_READ_OR_WRITE, String.valueOf(e.getMessage()), e);
            }
            LoggerFactory.getLogger(Migration.class).warn("{}", e.getMessage());
        }
    }

    private static void report(PrintStream out, StoreKind present, StoreKind kind, Tally.Sum sum, Path from, Path to) {
        out.println("moved " + from + " (" + present.name() + ") to " + to + " (" + kind.name() + "): "
                + sum.of("accounts") + " accounts, " + sum.of("conversations") + " conversations, " + sum.of("messages")
                + " messages, " + sum.total() + " records in all");
        out.println("both hold the same: SHA-256 " + sum.hash().hex());
        out.println("start it with --data=" + to + " --store=" + kind.name());
    }
}
