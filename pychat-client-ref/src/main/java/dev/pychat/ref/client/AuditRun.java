package dev.pychat.ref.client;

import dev.pychat.audit.Audit;
import dev.pychat.audit.AuditReport;
import dev.pychat.audit.EvidenceException;
import dev.pychat.crypto.open.KeyPolicy;
import dev.pychat.ref.client.audit.JsonReport;
import dev.pychat.ref.client.audit.Report;
import dev.pychat.ref.client.audit.TextReport;
import dev.pychat.ref.client.text.Printable;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** One audit of a file. */
final class AuditRun {
    private final AuditCommand command;
    private final PrintStream out;
    private final PrintStream err;

    AuditRun(AuditCommand command, PrintStream out, PrintStream err) {
        this.command = command;
        this.out = out;
        this.err = err;
    }

    ExitCode run() {
        try {
            Report report = command.json
                    ? new JsonReport(new OutputStreamWriter(out, StandardCharsets.UTF_8), command.messages)
                    : new TextReport(out, command.messages);
            AuditReport found = Audit.of(command.file, KeyPolicy.production(), report);
            report.end(found);
            if (command.json) {
                out.println();
            }
            if (out.checkError()) {
                return Main.unwritten("pychat audit", err);
            }
            return code(found);
        } catch (EvidenceException e) {
            say(e);
            return e.problem() == EvidenceException.Problem.NEWER_VERSION ? ExitCode.UNKNOWN_FORMAT : ExitCode.DAMAGED;
        } catch (IOException e) {
            say(e);
            return ExitCode.UNREADABLE;
        }
    }

    private static ExitCode code(AuditReport found) {
        return switch (found.verdict()) {
            case HOLDS -> ExitCode.DONE;
            case HOLDS_IN_PART -> ExitCode.HOLDING_IN_PART;
            case DOES_NOT_HOLD -> ExitCode.NOT_HOLDING;
        };
    }

    private void say(Exception failure) {
        err.println("pychat audit: " + Printable.line(command.file + ": " + Failures.sentence(failure)));
    }
}
