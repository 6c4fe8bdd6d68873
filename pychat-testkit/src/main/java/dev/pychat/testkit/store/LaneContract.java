package dev.pychat.testkit.store;

import static dev.pychat.testkit.store.AppendContract.appended;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.model.MessageId;
import dev.pychat.model.Position;
import dev.pychat.store.AppendResult;
import dev.pychat.store.AppendResult.Conflict;
import dev.pychat.store.AppendResult.OutOfSequence;
import dev.pychat.store.AppendResult.ReadFirst;
import dev.pychat.store.AppendResult.UnknownLane;
import dev.pychat.store.Submission;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How far back a duplicate is searched for, and how many lanes are kept. */
public abstract class LaneContract extends ServerStoresContract {

    private static final int SPAN = AppendResult.MAX_SPAN;

    /** For subclasses. */
    protected LaneContract() {}

    @Test
    void duplicateIsFoundAcrossTheWholeSpanAndNoFurther() throws Exception {
        Talker alice = talker(ALICE, BOB);
        List<Submission> sent = fill(alice, SPAN + 2);
        Submission third = sent.get(2);
        assertThat(append(third)).isEqualTo(new ReadFirst(new Position(SPAN + 2)));
        assertThat(append(Talker.seen(third, 1))).isEqualTo(new ReadFirst(new Position(SPAN + 2)));
        assertThat(append(Talker.seen(third, 2))).isEqualTo(appended(3, 3, third, true));
        assertThat(append(Talker.seen(Talker.altered(third, draw().envelope()), 2)))
                .isEqualTo(new Conflict(new Position(3)));
        assertThat(append(Talker.seen(third, 3))).isEqualTo(new OutOfSequence(alice.last(), new Position(SPAN + 2)));
        Submission next = alice.next();
        assertThat(append(next)).isEqualTo(appended(SPAN + 3, SPAN + 3, next, false));
        Submission newLane = alice.anotherLane().next();
        assertThat(append(newLane)).isEqualTo(appended(SPAN + 4, SPAN + 4, newLane, false));
    }

    @Test
    void mostRecentlyUsedLanesAreKept() throws Exception {
        Talker alice = talker(ALICE, BOB);
        List<Talker> lanes = lanes(alice, AppendResult.MAX_LANES);
        for (Talker lane : lanes) {
            append(lane.next());
        }
        append(lanes.get(0).next());
        append(alice.anotherLane().next());
        assertThat(append(lanes.get(1).next())).isEqualTo(new UnknownLane());
        assertThat(append(lanes.get(0).next())).isInstanceOf(AppendResult.Appended.class);
        for (Talker lane : lanes.subList(2, lanes.size())) {
            assertThat(append(lane.next())).isInstanceOf(AppendResult.Appended.class);
        }
    }

    @Test
    void lanesOfOnePartyDoNotCrowdOutTheOthers() throws Exception {
        Talker alice = talker(ALICE, BOB);
        Talker bob = alice.answering();
        append(bob.next());
        for (Talker lane : lanes(alice, AppendResult.MAX_LANES + 1)) {
            append(lane.next());
        }
        assertThat(append(bob.next())).isInstanceOf(AppendResult.Appended.class);
    }

    @Test
    void firstMessageOfADroppedLaneIsNotStoredTwice() throws Exception {
        Talker alice = talker(ALICE, BOB);
        Submission first = alice.next();
        append(first);
        for (Talker lane : lanes(alice, AppendResult.MAX_LANES)) {
            append(lane.next());
        }
        assertThat(append(first)).isEqualTo(appended(1, 1, first, true));
        assertThat(append(Talker.altered(first, draw().envelope()))).isEqualTo(new Conflict(Position.FIRST));
        assertThat(append(alice.next())).isEqualTo(new UnknownLane());
        Submission begun = alice.stray(MessageId.NONE);
        int next = AppendResult.MAX_LANES + 2;
        assertThat(append(begun)).isEqualTo(appended(next, next, begun, false));
    }

    @Test
    void laneIsNotBegunAfterADropBeforeTheSpanWasRead() throws Exception {
        Talker alice = talker(ALICE, BOB);
        for (Talker lane : lanes(alice, AppendResult.MAX_LANES + 1)) {
            append(lane.next());
        }
        int head = AppendResult.MAX_LANES + 1 + SPAN;
        fill(alice, SPAN);
        Submission begun = alice.anotherLane().next();
        assertThat(append(begun)).isEqualTo(new ReadFirst(new Position(head)));
        assertThat(append(Talker.seen(begun, head - SPAN))).isEqualTo(appended(head + 1, head + 1, begun, false));
    }

    private static List<Talker> lanes(Talker talker, int count) {
        List<Talker> lanes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            lanes.add(talker.anotherLane());
        }
        return lanes;
    }
}
