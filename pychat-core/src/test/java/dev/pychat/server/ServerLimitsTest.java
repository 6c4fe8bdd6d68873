package dev.pychat.server;

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
}
