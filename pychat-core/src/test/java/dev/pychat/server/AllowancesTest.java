package dev.pychat.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class AllowancesTest {

    private final Movable clock = new Movable();
    private final Allowances allowances = new Allowances(clock.withZone(ZoneOffset.UTC), "things", 3, 0.5);

    @Test
    void fullPurseIsUsedUpAndTheRefusalSaysWhenThereIsMore() throws Exception {
        for (int i = 0; i < 3; i++) {
            allowances.take("ann", 1);
        }
        assertThat(refusal("ann").retryAfter()).isEqualTo(Duration.ofSeconds(2));
        clock.move(Duration.ofMillis(1_999));
        assertThat(refusal("ann")).isNotNull();
        clock.move(Duration.ofMillis(1));
        assertThatCode(() -> allowances.take("ann", 1)).doesNotThrowAnyException();
    }

    @Test
    void purseIsItsOwnersAlone() throws Exception {
        allowances.take("ann", 3);
        assertThatCode(() -> allowances.take("bob", 3)).doesNotThrowAnyException();
    }

    @Test
    void purseNeverHoldsMoreThanTheMost() throws Exception {
        allowances.take("ann", 1);
        clock.move(Duration.ofDays(1));
        allowances.take("ann", 3);
        assertThat(refusal("ann")).isNotNull();
    }

    @Test
    void useThatWasNotAskedForIsMissingLater() {
        allowances.use("ann", 5);
        BusyException busy = catchThrowableOfType(BusyException.class, () -> allowances.require("ann"));
        assertThat(busy.retryAfter()).isEqualTo(Duration.ofSeconds(6));
        clock.move(Duration.ofSeconds(6));
        assertThatCode(() -> allowances.require("ann")).doesNotThrowAnyException();
    }

    @Test
    void clockThatGoesBackTakesNothingAway() throws Exception {
        allowances.take("ann", 1);
        clock.move(Duration.ofSeconds(-100));
        assertThatCode(() -> allowances.take("ann", 2)).doesNotThrowAnyException();
    }

    private BusyException refusal(String whose) {
        return catchThrowableOfType(BusyException.class, () -> allowances.take(whose, 1));
    }
}
