package dev.pychat.ref.server;

import java.io.PrintStream;
import java.util.Map;
import picocli.CommandLine.Command;

/** What the command line of {@code compact} may say. */
@Command(
        name = "compact",
        description = {
            "Makes a data directory as small as it can be, while no server uses it.",
            "",
            "Every record is copied into new files beside the present ones, read back and compared; then the new files take the place "
                    + "of the present ones. It needs as much room again as these take, and gives back more in the end. Whenever it "
                    + "is ended, the directory holds everything."
        },
        footer = {"", "Exit codes are those of the server. OPERATING.md says when it is worth it."})
final class CompactOptions extends DataOptions {

    @Override
    public void run(Map<String, String> environment, PrintStream out) throws StartException {
        Compaction.run(data(environment), out);
    }
}
