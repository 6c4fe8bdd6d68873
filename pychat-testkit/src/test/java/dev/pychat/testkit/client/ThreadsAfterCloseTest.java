package dev.pychat.testkit.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ThreadsAfterCloseTest {

    /** In a JVM of its own, where no other test has clients. */
    @Test
    void closingClientsWhateverTheyDoLeavesNoThreadBehind() throws Exception {
        String java = System.getProperty("pychat.test.java.home", System.getProperty("java.home"));
        Process process = new ProcessBuilder(
                        Path.of(java, "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ClosingProgram.class.getName())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        assertThat(said.strip()).endsWith("nothing is left");
        assertThat(process.exitValue()).isZero();
    }
}
