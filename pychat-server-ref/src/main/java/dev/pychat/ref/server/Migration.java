package dev.pychat.ref.server;

import dev.pychat.ref.server.backup.Tally;
import dev.pychat.store.StoreException;
import dev.pychat.store.directory.DataDirectoryException;
import dev.pychat.store.directory.DirectoryServerStores;
import dev.pychat.store.directory.NewStores;
import dev.pychat.store.directory.StoreKind;
import dev.pychat.store.directory.internal.PrivateFiles;
import dev.pychat.store.directory.internal.Reasons;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.stream.Stream;

/** Moves what a data directory holds into a new one of another kind. Confined to one thread. */
final class Migration {

    private final Path from;
    private final Path to;
    private final StoreKind kind;
    private final Filling filling;

    private Migration(Path from, Path to, StoreKind kind) {
        this.from = from;
        this.to = to;
        this.kind = kind;
        this.filling = new Filling("move " + from + " to " + to, to);
    }

    static void run(MigrateOptions options, PrintStream out) throws StartException {
        Path from = options.from();
        Path to = options.to();
        StoreKind kind = DataStores.kind(options.toStore());
        requireApart(from, to);
        DataStores.requireNone(to);
        StoreKind present = DataStores.present(from);
        DirectoryServerStores source = DataStores.open(present, from, new SecureRandom());
        boolean moved = false;
        try {
            Tally.Sum sum = new Migration(from, to, kind).move(source);
            moved = true;
            report(out, present, kind, sum, from, to);
        } finally {
            Operator.close(source, moved);
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
            Tally.Sum sum = filling.requireSame(filling.copy(source, target), target);
            copyFiles();
            target.finish();
            done = true;
            return sum;
        } catch (DataDirectoryException e) {
            throw DataStores.failed(e);
        } catch (StoreException e) {
            throw filling.failed(e);
        } catch (IOException e) {
            throw new StartException(
                    ExitCode.CANNOT_READ_OR_WRITE, "cannot copy the files beside the store: " + Reasons.of(e), e);
        } finally {
            if (!done) {
                filling.removeFiles();
            }
        }
    }

    /** The certificate, its key and whatever else a server keeps beside its stores. */
    private void copyFiles() throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.list(from)) {
            files = all.filter(Files::isRegularFile)
                    .filter(file -> !file.endsWith("lock"))
                    .toList();
        }
        for (Path file : files) {
            PrivateFiles.copy(file, filling.file(file.getFileName().toString()));
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
