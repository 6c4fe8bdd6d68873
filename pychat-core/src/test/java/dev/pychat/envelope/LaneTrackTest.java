package dev.pychat.envelope;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.crypto.SeededRandom;
import dev.pychat.model.Bytes;
import dev.pychat.model.ConversationId;
import dev.pychat.model.Envelope;
import dev.pychat.model.EpochName;
import dev.pychat.model.LaneId;
import dev.pychat.model.MessageId;
import dev.pychat.model.Position;
import dev.pychat.model.StoredMessage;
import dev.pychat.model.Username;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The table of lanes in ENVELOPE.md, section 9.2, line by line and on both sides of each of its edges. */
class LaneTrackTest {

    private static final LaneId LANE = LaneId.random(new SeededRandom(1));
    private static final EpochName EPOCH = new EpochName(Bytes.fromHex("e1".repeat(32)));
    private static final EpochName OTHER = new EpochName(Bytes.fromHex("e2".repeat(32)));
    private static final Bytes ANY = Bytes.fromHex("aa".repeat(32));

    /** Ordinal 2, n 5, number 10. */
    private final LaneHead head = head(2, EPOCH, 5, 10);

    private final LaneTrack track = LaneTrack.joined(new LanePlace(head, ANY, LaneHead.NONE));

    @Test
    void aLowerOrdinalIsAfterTheClose() {
        assertRefused(track, place(head(1, EPOCH, 6, 11), head.hash(), head), FindingCode.AFTER_CLOSE);
        LaneTrack missing = skip(13);
        assertRefused(missing, place(head(1, EPOCH, 6, 11), head.hash(), head), FindingCode.AFTER_CLOSE);
    }

    @Test
    void aMissingNumberIsAGapAndMissingNoMore() {
        LaneTrack missing = skip(13);
        LaneTrack.Step late = take(missing, place(head(2, EPOCH, 0, 12), ANY, LaneHead.NONE));
        assertThat(code(late)).contains(FindingCode.GAP);
        assertThat(late.finding().orElseThrow().what()).isEqualTo("message 12 of the lane came after message 13");
        assertThat(late.after().head()).isEqualTo(missing.head());
        assertRefused(late.after(), place(head(2, EPOCH, 0, 12), ANY, LaneHead.NONE), FindingCode.LANE_FORKED);
        assertThat(code(take(late.after(), place(head(2, EPOCH, 0, 11), ANY, LaneHead.NONE))))
                .contains(FindingCode.GAP);
    }

    @Test
    void aNumberThatIsNotAboveTheHeadsIsAFork() {
        assertRefused(track, place(head(2, EPOCH, 6, 10), head.hash(), head), FindingCode.LANE_FORKED);
        assertRefused(track, place(head(2, EPOCH, 6, 9), head.hash(), head), FindingCode.LANE_FORKED);
        assertRefused(track, place(head(3, OTHER, 0, 10), head.hash(), head), FindingCode.LANE_FORKED);
    }

    @Test
    void anotherHeaderOfTheSameOrdinalIsAFork() {
        assertRefused(track, place(head(2, OTHER, 6, 11), head.hash(), head), FindingCode.LANE_FORKED);
        assertRefused(track, place(head(2, OTHER, 6, 15), head.hash(), head), FindingCode.LANE_FORKED);
    }

    @Test
    void theNextNumberFollowsInTheEpochWithAHigherN() {
        LaneTrack.Step next = take(track, place(head(2, EPOCH, 6, 11), head.hash(), LaneHead.NONE));
        assertThat(next.finding()).isEmpty();
        assertThat(next.after().head().number()).isEqualTo(11);
        assertThat(take(track, place(head(2, EPOCH, 9, 11), head.hash(), LaneHead.NONE))
                        .finding())
                .isEmpty();
        assertRefused(track, place(head(2, EPOCH, 5, 11), head.hash(), LaneHead.NONE), FindingCode.LANE_FORKED);
        assertRefused(track, place(head(2, EPOCH, 4, 11), head.hash(), LaneHead.NONE), FindingCode.LANE_FORKED);
        assertRefused(track, place(head(2, EPOCH, 6, 11), ANY, LaneHead.NONE), FindingCode.LANE_FORKED);
    }

    @Test
    void aNewEpochFollowsTheHeadThatItsHeaderNames() {
        assertThat(take(track, place(head(3, OTHER, 0, 11), head.hash(), head)).finding())
                .isEmpty();
        assertRefused(track, place(head(3, OTHER, 0, 11), ANY, head), FindingCode.LANE_FORKED);
        LaneHead another = head(2, EPOCH, 4, 9);
        assertRefused(track, place(head(3, OTHER, 0, 11), head.hash(), another), FindingCode.LANE_FORKED);
    }

    @Test
    void aFirstMessageFollowsNothing() {
        LaneTrack empty = LaneTrack.empty(LANE);
        Bytes zero = Bytes.adopt(new byte[32]);
        assertThat(take(empty, place(head(1, EPOCH, 0, 1), zero, LaneHead.NONE)).finding())
                .isEmpty();
        assertRefused(empty, place(head(1, EPOCH, 0, 1), ANY, LaneHead.NONE), FindingCode.LANE_FORKED);
        assertRefused(empty, place(head(1, EPOCH, 0, 1), zero, head), FindingCode.LANE_FORKED);
        assertThat(code(take(empty, place(head(1, EPOCH, 1, 2), ANY, LaneHead.NONE))))
                .contains(FindingCode.GAP);
    }

    @Test
    void asManyNumbersAsMessagesWereNotShownMayBeSkipped() {
        LaneTrack two = track.unopenedOne().unopenedOne();
        LaneTrack.Step step = take(two, place(head(2, EPOCH, 8, 13), ANY, LaneHead.NONE));
        assertThat(step.finding()).isEmpty();
        assertThat(step.after().unopened()).isZero();
        assertThat(step.after().missing()).isEqualTo(Gaps.NONE);
        LaneTrack.Step more = take(two, place(head(2, EPOCH, 9, 14), ANY, LaneHead.NONE));
        assertThat(code(more)).contains(FindingCode.GAP);
        assertThat(more.finding().orElseThrow().what())
                .isEqualTo("messages 11 to 13 of the lane are missing before this one");
        assertThat(more.after().unopened()).isZero();
        for (int number = 10; number <= 14; number++) {
            assertThat(more.after().missing().contains(number))
                    .as("number %d", number)
                    .isEqualTo(number >= 11 && number <= 13);
        }
    }

    @Test
    void aMessageThatOpensLateIsNotJudgedWhereTheLaneHasGoneOn() {
        for (long number : new long[] {9, 10}) {
            LaneTrack.Step late = late(track.unopenedOne(), place(head(2, EPOCH, 6, number), ANY, LaneHead.NONE));
            assertThat(late.finding()).isEmpty();
            assertThat(late.after()).isEqualTo(track.unopenedOne());
        }
    }

    @Test
    void aMessageThatOpensLateLeavesTheCountOfThoseThatAreStillAhead() {
        LaneTrack four = track.unopenedOne().unopenedOne().unopenedOne().unopenedOne();
        LaneTrack.Step third = late(four, place(head(2, EPOCH, 8, 13), ANY, LaneHead.NONE));
        assertThat(third.finding()).isEmpty();
        assertThat(third.after().head().number()).isEqualTo(13);
        assertThat(third.after().unopened()).isEqualTo(1);
        LaneTrack.Step next = late(four, place(head(2, EPOCH, 6, 11), head.hash(), LaneHead.NONE));
        assertThat(next.after().unopened()).isEqualTo(3);
        LaneTrack.Step fifth = late(four, place(head(2, EPOCH, 9, 15), ANY, LaneHead.NONE));
        assertThat(code(fifth)).contains(FindingCode.GAP);
        assertThat(fifth.after().unopened()).isZero();
    }

    @Test
    void aMessageThatOpensLateAndForksChangesNothingButTheCount() {
        LaneTrack.Step forked = late(track.unopenedOne(), place(head(2, EPOCH, 6, 11), ANY, LaneHead.NONE));
        assertThat(code(forked)).contains(FindingCode.LANE_FORKED);
        assertThat(forked.after().head()).isEqualTo(head);
        assertThat(forked.after().unopened()).isZero();
    }

    private LaneTrack skip(long number) {
        LaneTrack.Step step = take(track, place(head(2, EPOCH, 8, number), ANY, LaneHead.NONE));
        assertThat(code(step)).contains(FindingCode.GAP);
        return step.after();
    }

    private static void assertRefused(LaneTrack track, LanePlace place, FindingCode expected) {
        LaneTrack.Step step = take(track, place);
        assertThat(code(step)).contains(expected);
        assertThat(step.after()).isEqualTo(track);
    }

    private static Optional<FindingCode> code(LaneTrack.Step step) {
        return step.finding().map(Finding::code);
    }

    private static LaneTrack.Step take(LaneTrack track, LanePlace place) {
        return track.take(stored(place.head()), place);
    }

    private static LaneTrack.Step late(LaneTrack track, LanePlace place) {
        return track.takeLate(stored(place.head()), place);
    }

    private static LanePlace place(LaneHead head, Bytes before, LaneHead previous) {
        return new LanePlace(head, before, previous);
    }

    private static LaneHead head(int ordinal, EpochName epoch, int n, long number) {
        MessageId id = MessageId.random(new SeededRandom(number));
        return new LaneHead(LANE, ordinal, epoch, n, number, id, Bytes.fromHex("bb".repeat(32)));
    }

    private static StoredMessage stored(LaneHead head) {
        return new StoredMessage(
                new ConversationId(ANY),
                Position.FIRST,
                new Username("alice"),
                head.id(),
                head.lane(),
                head.epoch(),
                1,
                false,
                Instant.EPOCH,
                new Envelope(ANY));
    }
}
