package dev.pychat.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pychat.model.Username;
import java.time.Duration;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class AttemptLimiterTest {

    private static final Username ALICE = new Username("alice");

    private final Movable clock = new Movable();
    private final AttemptLimiter attempts = new AttemptLimiter(
            clock.withZone(ZoneOffset.UTC),
            ServerLimits.builder()
                    .freeAttempts(3)
                    .longestDelay(Duration.ofSeconds(10))
                    .build());

    @Test
    void delayGrowsWithEachFailureUpToTheLongest() throws Exception {
        fail(3, "home");
        for (int seconds : new int[] {1, 2, 4, 8, 10, 10}) {
            assertThat(refusal("home")).isEqualTo(Duration.ofSeconds(seconds));
            clock.move(Duration.ofSeconds(seconds));
            attempts.begin(ALICE, "home");
        }
    }

    @Test
    void guesserElsewhereDoesNotKeepTheOwnerOut() throws Exception {
        fail(3, "elsewhere");
        assertThat(refusal("elsewhere")).isPositive();
        assertThatCode(() -> attempts.begin(ALICE, "home")).doesNotThrowAnyException();
    }

    @Test
    void guessingAtManyAccountsSlowsTheAddressDown() throws Exception {
        for (int i = 0; i < 12; i++) {
            attempts.begin(new Username("user" + i), "elsewhere");
        }
        assertThat(refusal("elsewhere")).isPositive();
    }

    @Test
    void attemptsAtTheSameTimeCountBeforeTheirOutcomeIsKnown() throws Exception {
        AttemptLimiter.Attempt first = attempts.begin(ALICE, "home");
        fail(2, "home");
        assertThat(refusal("home")).isPositive();
        attempts.succeeded(first);
        attempts.begin(ALICE, "home");
    }

    @Test
    void peopleWithSessionsBehindOneAddressDoNotSlowEachOtherDown() throws Exception {
        for (int i = 0; i < 200; i++) {
            attempts.beginInSession(new Username("user" + i), "office");
        }
        attempts.begin(ALICE, "office");
    }

    @Test
    void guessesInASessionCountTogetherWithLogInsToTheAccount() throws Exception {
        fail(1, "home");
        attempts.beginInSession(ALICE, "home");
        AttemptLimiter.Attempt third = attempts.beginInSession(ALICE, "home");
        assertThat(refusal("home")).isPositive();
        attempts.succeeded(third);
        attempts.begin(ALICE, "home");
    }

    @Test
    void failuresAreForgottenAfterAWhile() throws Exception {
        fail(3, "home");
        clock.move(Duration.ofMinutes(10));
        fail(3, "home");
    }

    private void fail(int times, String address) throws BusyException {
        for (int i = 0; i < times; i++) {
            attempts.begin(ALICE, address);
        }
    }

    private Duration refusal(String address) {
        BusyException refusal = catchThrowableOfType(BusyException.class, () -> attempts.begin(ALICE, address));
        assertThat(refusal).as("a refusal").isNotNull();
        return refusal.retryAfter();
    }
}
