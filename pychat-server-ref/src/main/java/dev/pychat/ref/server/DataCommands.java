package dev.pychat.ref.server;

import dev.pychat.ref.server.backup.About;
import dev.pychat.ref.server.backup.BackupWriter;
import dev.pychat.ref.server.control.ControlCommand;
import dev.pychat.store.StoreException;
import dev.pychat.store.directory.DataDirectoryException;
import dev.pychat.store.directory.DirectoryServerStores;
import dev.pychat.store.directory.StoreKind;
import dev.pychat.store.directory.internal.Reasons;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.slf4j.LoggerFactory;

/**
 * What an operator may ask about a data directory, by whoever has it open.
 *
 * <p>Immutable and thread-safe.
 *
 * @param stores what the directory holds
 * @param kind of these
 * @param data the directory
 */
record DataCommands(DirectoryServerStores stores, StoreKind kind, Path data) {

    /** The word behind a command that wants JSON. */
    static final String JSON = "json";

    /** All of them, by name. */
    Map<String, ControlCommand> all() {
        return Map.of("backup", this::backup, "stats", this::stats, "check", this::check);
    }

    /** Once the stream has begun it says itself why it came to no end. */
    private void backup(List<String> words, ControlCommand.Reply reply) throws IOException {
        OutputStream out = reply.begin(0, "");
        try {
            BackupWriter.write(stores, data, new About(Clock.systemUTC().instant(), Version.text(), kind.name()), out);
        } catch (StoreException e) {
            LoggerFactory.getLogger(DataCommands.class).error("a backup came to no end: {}", e.getMessage());
        }
    }

    private void stats(List<String> words, ControlCommand.Reply reply) throws IOException {
        answer(words, reply, () -> DataReport.stats(stores.figures(), kind, data));
    }

    private void check(List<String> words, ControlCommand.Reply reply) throws IOException {
        answer(words, reply, () -> DataReport.check(stores.check(), kind, data));
    }

    private interface Question {
        DataReport ask() throws StoreException, IOException, DataDirectoryException;
    }

    private static void answer(List<String> words, ControlCommand.Reply reply, Question question) throws IOException {
        DataReport report;
        try {
            report = question.ask();
        } catch (StoreException e) {
            boolean system = e.getCause() instanceof UncheckedIOException || e.getCause() instanceof IOException;
            ExitCode code = system ? ExitCode.CANNOT_READ_OR_WRITE : ExitCode.DAMAGED;
            reply.begin(code.number(), String.valueOf(e.getMessage()));
            return;
        } catch (DataDirectoryException | IOException e) {
            reply.begin(ExitCode.CANNOT_READ_OR_WRITE.number(), Reasons.of(e));
            return;
        }
        OutputStream out = reply.begin(report.exitCode().number(), report.failure());
        out.write((words.contains(JSON) ? report.json() : report.text()).getBytes(StandardCharsets.UTF_8));
    }
}
