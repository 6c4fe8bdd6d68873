package dev.pychat.ref.server;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;

/** The program {@code pychat server}. */
public final class Main {

    private static final String LOGGING = "logback.configurationFile";

    private final Map<String, String> environment;
    private final PrintStream out;
    private final PrintStream err;

    /** For tests, which have an environment and streams of their own. */
    Main(Map<String, String> environment, PrintStream out, PrintStream err) {
        this.environment = environment;
        this.out = out;
        this.err = err;
    }

    /**
     * Runs the server until it is told to end by a signal. What it does is said by {@code --help}.
     *
     * @param arguments the command line
     */
    public static void main(String[] arguments) {
        if (System.getProperty(LOGGING) == null) {
            System.setProperty(LOGGING, "dev/pychat/ref/server/logback.xml");
        }
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
        ExitCode code = new Main(System.getenv(), out, err).run(arguments);
        System.exit(code.number());
    }

    /** Does what the command line says; a server runs until the JVM is told to end, so this returns only without one. */
    ExitCode run(String... arguments) {
        Thread logging = setUpLogging();
        try {
            Options options = new Options();
            CommandLine command = new CommandLine(options).setUsageHelpAutoWidth(true);
            Subcommands.add(command, arguments);
            CommandLine.ParseResult parsed = command.parseArgs(arguments);
            if (parsed.hasSubcommand()) {
                requireNoneInFront(parsed);
                logging.join();
                run(parsed.subcommand().commandSpec().commandLine());
            } else if (options.help()) {
                command.usage(out);
            } else if (options.version()) {
                out.println("pychat server " + Version.text());
            } else {
                logging.join();
                serve(options);
            }
            return out.checkError()
                    ? fail(ExitCode.CANNOT_READ_OR_WRITE, "the output could not be written")
                    : ExitCode.DONE;
        } catch (CommandLine.ParameterException e) {
            return fail(ExitCode.USAGE, oneLine(e.getMessage()) + " (--help shows what is known)");
        } catch (StartException e) {
            return fail(e.exitCode(), oneLine(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return fail(ExitCode.INTERNAL, "interrupted before anything had begun");
        } catch (RuntimeException | Error e) {
            LoggerFactory.getLogger(Main.class).debug("the server failed", e);
            return fail(ExitCode.INTERNAL, "internal failure: " + oneLine(e.toString()));
        }
    }

    /** That and reading the command line take a tenth of a second each, so they are done side by side. Nothing logs before both are done. */
    private static Thread setUpLogging() {
        Thread settingUp = new Thread(() -> LoggerFactory.getLogger(Main.class), "pychat-logging");
        settingUp.setDaemon(true);
        settingUp.start();
        return settingUp;
    }

    /** The server's own options would be overlooked in silence. */
    private static void requireNoneInFront(CommandLine.ParseResult parsed) throws StartException {
        if (!parsed.matchedOptions().isEmpty()) {
            throw new StartException(
                    ExitCode.USAGE,
                    parsed.matchedOptions().get(0).longestName() + " stands in front of "
                            + parsed.subcommand().commandSpec().name()
                            + ", which takes its own options behind it only");
        }
    }

    private void run(CommandLine command) throws StartException {
        Subcommand options = command.getCommand();
        if (options.help()) {
            command.usage(out);
        } else {
            options.run(environment, out);
        }
    }

    private void serve(Options options) throws StartException {
        Configuration settings = Configuration.of(options.flags(), environment);
        if (options.printConfig()) {
            settings.host();
            settings.port();
            settings.listing();
            settings.store();
            settings.durability();
            settings.transport();
            settings.operationsPort();
            settings.logFormat();
            Limit.transport(settings);
            Limit.server(settings);
            out.println(settings.print());
            return;
        }
        settings.logFormat().use();
        RunningServer server = RunningServer.start(settings, Costs.REAL);
        CountDownLatch forever = new CountDownLatch(1);
        // Before the line on which somebody may wait who then ends it.
        Thread stop = new Thread(() -> end(server), "pychat-stop");
        Runtime.getRuntime().addShutdownHook(stop);
        server.introduce(settings, out);
        if (out.checkError()) {
            // Nobody has learnt where it listens and which key it shows.
            forget(stop);
            server.close();
            return;
        }
        try {
            forever.await();
        } catch (InterruptedException e) {
            server.close();
        }
    }

    private static void forget(Thread stop) {
        try {
            Runtime.getRuntime().removeShutdownHook(stop);
        } catch (IllegalStateException e) {
            // A signal has come, and its end goes on.
        }
    }

    /** A signal is how the server is meant to be ended, so the program's end is a good one whatever the signal's number. */
    private void end(RunningServer server) {
        int code = ExitCode.DONE.number();
        try {
            server.close();
            out.println("stopped");
        } catch (RuntimeException | Error e) {
            err.println("pychat server: the stop failed: " + oneLine(e.toString()));
            code = ExitCode.INTERNAL.number();
        }
        out.flush();
        Runtime.getRuntime().halt(code);
    }

    private ExitCode fail(ExitCode code, String message) {
        err.println("pychat server: " + message);
        return code;
    }

    private static String oneLine(@Nullable String text) {
        return String.valueOf(text).replaceAll("\\s*\\R\\s*", " ");
    }
}
