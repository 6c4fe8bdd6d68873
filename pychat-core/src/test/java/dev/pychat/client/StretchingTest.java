package dev.pychat.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.pychat.crypto.open.PasswordCost;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class StretchingTest {

    private static final PasswordCost COST = new PasswordCost(64 << 10, 3, 4);

    private final AtomicBoolean begun = new AtomicBoolean();

    @Test
    void costThatNeedsMoreMemoryThanThereIsIsNotBegun() {
        refused(32L << 20, () -> {
            begun.set(true);
            throw new IllegalStateException("begun");
        });
        assertThat(begun).isFalse();
    }

    @Test
    void memoryThatRunsOutIsSaid() {
        refused(128L << 20, () -> {
            begun.set(true);
            throw new OutOfMemoryError("Java heap space");
        });
        assertThat(begun).isTrue();
    }

    private static void refused(long memory, Stretching.Derivation derivation) {
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> Stretching.within(memory, COST, derivation))
                .withMessageContaining("64 MiB of memory")
                .withMessageContaining((memory >> 20) + " MiB in all")
                .satisfies(e -> assertThat(e.reason()).isEqualTo("not_enough_memory"));
    }
}
