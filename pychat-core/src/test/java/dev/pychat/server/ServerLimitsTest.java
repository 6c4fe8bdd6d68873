package dev.pychat.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pychat.store.memory.MemoryServerStores;
import java.security.SecureRandom;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ServerLimitsTest {

    @Test
    void limitOutOfRangeNamesItselfWhatWasGivenAndWhatIsAllowed() {
        assertThatThrownBy(() -> ServerLimits.builder().batch(0).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("batch", "0", "1 to 100000");
        assertThatThrownBy(() ->
                        ServerLimits.builder().signInTime(Duration.ofDays(2)).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("signInTime", "2 days", "1 hour");
        assertThatThrownBy(() -> new HashCost(3)).hasMessageContainingAll("3", "4 to 16");
    }

    @Test
    void serverWithoutATransportIsRefused() {
        assertThatThrownBy(() -> ServerOptions.builder(MemoryServerStores.create(new SecureRandom()))
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("transport");
    }

    @Test
    void readThreadsAreTwoForEachProcessorWithinBounds() {
        assertThat(ServerLimits.usualReadThreads(1)).isEqualTo(4);
        assertThat(ServerLimits.usualReadThreads(2)).isEqualTo(4);
        assertThat(ServerLimits.usualReadThreads(8)).isEqualTo(16);
        assertThat(ServerLimits.usualReadThreads(512)).isEqualTo(1_024);
        assertThat(ServerLimits.usualReadThreads(4_096)).isEqualTo(1_024);
    }
}
