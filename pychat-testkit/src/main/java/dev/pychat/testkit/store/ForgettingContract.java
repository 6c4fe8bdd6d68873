package dev.pychat.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pychat.model.Bytes;
import dev.pychat.model.EpochName;
import dev.pychat.model.MessageId;
import dev.pychat.model.Position;
import dev.pychat.model.Username;
import dev.pychat.store.OutboxEntry;
import dev.pychat.store.OutboxStep;
import dev.pychat.store.StoreException;
import dev.pychat.store.StoreRefusedException;
import dev.pychat.store.TranscriptEntry;
import dev.pychat.store.TranscriptEpoch;
import dev.pychat.store.TranscriptForgetting;
import dev.pychat.store.TranscriptSpan;
import dev.pychat.store.TranscriptStep;
import dev.pychat.store.TranscriptStore;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How the stores of a client forget: what is replaced, dropped or accepted leaves nothing behind, and all else stays. */
public abstract class ForgettingContract extends ClientStoresContract {

    private static final EpochName OLD = new EpochName(bytes(EpochName.SIZE, 5));
    private static final EpochName NEW = new EpochName(bytes(EpochName.SIZE, 6));
    private static final Bytes STATE = bytes(20, 3);
    private static final Position END = new Position(Long.MAX_VALUE);

    /**
     * Names what is tried.
     *
     * @param device how its stores are opened
     */
    protected ForgettingContract(ClientStoresUnderTest device) {
        super(device);
    }

    @ParameterizedTest
    @EnumSource
    final void forgottenEntryKeepsItsPlaceAndNothingOfWhatItSaid(Again how) throws Exception {
        appendTen();
        forget(BOB, 11, 13, List.of(OLD));
        assertForgotten();
        again(how);
        assertForgotten();
        append(21, 21);
        assertThat(transcripts().page(BOB, END, 1)).containsExactly(entry(21));
    }

    private void assertForgotten() throws Exception {
        assertThat(transcripts().page(BOB, END, 20)).containsExactlyElementsOf(mixed(11, 13, 20));
        assertThat(transcripts().find(BOB, id(12))).contains(forgotten(12));
        assertThat(transcripts().find(BOB, OLD, 12)).contains(forgotten(12));
        assertThat(transcripts().find(BOB, OLD, 14)).contains(entry(14));
        assertThat(transcripts().span(BOB)).isEqualTo(new TranscriptSpan(new Position(11), new Position(20), STATE));
        assertThat(transcripts().epochs(BOB)).containsExactly(NEW);
        assertThat(transcripts().epoch(BOB, OLD)).isEmpty();
        assertThat(transcripts().epoch(BOB, NEW)).contains(bytes(200, 8));
        for (long position = 11; position <= 13; position++) {
            assertThat(holds(entry(position).sealed())).isFalse();
        }
        assertThat(holds(bytes(200, 7))).isFalse();
    }

    @Test
    final void epochsAreListedUntilTheyAreForgotten() throws Exception {
        assertThat(transcripts().epochs(BOB)).isEmpty();
        appendTen();
        assertThat(transcripts().epochs(BOB)).containsExactlyInAnyOrder(OLD, NEW);
        forget(BOB, 11, 10, List.of(OLD, new EpochName(bytes(EpochName.SIZE, 77))));
        assertThat(transcripts().epochs(BOB)).containsExactly(NEW);
        assertThat(transcripts().page(BOB, END, 20)).isEqualTo(mixed(11, 10, 20));
    }

    @ParameterizedTest
    @EnumSource
    final void whatIsNotHeldIsNotForgottenAndThenNothingIs(Again how) throws Exception {
        appendTen();
        assertThatThrownBy(() -> forget(BOB, 20, 21, List.of(OLD))).isInstanceOf(StoreRefusedException.class);
        assertThatThrownBy(() -> forget(BOB, 10, 11, List.of(OLD))).isInstanceOf(StoreRefusedException.class);
        assertThatThrownBy(() -> forget(CAROL, 1, 1, List.of())).isInstanceOf(StoreRefusedException.class);
        forget(CAROL, 1, 0, List.of(OLD));
        again(how);
        assertThat(transcripts().page(BOB, END, 20)).isEqualTo(mixed(11, 10, 20));
        assertThat(transcripts().epochs(BOB)).containsExactlyInAnyOrder(OLD, NEW);
        assertThat(transcripts().peers()).containsExactly(BOB);
    }

    @Test
    final void forgettingOnceMoreChangesNothing() throws Exception {
        appendTen();
        forget(BOB, 11, 13, List.of(OLD));
        forget(BOB, 11, 13, List.of(OLD));
        assertForgotten();
    }

    @ParameterizedTest
    @EnumSource
    final void messageThatDidNotOpenIsForgottenAsWellAndStillNotFound(Again how) throws Exception {
        TranscriptEntry closed = new TranscriptEntry(
                new Position(1), id(1), EpochName.NONE, -1, bytes(32, 1), Bytes.EMPTY, bytes(60, 1));
        transcripts().append(new TranscriptStep(BOB, List.of(closed), List.of(), Bytes.EMPTY));
        forget(BOB, 1, 1, List.of());
        again(how);
        assertThat(transcripts().page(BOB, END, 1)).containsExactly(closed.withSealed(other(1)));
        assertThat(transcripts().find(BOB, id(1))).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    final void replacedEntryAndThoseOfManyStepsAreForgotten(Again how) throws Exception {
        TranscriptEntry closed = new TranscriptEntry(
                new Position(1), id(1), EpochName.NONE, -1, entry(1).envelopeHash(), Bytes.EMPTY, bytes(60, 1));
        transcripts().append(new TranscriptStep(BOB, List.of(closed), List.of(), Bytes.EMPTY));
        transcripts().replace(new TranscriptStep(BOB, List.of(entry(1)), List.of(), Bytes.EMPTY));
        for (long position = 2; position <= 300; position++) {
            append(position, position);
        }
        forget(BOB, 1, 100, List.of());
        forget(BOB, 101, 299, List.of());
        again(how);
        assertThat(transcripts().page(BOB, new Position(200), 199)).isEqualTo(mixed(1, 299, 199));
        assertThat(transcripts().page(BOB, END, 2)).containsExactly(forgotten(299), entry(300));
        for (long position = 1; position <= 299; position++) {
            assertThat(holds(entry(position).sealed())).isFalse();
        }
        assertThat(holds(closed.sealed())).isFalse();
    }

    @Test
    final void stepHasABound() {
        assertThatThrownBy(() -> forget(BOB, 1, TranscriptForgetting.MOST + 1L, List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("4097")
                .hasMessageContaining("4096");
    }

    @ParameterizedTest
    @EnumSource
    final void nothingOfAnAcceptedMessageIsLeftInTheOutbox(Again how) throws Exception {
        OutboxEntry first = new OutboxEntry.Draft(1, id(1), bytes(90, 1));
        OutboxEntry second = new OutboxEntry.Draft(2, id(2), bytes(90, 2));
        stores().outbox(ALICE)
                .keep(new OutboxStep(BOB, Bytes.EMPTY, Bytes.EMPTY, List.of(), List.of(first, second), List.of()));
        stores().outbox(ALICE).keep(OutboxStep.dropping(BOB, Bytes.EMPTY, List.of(1L)));
        stores().outbox(ALICE).eraseDropped();
        again(how);
        assertThat(holds(bytes(90, 1))).isFalse();
        assertThat(stores().outbox(ALICE).load().get(0).entries()).containsExactly(second);
        stores().outbox(ALICE).keep(OutboxStep.dropping(BOB, Bytes.EMPTY, List.of(2L)));
        again(how);
        stores().outbox(ALICE).eraseDropped();
        stores().outbox(ALICE).eraseDropped();
        assertThat(holds(bytes(90, 2))).isFalse();
        assertThat(stores().outbox(ALICE).load().get(0).entries()).isEmpty();
    }

    private TranscriptStore transcripts() throws StoreException {
        return stores().transcripts(ALICE);
    }

    private void appendTen() throws StoreException {
        transcripts()
                .append(new TranscriptStep(
                        BOB,
                        entries(11, 20),
                        List.of(new TranscriptEpoch(OLD, bytes(200, 7)), new TranscriptEpoch(NEW, bytes(200, 8))),
                        STATE));
    }

    private void append(long from, long to) throws StoreException {
        transcripts().append(new TranscriptStep(BOB, entries(from, to), List.of(), STATE));
    }

    private void forget(Username peer, long from, long to, List<EpochName> epochs) throws StoreException {
        Map<Position, Bytes> entries = new HashMap<>();
        for (long position = from; position <= to; position++) {
            entries.put(new Position(position), other(position));
        }
        transcripts().forget(new TranscriptForgetting(peer, entries, epochs));
    }

    /** From a position on, those up to another forgotten and those behind it not. */
    private static List<TranscriptEntry> mixed(long from, long forgotten, long to) {
        return LongStream.rangeClosed(from, to)
                .mapToObj(position -> position <= forgotten ? forgotten(position) : entry(position))
                .toList();
    }

    private static List<TranscriptEntry> entries(long from, long to) {
        return mixed(from, 0, to);
    }

    private static TranscriptEntry forgotten(long position) {
        return entry(position).withSealed(other(position));
    }

    private static Bytes other(long position) {
        return bytes(40, (int) position + 100);
    }

    private static TranscriptEntry entry(long position) {
        int seed = (int) position;
        return new TranscriptEntry(
                new Position(position), id(seed), OLD, seed % 256, bytes(32, seed), bytes(32, -seed), sealed(seed));
    }

    private static Bytes sealed(int seed) {
        return Bytes.concat(bytes(70, seed), Bytes.adopt(new byte[] {(byte) (seed >> 8), (byte) seed}));
    }

    private static MessageId id(int seed) {
        return new MessageId(Bytes.concat(bytes(14, 1), Bytes.adopt(new byte[] {(byte) (seed >> 8), (byte) seed})));
    }
}
