package dev.pychat.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Runs a class in a process of its own, on stores on disk, and kills it when it has acknowledged so much.
 *
 * @param program a class with a main method that takes the class that opens the stores, the directory and a seed
 * @param disk the class that opens the stores
 * @param flags what the process's Java needs
 * @param environment what it finds in its environment beside what there is
 * @param directory where the stores and what the process complains of are
 */
record KilledProcess(
        Class<?> program,
        Class<? extends StoresOnDisk> disk,
        List<String> flags,
        Map<String, String> environment,
        Path directory) {

    /** What is done to it. */
    interface End {
        void come(Process process) throws IOException;
    }

    /** The numbers that it had acknowledged when it was killed, at least {@code count}. */
    List<Long> run(long seed, int count) throws Exception {
        return run(seed, count, Process::destroyForcibly);
    }

    /** The numbers that it had acknowledged when what is begun behind the {@code count}th had ended it. */
    List<Long> run(long seed, int count, End end) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(command(seed))
                .redirectError(directory.resolve("stderr").toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        List<Long> numbers = new ArrayList<>();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII))) {
            Optional<Long> number = next(lines);
            while (number.isPresent()) {
                numbers.add(number.get());
                if (numbers.size() == count) {
                    end.come(process);
                }
                number = next(lines);
            }
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(numbers).as("acknowledged by a process of %s", command(seed)).hasSizeGreaterThanOrEqualTo(count);
        return numbers;
    }

    /** The pipe may break in the middle of a line; what is not a whole line was not said. */
    private static Optional<Long> next(BufferedReader lines) {
        try {
            return Optional.ofNullable(lines.readLine())
                    .filter(line -> line.matches("ack \\d+"))
                    .map(line -> Long.parseLong(line.substring("ack ".length())));
        } catch (IOException broken) {
            return Optional.empty();
        }
    }

    private List<String> command(long seed) {
        String home = System.getProperty("pychat.test.java.home", System.getProperty("java.home"));
        List<String> command =
                new ArrayList<>(List.of(Path.of(home, "bin", "java").toString()));
        command.addAll(flags);
        command.addAll(List.of(
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                program.getName(),
                disk.getName(),
                data().toString(),
                Long.toString(seed)));
        return command;
    }

    /** Where the stores are. */
    Path data() {
        return directory.resolve("data");
    }
}
