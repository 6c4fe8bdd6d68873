package dev.pychat.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class OutboxHaltTest {

    private final AtomicBoolean quiet = new AtomicBoolean(true);
    private final AtomicInteger freed = new AtomicInteger();
    private final OutboxHalt halt = new OutboxHalt(quiet::get, freed::incrementAndGet);

    @Test
    void nothingLeavesBeforeTheLastOfTwoHasLetGo() {
        OutboxHalt.Hold first = halt.hold();
        OutboxHalt.Hold second = halt.hold();
        first.letGo();
        first.letGo();
        assertThat(halt.isHalted()).isTrue();
        assertThat(freed).hasValue(0);
        second.letGo();
        assertThat(halt.isHalted()).isFalse();
        assertThat(freed).hasValue(1);
    }

    @Test
    void everybodyIsToldWhenAllThatHadLeftIsAnswered() {
        quiet.set(false);
        OutboxHalt.Hold first = halt.hold();
        OutboxHalt.Hold second = halt.hold();
        halt.answered();
        assertThat(first.quiet()).isNotDone();
        quiet.set(true);
        halt.answered();
        assertThat(first.quiet()).isCompleted();
        assertThat(second.quiet()).isCompleted();
        assertThat(halt.hold().quiet()).isCompleted();
    }

    @Test
    void lostConnectionEndsAllHoldsAndThoseBegunLaterAreNotEndedByThem() {
        quiet.set(false);
        OutboxHalt.Hold before = halt.hold();
        halt.offline();
        assertThat(before.quiet()).isCompletedExceptionally();
        assertThat(before.holds()).isFalse();
        assertThat(halt.isHalted()).isFalse();
        OutboxHalt.Hold after = halt.hold();
        before.letGo();
        assertThat(after.holds()).isTrue();
        assertThat(halt.isHalted()).isTrue();
        assertThat(freed).hasValue(0);
    }
}
