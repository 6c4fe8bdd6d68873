package dev.pychat.ref.client;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;

/**
 * The reference client's program.
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
        ClientCommand command = new ClientCommand();
        CommandLine line = new CommandLine(command).setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF));
        try {
            line.parseArgs(arguments);
        } catch (ParameterException e) {
            err.println("pychat client: " + e.getMessage());
            err.println("pychat client --help lists the options");
            return ExitCode.USAGE;
        }
        if (line.isUsageHelpRequested()) {
            line.usage(out, Ansi.OFF);
            return out.checkError() ? Run.unwritten(err) : ExitCode.DONE;
        }
        if (line.isVersionHelpRequested()) {
            line.printVersionHelp(out, Ansi.OFF);
            return out.checkError() ? Run.unwritten(err) : ExitCode.DONE;
        }
        return new Run(command, err).run();
    }
}
