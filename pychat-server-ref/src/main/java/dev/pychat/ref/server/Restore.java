package dev.pychat.ref.server;

import dev.pychat.model.Bytes;
import dev.pychat.ref.server.backup.About;
import dev.pychat.ref.server.backup.BackupException;
import dev.pychat.ref.server.backup.BackupReader;
import dev.pychat.store.StoreException;
import dev.pychat.store.directory.DataDirectoryException;
import dev.pychat.store.directory.NewStores;
import dev.pychat.store.directory.StoreKind;
import dev.pychat.store.directory.StoredRecord;
import dev.pychat.store.directory.internal.PrivateFiles;
import dev.pychat.store.directory.internal.Reasons;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes a new data directory of a backup. Confined to one thread. */
final class Restore implements BackupReader.Visitor {

    private final Path to;
    private final Optional<String> wanted;
    private final Filling filling;
    private @Nullable StoreKind kind;
    private @Nullable NewStores target;

    private Restore(Path from, Path to, Optional<String> wanted) {
        this.to = to;
        this.wanted = wanted;
        this.filling = new Filling("restore " + from + " to " + to, to);
    }

    /** What the visitor may not throw, on its way through the reader. */
    private static final class Stopped extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final StartException failure;

        Stopped(StartException failure) {
            super(failure);
            this.failure = failure;
        }
    }

    static void run(Path from, Path to, Optional<String> wanted, PrintStream out) throws StartException {
        // Before anything is made: a backup that is none should leave no directory.
        BackupReader.Contents contents = BackupFile.check(from);
        Restore restore = new Restore(from, to, wanted);
        boolean done = false;
        try {
            restore.fill(from);
            done = true;
        } catch (Stopped e) {
            throw e.failure;
        } catch (BackupException e) {
            throw BackupFile.unusable(from, e);
        } catch (StoreException e) {
            throw restore.filling.failed(e);
        } catch (IOException e) {
            throw new StartException(
                    ExitCode.CANNOT_READ_OR_WRITE, "cannot restore " + from + " to " + to + ": " + Reasons.of(e), e);
        } finally {
            restore.end(done);
        }
        BackupFile.report(from, contents, false, out);
        out.println("restored to " + to + ", which holds the same; start it with --data=" + to + " --store="
                + restore.present().name());
        out.println("what was done after " + contents.about().made()
                + " is not in it; clients that saw more will report that the server went back");
    }

    private StoreKind present() {
        if (kind == null) {
            throw new IllegalStateException("a backup says first where it comes from");
        }
        return kind;
    }

    private NewStores stores() {
        if (target == null) {
            throw new IllegalStateException("a backup says first where it comes from");
        }
        return target;
    }

    private void fill(Path from) throws StartException, BackupException, IOException, StoreException {
        BackupReader.Contents contents = BackupFile.read(from, this);
        filling.requireSame(contents.sum(), stores());
        try {
            stores().finish();
        } catch (DataDirectoryException e) {
            throw DataStores.failed(e);
        }
    }

    @Override
    public void about(About about) {
        try {
            StoreKind chosen = DataStores.kind(wanted.orElse(about.store()));
            DataStores.requireNone(to);
            target = chosen.begin(to);
            kind = chosen;
        } catch (DataDirectoryException e) {
            throw new Stopped(DataStores.failed(e));
        } catch (StartException e) {
            throw new Stopped(e);
        }
    }

    @Override
    public void record(StoredRecord record) throws StoreException {
        filling.keep(record, stores());
    }

    @Override
    public void file(String name, Bytes piece) throws IOException {
        Path file;
        try {
            file = filling.file(name);
        } catch (InvalidPathException e) {
            throw new IOException(
                    "the backup holds a file whose name can't be written in this locale's characters: set LC_ALL to one with UTF-8, such as C.UTF-8",
                    e);
        }
        PrivateFiles.createFile(file);
        try (FileOutputStream out = new FileOutputStream(file.toFile(), true)) {
            out.write(piece.toArray());
            out.getFD().sync();
        }
    }

    private void end(boolean done) throws StartException {
        if (target == null) {
            return;
        }
        try {
            target.close();
        } catch (DataDirectoryException e) {
            if (done) {
                throw DataStores.failed(e);
            }
        }
        if (!done) {
            filling.removeFiles();
        }
    }
}
