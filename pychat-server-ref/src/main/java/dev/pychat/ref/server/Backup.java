package dev.pychat.ref.server;

import dev.pychat.ref.server.backup.BackupException;
import dev.pychat.ref.server.backup.BackupReader;
import dev.pychat.store.StoreException;
import dev.pychat.store.directory.internal.PrivateFiles;
import dev.pychat.store.directory.internal.Reasons;
import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.LoggerFactory;

/** Writes one backup to a file, which has its name only when it is whole, durable and compared. Confined to one thread. */
final class Backup {

    private static final int BUFFER = 64 << 10;

    private final Path data;
    private final Path file;
    private final Path partial;

    Backup(Path data, Path file) {
        this.data = data;
        this.file = file;
        this.partial = file.resolveSibling(file.getFileName() + ".partial");
    }

    void run(PrintStream out) throws StartException {
        boolean done = false;
        try {
            requireNew();
            Files.deleteIfExists(partial);
            PrivateFiles.createFile(partial);
            write();
            BackupReader.Contents contents = readBack();
            requireNew();
            Files.move(partial, file);
            PrivateFiles.syncDirectory(directory());
            done = true;
            BackupFile.report(file, contents, false, out);
            out.println(
                    "it holds the server's TLS key and the hashes of log-in secrets: keep it as private as " + data);
        } catch (IOException e) {
            throw new StartException(
                    ExitCode.CANNOT_READ_OR_WRITE, "cannot write the backup " + file + ": " + Reasons.of(e), e);
        } finally {
            if (!done) {
                removePartial();
            }
        }
    }

    private void requireNew() throws IOException {
        if (Files.exists(file)) {
            throw new FileAlreadyExistsException(file.toString());
        }
    }

    private Path directory() {
        Path parent = file.toAbsolutePath().getParent();
        return parent == null ? file.toAbsolutePath() : parent;
    }

    private void write() throws IOException, StartException {
        try (FileOutputStream raw = new FileOutputStream(partial.toFile())) {
            OutputStream buffered = new BufferedOutputStream(raw, BUFFER);
            Operator.requireDone(Operator.ask(data, buffered, "backup"));
            buffered.flush();
            raw.getFD().sync();
        }
    }

    /** Whoever made it may have come to no end, and its last words say why. */
    private BackupReader.Contents readBack() throws IOException, StartException {
        try {
            return BackupFile.read(partial, BackupFile.NOTHING);
        } catch (BackupException e) {
            if (e.problem() == BackupException.Problem.ENDS_EARLY) {
                throw new StartException(
                        ExitCode.CANNOT_READ_OR_WRITE, "the server ended before the backup of " + data + " did", e);
            }
            throw new StartException(ExitCode.DAMAGED, "there is no backup of " + data + ": " + e.getMessage(), e);
        } catch (StoreException e) {
            throw new IllegalStateException("nobody was given anything", e);
        }
    }

    private void removePartial() {
        try {
            Files.deleteIfExists(partial);
        } catch (IOException e) {
            LoggerFactory.getLogger(Backup.class).warn("{} is left: {}", partial, Reasons.of(e));
        }
    }
}
