package dev.pychat.ref.server;

import java.io.PrintStream;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What the command line of {@code rehearse} may say. The launcher says it, and no help names it. */
@Command(
        name = "rehearse",
        hidden = true,
        description =
                "Starts a server on a directory of its own, connects to it and ends: what the launcher keeps an archive of.",
        footer = {"", "Exit codes are those of the server."})
final class RehearseOptions implements Subcommand {

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this text and end.")
    private boolean help;

    @Override
    public boolean help() {
        return help;
    }

    @Override
    public void run(Map<String, String> environment, PrintStream out) throws StartException {
        Rehearsal.run();
    }
}
