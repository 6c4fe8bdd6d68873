package dev.pychat.ref.server;

import java.io.IOException;
import java.io.PrintStream;
import java.util.Map;
import picocli.CommandLine.Command;

/** What the command line of {@code reload-tls} may say. */
@Command(
        name = "reload-tls",
        description =
                "Has a running server read its certificate, and the issuers of its clients' ones, anew, at once: it does so by "
                        + "itself within some seconds after the files have changed. Who is connected stays so.",
        footer = {
            "",
            "Exit codes are those of the server: 4 the new certificate can't be used, the present one is shown further."
        })
final class ReloadOptions extends DataOptions {

    @Override
    public void run(Map<String, String> environment, PrintStream out) throws StartException {
        try {
            Operator.requireDone(Operator.ask(data(environment), out, "reload-tls"));
        } catch (IOException e) {
            throw new StartException(ExitCode.CANNOT_READ_OR_WRITE, String.valueOf(e.getMessage()), e);
        }
    }
}
