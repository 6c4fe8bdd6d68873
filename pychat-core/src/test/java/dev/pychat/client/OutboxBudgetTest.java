package dev.pychat.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class OutboxBudgetTest {

    private final OutboxBudget budget = new OutboxBudget();

    @Test
    void oneMessageTooManyIsRefused() throws Exception {
        for (int i = 0; i < OutboxBudget.MAX_MESSAGES; i++) {
            budget.take(10);
        }
        assertThatThrownBy(() -> budget.take(10))
                .isInstanceOf(OutboxFullException.class)
                .hasMessageContaining("10000");
        budget.give(10);
        budget.take(10);
    }

    @Test
    void oneByteTooManyIsRefused() throws Exception {
        int body = 64 * 1024;
        int fitting = (int) (OutboxBudget.MAX_BYTES / (body + 512));
        for (int i = 0; i < fitting; i++) {
            budget.take(body);
        }
        assertThatThrownBy(() -> budget.take(body)).isInstanceOf(OutboxFullException.class);
    }

    @Test
    void waitingEndsWhenNothingIsLeft() throws Exception {
        assertThat(budget.awaitEmpty(Duration.ZERO)).isTrue();
        budget.take(1);
        assertThat(budget.awaitEmpty(Duration.ofMillis(1))).isFalse();
        Thread giver = new Thread(() -> budget.give(1));
        giver.start();
        assertThat(budget.awaitEmpty(Duration.ofMinutes(2))).isTrue();
        giver.join();
    }

    @Test
    void waitingForWhatIsLeftEndsWithTheClient() throws Exception {
        budget.take(1);
        Thread closer = new Thread(budget::close);
        closer.start();
        assertThatThrownBy(() -> budget.awaitEmpty(Duration.ofMinutes(2))).isInstanceOf(ClosedException.class);
        closer.join();
    }
}
