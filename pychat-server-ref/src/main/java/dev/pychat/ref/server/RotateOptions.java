package dev.pychat.ref.server;

import dev.pychat.transport.KeyPin;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What the command line of {@code rotate-tls-key} may say. */
@Command(
        name = "rotate-tls-key",
        description = {
            "Changes the TLS key of a running server so that clients which have pinned the present one follow.",
            "",
            "First without --use: a key is made and announced to every client that is or comes connected. After some weeks with --use: "
                    + "from then on it is shown. Clients that were away all the time refuse the server, with a sentence."
        },
        footer = {"", "Exit codes are those of the server. OPERATING.md says more."})
final class RotateOptions extends DataOptions {

    @Option(names = "--use", description = "Show the key that was announced, from now on.")
    private boolean use;

    @Option(names = "--early", description = "With --use: even if it was announced less than 14 days ago.")
    private boolean early;

    @Option(
            names = "--next",
            paramLabel = "PEM",
            description = "Announce the key of this certificate, where the server's key is given by tls.key.")
    private @Nullable String next;

    @Override
    public void run(Map<String, String> environment, PrintStream out) throws StartException {
        if (early && !use || use && next != null) {
            throw new StartException(
                    ExitCode.USAGE,
                    "--early goes with --use only, and --next only without it: first announce, then use");
        }
        String[] words = use ? new String[] {"use-tls-key", early ? "early" : "in-time"} : announcing();
        try {
            Operator.requireDone(Operator.ask(data(environment), out, words));
        } catch (IOException e) {
            throw new StartException(ExitCode.CANNOT_READ_OR_WRITE, String.valueOf(e.getMessage()), e);
        }
    }

    private String[] announcing() throws StartException {
        if (next == null) {
            return new String[] {"announce-tls-key"};
        }
        KeyPin pin = KeyPin.of(Pem.certificates(path("--next", next)).get(0));
        return new String[] {"announce-tls-key", pin.toString()};
    }
}
