package dev.pychat.benchmarks.field;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.benchmarks.contender.Contenders;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What {@code scripts/bench-field} says before it builds anything. */
class BenchFieldScriptTest {

    private record Said(int code, String text) {}

    private static Said run(String... options) throws IOException, InterruptedException {
        Path script = Path.of("..", "scripts", "bench-field").toAbsolutePath().normalize();
        List<String> command = Stream.concat(Stream.of("/bin/sh", script.toString()), Stream.of(options))
                .toList();
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Said(process.waitFor(), text);
    }

    @Test
    void helpNamesEveryOptionServerAndScenario() throws Exception {
        Said said = run("--help");
        assertThat(said.code()).isZero();
        assertThat(said.text()).contains(Contenders.NAMES).contains(Field.SCENARIO_NAMES);
        assertThat(Settings.USAGE
                        .lines()
                        .filter(line -> line.startsWith("  --"))
                        .map(line -> line.strip().split(" ", 2)[0]))
                .isNotEmpty()
                .allSatisfy(option -> assertThat(said.text()).contains(option));
    }

    @Test
    void serverThatNobodyKnowsIsRefused() throws Exception {
        Said said = run("--smoke", "--only", "pychat,kafka");
        assertThat(said.code()).isEqualTo(2);
        assertThat(said.text()).contains("\"kafka\"", "allowed are pychat, mosquitto");
    }
}
