package dev.pychat.ref.server;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What all commands take that do something with a server's data directory. Confined to one thread. */
abstract class DataOptions implements Subcommand {

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "The data directory, as the server is told it (pychat-data).")
    private @Nullable String data;

    @Option(names = "--config", paramLabel = "FILE", description = "The server's configuration file.")
    private @Nullable String config;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this text and end.")
    private boolean help;

    @Override
    public boolean help() {
        return help;
    }

    /** The data directory, found as the server finds it: by flag, environment and file. */
    Path data(Map<String, String> environment) throws StartException {
        Map<Setting, String> flags = new EnumMap<>(Setting.class);
        if (data != null) {
            flags.put(Setting.DATA, data);
        }
        if (config != null) {
            flags.put(Setting.CONFIG, config);
        }
        return Configuration.of(flags, environment).data();
    }

    /** Refuses options that an option in their place would overlook in silence. */
    void requireNoDirectory(String instead) throws StartException {
        if (data != null || config != null) {
            throw new StartException(
                    ExitCode.USAGE,
                    instead + " reads a file and no data directory, so " + (data == null ? "--config" : "--data")
                            + " has no place beside it");
        }
    }

    static Path path(String flag, String text) throws StartException {
        try {
            if (!text.isBlank()) {
                return Path.of(text);
            }
        } catch (InvalidPathException e) {
            // Said below, as for an empty one.
        }
        throw wrong(flag, text, "a path");
    }

    static StartException wrong(String flag, String given, String allowed) {
        return new StartException(ExitCode.USAGE, flag + " is \"" + given + "\", allowed is " + allowed);
    }
}
