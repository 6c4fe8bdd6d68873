package dev.pychat.ref.server;

import java.io.PrintStream;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What the command line of {@code backup} may say. */
@Command(
        name = "backup",
        description = {
            "Writes everything that a server holds into one file, whether it is running or not.",
            "",
            "The file holds what the server had acknowledged when the backup began, for every kind of store, and the files beside the "
                    + "store, such as the TLS key. It is read again and compared before it gets its name."
        },
        footer = {"", "Exit codes are those of the server. OPERATING.md says how to restore it and what that means."})
final class BackupOptions extends DataOptions {

    @Option(
            names = "--to",
            paramLabel = "FILE",
            required = true,
            description = "The new file, which must not be there.")
    private String to = "";

    @Override
    public void run(Map<String, String> environment, PrintStream out) throws StartException {
        new Backup(data(environment), path("--to", to)).run(out);
    }
}
