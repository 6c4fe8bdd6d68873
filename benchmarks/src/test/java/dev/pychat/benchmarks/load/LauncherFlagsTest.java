package dev.pychat.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A server that is measured has the flags of one that is run. */
class LauncherFlagsTest {

    @Test
    void theyAreTheLaunchers() throws Exception {
        assertThat(Files.readString(Path.of("../pychat")))
                .contains("pychat-server-ref*) flags=\"$flags " + String.join(" ", LauncherFlags.COLLECTOR) + "\"")
                .contains("flags=\"$flags " + String.join(" ", LauncherFlags.ALWAYS) + "\"");
    }

    @Test
    void anotherCollectorIsTheOnlyOne() {
        assertThat(LauncherFlags.with(List.of("-XX:+UseG1GC"))).doesNotContainAnyElementsOf(LauncherFlags.COLLECTOR);
        assertThat(LauncherFlags.with(List.of("-Xmx1g")))
                .containsAll(LauncherFlags.COLLECTOR)
                .endsWith("-Xmx1g");
    }
}
