package dev.pychat.ref.server;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The program in a process of its own. */
final class OwnJvm {

    private OwnJvm() {}

    /** Starts it on the Java that the tests are for, with options of the JVM and its own arguments. */
    static Process start(List<String> options, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        String home = System.getProperty("pychat.test.java.home", System.getProperty("java.home"));
        command.add(Path.of(home, "bin", "java").toString());
        command.addAll(options);
        command.add("-cp");
        command.add(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
        command.add(Main.class.getName());
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }
}
