package dev.pychat.crypto.open;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class PasswordCostTest {

    @Test
    void theRecommendedCostIsTheSecondChoiceOfRfc9106() {
        assertThat(PasswordCost.RECOMMENDED).isEqualTo(new PasswordCost(65536, 3, 4));
    }

    @Test
    void lessMemoryOrFewerPassesAreBelowTheFloor() {
        PasswordCost floor = PasswordCost.RECOMMENDED;
        assertThat(floor.atLeast(floor)).isTrue();
        assertThat(new PasswordCost(65536, 3, 1).atLeast(floor)).isTrue();
        assertThat(new PasswordCost(65535, 16, 4).atLeast(floor)).isFalse();
        assertThat(new PasswordCost(1 << 20, 2, 4).atLeast(floor)).isFalse();
    }

    @Test
    void whatNoClientShouldPayIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PasswordCost((1 << 20) + 1, 3, 4))
                .withMessageContaining("memoryKiB")
                .withMessageContaining("1048576");
        assertThatIllegalArgumentException().isThrownBy(() -> new PasswordCost(65536, 17, 4));
        assertThatIllegalArgumentException().isThrownBy(() -> new PasswordCost(65536, 0, 4));
        assertThatIllegalArgumentException().isThrownBy(() -> new PasswordCost(65536, 3, 17));
        assertThatIllegalArgumentException().isThrownBy(() -> new PasswordCost(31, 3, 4));
    }
}
