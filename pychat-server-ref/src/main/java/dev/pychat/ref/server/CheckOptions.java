package dev.pychat.ref.server;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What the command line of {@code check} may say. */
@Command(
        name = "check",
        description = {
            "Reads everything that a server holds, whether it is running or not, and compares it: each record and page with its "
                    + "checksum, and high-water marks, counts and lanes of each conversation with its messages. Or reads a backup.",
        },
        footer = {"", "Exit codes are those of the server: 0 all is what was written, 8 something is not."})
final class CheckOptions extends DataOptions {

    @Option(names = "--backup", paramLabel = "FILE", description = "Check this backup, and no data directory.")
    private @Nullable String backup;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    public void run(Map<String, String> environment, PrintStream out) throws StartException {
        if (backup == null) {
            Operator.report(data(environment), "check", json, out);
        } else {
            requireNoDirectory("--backup");
            Path file = path("--backup", backup);
            BackupFile.report(file, BackupFile.check(file), json, out);
        }
    }
}
