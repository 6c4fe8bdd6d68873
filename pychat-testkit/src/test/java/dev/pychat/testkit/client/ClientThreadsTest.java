package dev.pychat.testkit.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ClientThreadsTest {

    private static final int VIRTUAL_SINCE = 21;
    private static final int CLIENTS = 30;

    /** Of two processors: two for the engines' steps, two for receipts, one that unwraps keys, and three that look after times. */
    private static final int SHARED = 8;

    /** In a JVM of its own, where no other test has clients. */
    @Test
    void noClientHasAPlatformThreadOfItsOwnWhereThereAreVirtualOnes() throws Exception {
        if (Runtime.version().feature() < VIRTUAL_SINCE) {
            abort("only Java 21 and newer have virtual threads; mvn -Dtests.on=/path/to/jdk-25 runs this test");
        }
        String java = System.getProperty("pychat.test.java.home", System.getProperty("java.home"));
        Process process = new ProcessBuilder(
                        Path.of(java, "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:ActiveProcessorCount=2",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ThreadsProgram.class.getName(),
                        Integer.toString(CLIENTS))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).isZero();
        assertThat(said.lines().filter(line -> line.startsWith("pychat-")).toList())
                .as("the threads at the busiest moment")
                .hasSizeBetween(1, SHARED);
    }
}
