package dev.pychat.ref.server;

import java.io.PrintStream;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What the command line of {@code stats} may say. */
@Command(
        name = "stats",
        description =
                "Counts what a server holds, whether it is running or not: accounts, conversations, messages, bytes on the disk.",
        footer = {"", "Exit codes are those of the server."})
final class StatsOptions extends DataOptions {

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    public void run(Map<String, String> environment, PrintStream out) throws StartException {
        Operator.report(data(environment), "stats", json, out);
    }
}
