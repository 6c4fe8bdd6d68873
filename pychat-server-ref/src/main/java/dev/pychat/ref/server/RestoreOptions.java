package dev.pychat.ref.server;

import java.io.PrintStream;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What the command line of {@code restore} may say. */
@Command(
        name = "restore",
        description = {
            "Makes a data directory of a backup, in a new or empty directory.",
            "",
            "Everything is compared with the backup before a server can open it. Clients that had seen more than the backup holds "
                    + "will say that the server has gone back: OPERATING.md says what that means."
        },
        footer = {"", "Exit codes are those of the server."})
final class RestoreOptions extends DataOptions {

    @Option(names = "--from", paramLabel = "FILE", required = true, description = "The backup.")
    private String from = "";

    @Option(
            names = "--store",
            paramLabel = "xodus|sqlite",
            description = "What is to keep the data directory; unless given, what kept it before.")
    private @Nullable String store;

    @Override
    public void run(Map<String, String> environment, PrintStream out) throws StartException {
        if (store != null && !Configuration.STORES.contains(store)) {
            throw wrong("--store", store, String.join(" or ", Configuration.STORES));
        }
        Restore.run(path("--from", from), data(environment), Optional.ofNullable(store), out);
    }
}
