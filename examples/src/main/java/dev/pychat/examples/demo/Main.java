package dev.pychat.examples.demo;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The program {@code pychat demo}. It ends with 0 if everything held, else with 1 and what did not. */
public final class Main {

    private static final String LOGGING = "logback.configurationFile";

    private static final int HELD = 0;
    private static final int FAILED = 1;
    private static final int USAGE = 2;
    private static final int UNWRITTEN = 4;
    private static final String HELP = """
            usage: ./pychat demo

            Starts a server on a free port of this machine with an empty store, lets two people
            sign up and chat, and shows what the server stored of it. Nothing of it is kept.

            Exit codes: 0 everything held, 1 something did not, 2 usage, 4 cannot write.
            """;

    private Main() {}

    /** What is played. A test plays what does not hold. */
    interface Show {
        /** Plays it in a directory that is gone afterwards. */
        void play(Path directory, Stage stage) throws Exception;
    }

    /**
     * Plays the demo.
     *
     * @param arguments none, or {@code --help}
     */
    public static void main(String[] arguments) {
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        if (System.getProperty(LOGGING) == null) {
            System.setProperty(LOGGING, "dev/pychat/examples/demo/logback.xml");
        }
        System.exit(run(List.of(arguments), out, err));
    }

    /** Does what the command line says. */
    static int run(List<String> arguments, PrintStream out, PrintStream err) {
        if (arguments.equals(List.of("--help")) || arguments.equals(List.of("-h"))) {
            out.print(HELP);
            return written(out, err);
        }
        if (!arguments.isEmpty()) {
            err.println("pychat demo: takes no arguments but --help, given was " + String.join(" ", arguments));
            return USAGE;
        }
        return run(Main::play, out, err);
    }

    /** Plays something in a temporary directory, which is gone afterwards. */
    static int run(Show show, PrintStream out, PrintStream err) {
        try {
            Path directory = Files.createTempDirectory("pychat-demo");
            try {
                show.play(directory, new Stage(out));
            } finally {
                remove(directory);
            }
            return written(out, err);
        } catch (InterruptedException e) {
            err.println("pychat demo: interrupted");
        } catch (DemoFailure e) {
            err.println("pychat demo: " + e.getMessage());
        } catch (Exception e) {
            err.println("pychat demo: failed: " + e);
        }
        return FAILED;
    }

    private static int written(PrintStream out, PrintStream err) {
        if (out.checkError()) {
            err.println("pychat demo: the output could not be written");
            return UNWRITTEN;
        }
        return HELD;
    }

    private static void play(Path directory, Stage stage) throws Exception {
        Path data = directory.resolve("server");
        stage.say(
                "Two people on one server, over TLS on this machine. Their programs are the reference client's screens.");
        stage.say("");
        List<Line> conversation = new Play(directory, data, stage).perform();
        new Evidence(data, stage).show(conversation);
        stage.say("");
        stage.say("All of it held. Now yourself, in two or three terminals:");
        stage.say("");
        stage.say("  ./pychat server");
        stage.say("  ./pychat client");
        stage.say("  ./pychat client --home another-person");
    }

    private static void remove(Path directory) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
