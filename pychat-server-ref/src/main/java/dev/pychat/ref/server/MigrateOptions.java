package dev.pychat.ref.server;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
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
final class MigrateOptions {

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
        return path("--from", from);
    }

    Path to() throws StartException {
        return path("--to", to);
    }

    String toStore() throws StartException {
        if (!Configuration.STORES.contains(toStore)) {
            throw wrong("--to-store", toStore, String.join(" or ", Configuration.STORES));
        }
        return toStore;
    }

    boolean help() {
        return help;
    }

    private static Path path(String flag, String text) throws StartException {
        try {
            if (!text.isBlank()) {
                return Path.of(text);
            }
        } catch (InvalidPathException e) {
            // Said below, as for an empty one.
        }
        throw wrong(flag, text, "a path");
    }

    private static StartException wrong(String flag, String given, String allowed) {
        return new StartException(ExitCode.USAGE, flag + " is \"" + given + "\", allowed is " + allowed);
    }
}
