package dev.pychat.ref.client;

import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command line of an audit. Confined to the main thread. */
@Command(
        name = "pychat audit",
        mixinStandardHelpOptions = true,
        versionProvider = AuditCommand.AuditVersion.class,
        sortOptions = false,
        description = "Checks a file that !EVIDENCE has written, with no server: every signature, lane and view.",
        footer = {
            "",
            "Without epoch secrets in the file the signatures of epoch headers and the lanes",
            "are checked, and no message can be read.",
            "",
            "The safety number covers the present identity of each of the two. What is signed",
            "by another one that the file names is shown, and may be anybody's.",
            "",
            "FILE is a regular file, which is read more than once.",
            "",
            "Exit codes: 0 all that could be looked at holds, 2 usage, 4 cannot read or write,",
            "5 something does not hold, 7 file of a newer format, 8 damaged file, 9 nothing is",
            "found, but some messages are of identities that the safety number does not cover."
        })
final class AuditCommand {
    @Parameters(paramLabel = "FILE", arity = "1", description = "the file")
    Path file = Path.of("");

    @Option(names = "--json", description = "print one JSON object")
    boolean json;

    @Option(names = "--messages", description = "show every message, and not only what is found")
    boolean messages;

    /** Says the version. */
    static final class AuditVersion implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"pychat audit " + Version.number()};
        }
    }
}
