package dev.pychat.ref.server;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The program in a process of its own. */
final class OwnJvm {

    private OwnJvm() {}

    /** Starts it on the Java that the tests are for, with options of the JVM and its own arguments. */
    static Process start(List<String> options, String... arguments) throws IOException {
        return start(List.of(), Map.of(), options, arguments);
    }

    /** Starts it by another program, given by its words, and with variables in its environment beside those of the tests. */
    static Process start(
            List<String> starter, Map<String, String> environment, List<String> options, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>(starter);
        String home = System.getProperty("pychat.test.java.home", System.getProperty("java.home"));
        command.add(Path.of(home, "bin", "java").toString());
        command.addAll(options);
        command.add("-cp");
        command.add(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
        command.add(Main.class.getName());
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        return builder.start();
    }
}
