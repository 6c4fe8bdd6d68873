package dev.pychat.ref.client;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;

/**
 * The reference client's program, and the audit of what it has written as evidence.
 *
 * <p>Used once by the main thread.
 */
public final class Main {
    private Main() {}

    /**
     * Runs the client and ends the process with one of the exit codes that {@code --help} lists.
     *
     * @param arguments the command line
     */
    public static void main(String[] arguments) {
        // System.out and System.err follow the locale.
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        System.exit(run(arguments, out, err).number());
    }

    private static ExitCode run(String[] arguments, PrintStream out, PrintStream err) {
        if (arguments.length > 0 && arguments[0].equals("audit")) {
            AuditCommand audit = new AuditCommand();
            String[] rest = Arrays.copyOfRange(arguments, 1, arguments.length);
            return run("pychat audit", audit, rest, out, err, () -> new AuditRun(audit, out, err).run());
        }
        ClientCommand client = new ClientCommand();
        return run("pychat client", client, arguments, out, err, () -> new Run(client, err).run());
    }

    private static ExitCode run(
            String name,
            Object command,
            String[] arguments,
            PrintStream out,
            PrintStream err,
            Supplier<ExitCode> program) {
        CommandLine line = new CommandLine(command).setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF));
        try {
            line.parseArgs(arguments);
        } catch (ParameterException e) {
            err.println(name + ": " + e.getMessage());
            err.println(name + " --help lists the options");
            return ExitCode.USAGE;
        }
        if (line.isUsageHelpRequested()) {
            line.usage(out, Ansi.OFF);
            return out.checkError() ? unwritten(name, err) : ExitCode.DONE;
        }
        if (line.isVersionHelpRequested()) {
            line.printVersionHelp(out, Ansi.OFF);
            return out.checkError() ? unwritten(name, err) : ExitCode.DONE;
        }
        return program.get();
    }

    /** Says that the output could not be written. */
    static ExitCode unwritten(String name, PrintStream err) {
        err.println(name + ": the output could not be written");
        return ExitCode.UNREADABLE;
    }
}
