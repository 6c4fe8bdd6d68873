package dev.pychat.ref.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The program as a process of its own. */
final class Program {
    private Program() {}

    /** How it ended. */
    record Result(int code, String out, String err) {}

    /** Runs it to its end with the given lines as its input. */
    static Result run(String locale, List<String> arguments, String... lines) throws Exception {
        File out = File.createTempFile("pychat", ".out");
        File err = File.createTempFile("pychat", ".err");
        try {
            Process process = start(locale, arguments, out, err);
            process.getOutputStream().write((String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().close();
            assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
            return new Result(process.exitValue(), Files.readString(out.toPath()), Files.readString(err.toPath()));
        } finally {
            Files.delete(out.toPath());
            Files.delete(err.toPath());
        }
    }

    /** Starts it; its input is a pipe that stays open. */
    static Process start(String locale, List<String> arguments, File out, File err) throws Exception {
        ProcessBuilder builder =
                new ProcessBuilder(command(arguments)).redirectOutput(out).redirectError(err);
        builder.environment().put("LC_ALL", locale);
        return builder.start();
    }

    /** The command as the launcher gives it; its Java compiles as little as that of these tests. */
    static List<String> command(List<String> arguments) {
        String home = System.getProperty("pychat.test.java.home", System.getProperty("java.home"));
        List<String> command = new ArrayList<>();
        command.add(Path.of(home, "bin", "java").toString());
        if (Runtime.version().feature() >= 22) {
            command.add("--enable-native-access=ALL-UNNAMED");
        }
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(flag -> flag.startsWith("-XX:"))
                .forEach(command::add);
        command.addAll(List.of("-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path"), Main.class.getName()));
        command.addAll(arguments);
        return command;
    }
}
