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

/** The program {@code pychat demo}. It ends with 0 if everything held, else with 1 and what did not, or 4 if it can't write. */
public final class Main {

    private static final String LOGGING = "logback.configurationFile";

    private static final int UNWRITTEN = 4;

    private Main() {}

    /**
     * Plays the demo.
     *
     * @param arguments none
     */
    public static void main(String[] arguments) {
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        if (arguments.length > 0) {
            err.println("pychat demo: takes no arguments, given was " + String.join(" ", arguments));
            System.exit(2);
        }
        if (System.getProperty(LOGGING) == null) {
            System.setProperty(LOGGING, "dev/pychat/examples/demo/logback.xml");
        }
        System.exit(run(out, err));
    }

    /** Plays it in a temporary directory, which is gone afterwards. */
    static int run(PrintStream out, PrintStream err) {
        try {
            Path directory = Files.createTempDirectory("pychat-demo");
            try {
                play(directory, new Stage(out));
            } finally {
                remove(directory);
            }
            if (out.checkError()) {
                err.println("pychat demo: the output could not be written");
                return UNWRITTEN;
            }
            return 0;
        } catch (InterruptedException e) {
            err.println("pychat demo: interrupted");
        } catch (DemoFailure e) {
            err.println("pychat demo: " + e.getMessage());
        } catch (Exception e) {
            err.println("pychat demo: failed: " + e);
        }
        return 1;
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
