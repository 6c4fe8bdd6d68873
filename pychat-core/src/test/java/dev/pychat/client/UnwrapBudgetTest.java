package dev.pychat.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class UnwrapBudgetTest {

    private static final Duration ONE = Duration.ofSeconds(1).dividedBy(UnwrapBudget.EACH_SECOND);

    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 1_000);
    private final UnwrapBudget budget = new UnwrapBudget(now::get);

    @Test
    void soManyAreOpenedAtOnceAndTheNextHasToWait() {
        assertThat(budget.take(UnwrapBudget.AT_ONCE)).isZero();
        assertThat(budget.take(1)).isEqualTo(ONE);
        assertThat(budget.take(2)).isEqualTo(ONE.multipliedBy(3));
    }

    @Test
    void whatHasPassedCountsUpToWhatIsOpenedAtOnce() {
        budget.take(UnwrapBudget.AT_ONCE);
        now.addAndGet(ONE.multipliedBy(5).toNanos());
        assertThat(budget.take(5)).isZero();
        assertThat(budget.take(1)).isEqualTo(ONE);
        now.addAndGet(Duration.ofDays(1).toNanos());
        assertThat(budget.take(UnwrapBudget.AT_ONCE)).isZero();
        assertThat(budget.take(1)).isEqualTo(ONE);
    }
}
