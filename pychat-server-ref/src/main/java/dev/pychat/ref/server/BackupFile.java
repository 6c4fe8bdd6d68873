package dev.pychat.ref.server;

import com.google.gson.JsonObject;
import dev.pychat.model.Bytes;
import dev.pychat.ref.server.backup.About;
import dev.pychat.ref.server.backup.BackupException;
import dev.pychat.ref.server.backup.BackupReader;
import dev.pychat.store.StoreException;
import dev.pychat.store.directory.StoredRecord;
import dev.pychat.store.directory.internal.Reasons;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A backup in a file. Stateless. */
final class BackupFile {

    private static final int BUFFER = 64 << 10;

    /** Wants to know only whether it is whole. */
    static final BackupReader.Visitor NOTHING = new BackupReader.Visitor() {
        @Override
        public void about(About about) {}

        @Override
        public void record(StoredRecord record) {}

        @Override
        public void file(String name, Bytes piece) {}
    };

    private BackupFile() {}

    /** Reads it to its end, for what is in it. */
    static BackupReader.Contents read(Path file, BackupReader.Visitor visitor)
            throws BackupException, IOException, StoreException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), BUFFER)) {
            return BackupReader.read(in, visitor);
        }
    }

    /** Reads it to its end and compares it with its checksums. */
    static BackupReader.Contents check(Path file) throws StartException {
        try {
            return read(file, NOTHING);
        } catch (BackupException e) {
            throw unusable(file, e);
        } catch (IOException | StoreException e) {
            throw unreadable(file, e);
        }
    }

    static StartException unusable(Path file, BackupException e) {
        boolean unknown = e.problem() == BackupException.Problem.UNKNOWN_FORMAT;
        return new StartException(
                unknown ? ExitCode.UNKNOWN_FORMAT : ExitCode.DAMAGED,
                "cannot use the backup " + file + ": " + e.getMessage(),
                e);
    }

    static StartException unreadable(Path file, Exception e) {
        return new StartException(
                ExitCode.CANNOT_READ_OR_WRITE, "cannot read the backup " + file + ": " + Reasons.of(e), e);
    }

    /** Says what it holds. */
    static void report(Path file, BackupReader.Contents contents, boolean asJson, PrintStream out)
            throws StartException {
        JsonObject json = new JsonObject();
        json.addProperty("backup", file.toAbsolutePath().toString());
        json.addProperty("made", contents.about().made().toString());
        json.addProperty("version", contents.about().version());
        json.addProperty("store", contents.about().store());
        json.addProperty("accounts", contents.sum().of("accounts"));
        json.addProperty("conversations", contents.sum().of("ledgers"));
        json.addProperty("messages", contents.sum().of("messages"));
        try {
            json.addProperty("bytes", Files.size(file));
        } catch (IOException e) {
            throw unreadable(file, e);
        }
        json.addProperty("records", contents.sum().total());
        json.addProperty("sha256", contents.sum().hash().hex());
        out.print(asJson ? DataReport.print(json) : DataReport.lines(json));
    }
}
