package dev.pychat.benchmarks.contender;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How much of the time for warming up each server takes. */
class WarmUpTest {

    @TempDir
    Path directory;

    @Test
    void onlyPychatTakesMoreThanTenSeconds() throws Exception {
        try (Net net = Net.start(Certificate.make(directory).x509(), 1)) {
            for (Contender each : Contenders.all(net, Path.of(System.getProperty("java.home")), List.of())) {
                assertThat(each.warmUp(Duration.ofSeconds(90)))
                        .as(each.name())
                        .isEqualTo(Duration.ofSeconds(each.name().equals("pychat") ? 90 : 10));
                assertThat(each.warmUp(Duration.ofSeconds(4))).as(each.name()).isEqualTo(Duration.ofSeconds(4));
            }
        }
    }
}
