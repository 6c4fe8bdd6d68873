package dev.pychat.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pychat.model.Bytes;
import dev.pychat.model.EpochName;
import dev.pychat.model.MessageId;
import dev.pychat.model.Position;
import dev.pychat.store.StoreException;
import dev.pychat.store.StoreRefusedException;
import dev.pychat.store.TranscriptEntry;
import dev.pychat.store.TranscriptEpoch;
import dev.pychat.store.TranscriptSpan;
import dev.pychat.store.TranscriptStep;
import dev.pychat.store.TranscriptStore;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every {@link TranscriptStore} keeps. */
public abstract class TranscriptStoreContract extends ClientStoresContract {

    private static final EpochName EPOCH = new EpochName(bytes(EpochName.SIZE, 5));
    private static final Position END = new Position(Long.MAX_VALUE);

    /**
     * Names what is tried.
     *
     * @param device how its stores are opened
     */
    protected TranscriptStoreContract(ClientStoresUnderTest device) {
        super(device);
    }

    @Test
    final void nothingIsHeldAtFirst() throws Exception {
        assertThat(transcripts().peers()).isEmpty();
        assertThat(transcripts().span(BOB)).isEqualTo(TranscriptSpan.NOTHING);
        assertThat(transcripts().page(BOB, END, 10)).isEmpty();
        assertThat(transcripts().find(BOB, id(1))).isEmpty();
        assertThat(transcripts().find(BOB, EPOCH, 1)).isEmpty();
        assertThat(transcripts().epoch(BOB, EPOCH)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    final void wholeStepIsThereWhenOpenedAgain(Again how) throws Exception {
        transcripts()
                .append(new TranscriptStep(
                        BOB, entries(1, 3), List.of(new TranscriptEpoch(EPOCH, bytes(200, 2))), bytes(20, 3)));
        again(how);
        assertThat(transcripts().peers()).containsExactly(BOB);
        assertThat(transcripts().span(BOB))
                .isEqualTo(new TranscriptSpan(new Position(1), new Position(3), bytes(20, 3)));
        assertThat(transcripts().page(BOB, END, 10)).isEqualTo(entries(1, 3));
        assertThat(transcripts().epoch(BOB, EPOCH)).contains(bytes(200, 2));
    }

    @ParameterizedTest
    @EnumSource
    final void laterStepReplacesTheStateAndKeepsTheRest(Again how) throws Exception {
        transcripts().append(new TranscriptStep(BOB, entries(1, 1), List.of(), bytes(20, 1)));
        transcripts().append(new TranscriptStep(BOB, List.of(), List.of(), bytes(20, 2)));
        again(how);
        assertThat(transcripts().span(BOB))
                .isEqualTo(new TranscriptSpan(new Position(1), new Position(1), bytes(20, 2)));
        assertThat(transcripts().page(BOB, END, 10)).isEqualTo(entries(1, 1));
    }

    @Test
    final void spanMayBeginAnywhereAndThenHasNoGap() throws Exception {
        append(41, 42);
        append(43, 45);
        assertThat(transcripts().span(BOB).from()).isEqualTo(new Position(41));
        assertThat(transcripts().span(BOB).to()).isEqualTo(new Position(45));
        assertThatThrownBy(() -> append(47, 48)).isInstanceOf(StoreRefusedException.class);
        assertThatThrownBy(() -> append(45, 46)).isInstanceOf(StoreRefusedException.class);
        assertThatThrownBy(() -> append(40, 40)).isInstanceOf(StoreRefusedException.class);
        assertThat(transcripts().page(BOB, END, 10)).isEqualTo(entries(41, 45));
    }

    @Test
    final void refusedStepLeavesNothingBehind() throws Exception {
        append(1, 2);
        TranscriptStep holed = new TranscriptStep(
                BOB, List.of(entry(3), entry(5)), List.of(new TranscriptEpoch(EPOCH, bytes(200, 2))), bytes(9, 9));
        assertThatThrownBy(() -> transcripts().append(holed)).isInstanceOf(StoreRefusedException.class);
        assertThat(transcripts().page(BOB, END, 10)).isEqualTo(entries(1, 2));
        assertThat(transcripts().find(BOB, id(3))).isEmpty();
        assertThat(transcripts().epoch(BOB, EPOCH)).isEmpty();
        assertThat(transcripts().span(BOB).state()).isEqualTo(Bytes.EMPTY);
    }

    @Test
    final void pagesEndInFrontOfThePositionAskedFor() throws Exception {
        append(11, 30);
        assertThat(transcripts().page(BOB, END, 5)).isEqualTo(entries(26, 30));
        assertThat(transcripts().page(BOB, new Position(26), 5)).isEqualTo(entries(21, 25));
        assertThat(transcripts().page(BOB, new Position(13), 5)).isEqualTo(entries(11, 12));
        assertThat(transcripts().page(BOB, new Position(11), 5)).isEmpty();
        assertThat(transcripts().page(BOB, Position.NONE, 5)).isEmpty();
        assertThat(transcripts().page(BOB, END, TranscriptStore.MAX_PAGE)).isEqualTo(entries(11, 30));
    }

    @ParameterizedTest
    @EnumSource
    final void messageIsFoundAtItsLowestPosition(Again how) throws Exception {
        append(1, 3);
        TranscriptEntry twin =
                new TranscriptEntry(new Position(4), id(2), EPOCH, 2, bytes(32, 2), bytes(32, 4), bytes(70, 4));
        transcripts().append(new TranscriptStep(BOB, List.of(twin), List.of(), Bytes.EMPTY));
        again(how);
        assertThat(transcripts().find(BOB, id(2))).contains(entry(2));
        assertThat(transcripts().find(BOB, EPOCH, 2)).contains(entry(2));
        assertThat(transcripts().find(BOB, id(9))).isEmpty();
        assertThat(transcripts().find(BOB, EPOCH, 9)).isEmpty();
        assertThat(transcripts().find(CAROL, id(2))).isEmpty();
    }

    @Test
    final void messageThatDidNotOpenIsNotFound() throws Exception {
        TranscriptEntry garbage = new TranscriptEntry(
                new Position(1), id(1), EpochName.NONE, -1, bytes(32, 1), bytes(32, 1), bytes(70, 1));
        transcripts().append(new TranscriptStep(BOB, List.of(garbage), List.of(), Bytes.EMPTY));
        assertThat(transcripts().page(BOB, END, 1)).containsExactly(garbage);
        assertThat(transcripts().find(BOB, EpochName.NONE, 0)).isEmpty();
        assertThat(transcripts().find(BOB, id(1))).isEmpty();
        TranscriptEntry real =
                new TranscriptEntry(new Position(2), id(1), EPOCH, 1, bytes(32, 2), bytes(32, 2), bytes(70, 2));
        transcripts().append(new TranscriptStep(BOB, List.of(real), List.of(), Bytes.EMPTY));
        assertThat(transcripts().find(BOB, id(1))).contains(real);
    }

    @ParameterizedTest
    @EnumSource
    final void manySmallStepsOfTwoConversationsStayApart(Again how) throws Exception {
        for (int position = 1; position <= 300; position++) {
            append(position, position);
            if (position % 2 == 0) {
                transcripts()
                        .append(new TranscriptStep(
                                CAROL, entries(position / 2, position / 2), List.of(), bytes(4, position)));
            }
        }
        again(how);
        assertThat(transcripts().page(BOB, END, 256)).isEqualTo(entries(45, 300));
        assertThat(transcripts().page(CAROL, END, 256)).isEqualTo(entries(1, 150));
        assertThat(transcripts().span(CAROL).state()).isEqualTo(bytes(4, 300));
        assertThat(stores().transcripts(ALICE_ELSEWHERE).peers()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    final void entriesThatDidNotOpenAreReplacedInTheirPlaces(Again how) throws Exception {
        List<TranscriptEntry> held = List.of(entry(11), unopened(12), unopened(13), entry(14), unopened(15));
        transcripts().append(new TranscriptStep(BOB, held, List.of(), bytes(20, 1)));
        append(16, 16);
        transcripts()
                .replace(new TranscriptStep(
                        BOB,
                        List.of(entry(12), entry(15)),
                        List.of(new TranscriptEpoch(EPOCH, bytes(200, 2))),
                        bytes(20, 3)));
        append(17, 18);
        again(how);
        assertThat(transcripts().page(BOB, END, 10))
                .containsExactly(
                        entry(11), entry(12), unopened(13), entry(14), entry(15), entry(16), entry(17), entry(18));
        assertThat(transcripts().page(BOB, new Position(13), 1)).containsExactly(entry(12));
        assertThat(transcripts().find(BOB, id(15))).contains(entry(15));
        assertThat(transcripts().find(BOB, EPOCH, 12)).contains(entry(12));
        assertThat(transcripts().find(BOB, id(13))).isEmpty();
        assertThat(transcripts().epoch(BOB, EPOCH)).contains(bytes(200, 2));
        assertThat(transcripts().span(BOB))
                .isEqualTo(new TranscriptSpan(new Position(11), new Position(18), Bytes.EMPTY));
    }

    @Test
    final void stateIsThatOfTheReplacement() throws Exception {
        transcripts().append(new TranscriptStep(BOB, List.of(unopened(1)), List.of(), bytes(20, 1)));
        transcripts().replace(new TranscriptStep(BOB, List.of(entry(1)), List.of(), bytes(20, 2)));
        assertThat(transcripts().span(BOB).state()).isEqualTo(bytes(20, 2));
    }

    @Test
    final void entryMayBeReplacedByAnotherThatDidNotOpenEither() throws Exception {
        transcripts().append(new TranscriptStep(BOB, List.of(unopened(1)), List.of(), bytes(20, 1)));
        TranscriptEntry other = new TranscriptEntry(
                new Position(1), id(1), EpochName.NONE, -1, bytes(32, 1), bytes(32, -1), bytes(99, 9));
        transcripts().replace(new TranscriptStep(BOB, List.of(other), List.of(), bytes(20, 2)));
        assertThat(transcripts().page(BOB, END, 10)).containsExactly(other);
        assertThat(transcripts().find(BOB, id(1))).isEmpty();
        transcripts().replace(new TranscriptStep(BOB, List.of(entry(1)), List.of(), bytes(20, 3)));
        assertThat(transcripts().page(BOB, END, 10)).containsExactly(entry(1));
    }

    @Test
    final void replacedMessageIsFoundBeforeALaterOneOfTheSameId() throws Exception {
        TranscriptEntry twin =
                new TranscriptEntry(new Position(2), id(1), EPOCH, 1, bytes(32, 2), bytes(32, 4), bytes(70, 4));
        transcripts().append(new TranscriptStep(BOB, List.of(unopened(1), twin), List.of(), Bytes.EMPTY));
        assertThat(transcripts().find(BOB, id(1))).contains(twin);
        transcripts().replace(new TranscriptStep(BOB, List.of(entry(1)), List.of(), Bytes.EMPTY));
        assertThat(transcripts().find(BOB, id(1))).contains(entry(1));
        assertThat(transcripts().find(BOB, EPOCH, 1)).contains(entry(1));
    }

    @Test
    final void whatIsNoUnopenedEntryOfTheSameMessageIsNotReplaced() throws Exception {
        transcripts()
                .append(new TranscriptStep(BOB, List.of(unopened(1), entry(2), unopened(3)), List.of(), bytes(20, 1)));
        TranscriptEntry otherBytes =
                new TranscriptEntry(new Position(3), id(3), EPOCH, 3, bytes(32, 9), bytes(32, -3), bytes(70, 3));
        TranscriptEntry otherId =
                new TranscriptEntry(new Position(3), id(9), EPOCH, 3, bytes(32, 3), bytes(32, -3), bytes(70, 3));
        for (TranscriptEntry wrong : List.of(entry(2), otherBytes, otherId, entry(4), entry(900))) {
            TranscriptStep step = new TranscriptStep(
                    BOB, List.of(entry(1), wrong), List.of(new TranscriptEpoch(EPOCH, bytes(9, 2))), bytes(20, 2));
            assertThatThrownBy(() -> transcripts().replace(step)).isInstanceOf(StoreRefusedException.class);
        }
        assertThatThrownBy(() ->
                        transcripts().replace(new TranscriptStep(CAROL, List.of(entry(1)), List.of(), Bytes.EMPTY)))
                .isInstanceOf(StoreRefusedException.class);
        assertThat(transcripts().page(BOB, END, 10)).containsExactly(unopened(1), entry(2), unopened(3));
        assertThat(transcripts().span(BOB).state()).isEqualTo(bytes(20, 1));
        assertThat(transcripts().find(BOB, id(1))).isEmpty();
        assertThat(transcripts().epoch(BOB, EPOCH)).isEmpty();
    }

    private static TranscriptEntry unopened(long position) {
        TranscriptEntry opened = entry(position);
        return new TranscriptEntry(
                opened.position(),
                opened.id(),
                EpochName.NONE,
                -1,
                opened.envelopeHash(),
                opened.viewHash(),
                bytes(60, (int) position));
    }

    private TranscriptStore transcripts() throws StoreException {
        return stores().transcripts(ALICE);
    }

    private void append(int from, int to) throws StoreException {
        transcripts().append(new TranscriptStep(BOB, entries(from, to), List.of(), Bytes.EMPTY));
    }

    private static List<TranscriptEntry> entries(int from, int to) {
        return LongStream.rangeClosed(from, to)
                .mapToObj(TranscriptStoreContract::entry)
                .toList();
    }

    private static TranscriptEntry entry(long position) {
        int seed = (int) position;
        return new TranscriptEntry(
                new Position(position),
                id(seed),
                EPOCH,
                seed % 256,
                bytes(32, seed),
                bytes(32, -seed),
                bytes(70 + seed % 5, seed));
    }

    private static MessageId id(int seed) {
        return new MessageId(Bytes.concat(
                bytes(12, seed),
                Bytes.adopt(new byte[] {(byte) (seed >> 24), (byte) (seed >> 16), (byte) (seed >> 8), (byte) seed})));
    }
}
