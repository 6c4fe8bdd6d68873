package dev.pychat.ref.server;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What the command line of {@code migrate} may say. */
@Command(
        name = "migrate",
        description = {
            "Moves a data directory to another kind of store, while no server uses it.",
            "",
            "Every record is copied, read back and compared; the files beside the store, such as the TLS key, are copied as they "
                    + "are. The old directory keeps what it holds and is the way back until a server has run on the new one."
        },
        footer = {
            "",
            "The new directory is new or empty, or what a migration left that was ended before its end. Exit codes are those of "
                    + "the server."
        })
final class MigrateOptions implements Subcommand {

    @Option(names = "--from", paramLabel = "DIR", required = true, description = "The data directory as it is.")
    private String from = "";

    @Option(names = "--to", paramLabel = "DIR", required = true, description = "The new data directory.")
    private String to = "";

    @Option(
            names = "--to-store",
            paramLabel = "xodus|sqlite",
            required = true,
            description = "What is to keep the new one.")
    private String toStore = "";

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this text and end.")
    private boolean help;

    Path from() throws StartException {
        return DataOptions.path("--from", from);
    }

    Path to() throws StartException {
        return DataOptions.path("--to", to);
    }

    String toStore() throws StartException {
        if (!Configuration.STORES.contains(toStore)) {
            throw DataOptions.wrong("--to-store", toStore, String.join(" or ", Configuration.STORES));
        }
        return toStore;
    }

    @Override
    public boolean help() {
        return help;
    }

    @Override
    public void run(Map<String, String> environment, PrintStream out) throws StartException {
        Migration.run(this, out);
    }
}
