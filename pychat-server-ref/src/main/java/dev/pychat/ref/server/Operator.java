package dev.pychat.ref.server;

import dev.pychat.ref.server.control.ControlClient;
import dev.pychat.ref.server.control.ControlCommand;
import dev.pychat.store.StoreException;
import dev.pychat.store.directory.DirectoryServerStores;
import dev.pychat.store.directory.StoreKind;
import dev.pychat.store.directory.internal.Reasons;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import org.slf4j.LoggerFactory;

/** Has a command done: by the server that holds the data directory, and where none does, here. Stateless. */
final class Operator {

    private Operator() {}

    /** Has a report made, and prints it. */
    static void report(Path data, String command, boolean json, PrintStream out) throws StartException {
        try {
            requireDone(ask(data, out, command, json ? DataCommands.JSON : "text"));
        } catch (IOException e) {
            throw new StartException(ExitCode.CANNOT_READ_OR_WRITE, Reasons.of(e), e);
        }
    }

    static void requireDone(ControlClient.Status status) throws StartException {
        ExitCode code = ExitCode.of(status.exitCode());
        if (code != ExitCode.DONE) {
            throw new StartException(code, status.sentence());
        }
    }

    /**
     * Has a command done.
     *
     * @param to where goes what it prints
     * @param words the command, and what stands behind it
     * @return how it ended
     * @throws StartException if nobody can do it
     * @throws IOException if the server goes away, or what it prints can't be written
     */
    static ControlClient.Status ask(Path data, OutputStream to, String... words) throws StartException, IOException {
        Optional<ControlClient> running = ControlClient.connect(data);
        if (running.isEmpty()) {
            return onDirectory(data, to, List.of(words));
        }
        try (ControlClient server = running.get()) {
            ControlClient.Status status = server.ask(words);
            server.printed().transferTo(to);
            to.flush();
            return status;
        }
    }

    private static ControlClient.Status onDirectory(Path data, OutputStream to, List<String> words)
            throws StartException, IOException {
        StoreKind kind = DataStores.present(data);
        DirectoryServerStores stores = DataStores.open(kind, data, new SecureRandom());
        ControlClient.Status[] status = {new ControlClient.Status(ExitCode.INTERNAL.number(), "it said nothing")};
        boolean done = false;
        try {
            ControlCommand command = new DataCommands(stores, kind, data).all().get(words.get(0));
            if (command == null) {
                throw new StartException(
                        ExitCode.CANNOT_READ_OR_WRITE,
                        "no server runs on " + data + ", which " + words.get(0) + " needs");
            }
            command.run(words.subList(1, words.size()), (exitCode, sentence) -> {
                status[0] = new ControlClient.Status(exitCode, sentence);
                return to;
            });
            to.flush();
            done = true;
        } finally {
            close(stores, done);
        }
        return status[0];
    }

    /** Closes stores that were opened for a moment; that it fails counts only where nothing else has failed. */
    static void close(DirectoryServerStores stores, boolean done) throws StartException {
        try {
            stores.close();
        } catch (StoreException e) {
            if (done) {
                throw new StartException(ExitCode.CANNOT_READ_OR_WRITE, String.valueOf(e.getMessage()), e);
            }
            LoggerFactory.getLogger(Operator.class).warn("{}", e.getMessage());
        }
    }
}
