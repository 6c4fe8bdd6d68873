package dev.pychat.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pychat.model.Bytes;
import dev.pychat.model.Envelope;
import dev.pychat.model.EpochName;
import dev.pychat.model.LaneId;
import dev.pychat.model.MessageId;
import dev.pychat.model.Position;
import dev.pychat.model.Username;
import dev.pychat.store.OutboxEntry;
import dev.pychat.store.OutboxEpoch;
import dev.pychat.store.OutboxLane;
import dev.pychat.store.OutboxStep;
import dev.pychat.store.OutboxStore;
import dev.pychat.store.StoreException;
import dev.pychat.store.StoreRefusedException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every {@link OutboxStore} keeps. */
public abstract class OutboxStoreContract extends ClientStoresContract {

    private static final Bytes HEAD_1 = bytes(110, 1);
    private static final Bytes HEAD_2 = bytes(110, 2);

    /**
     * Names what is tried.
     *
     * @param device how its stores are opened
     */
    protected OutboxStoreContract(ClientStoresUnderTest device) {
        super(device);
    }

    @Test
    final void outboxIsEmptyAtFirst() throws Exception {
        assertThat(outbox().load()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    final void sealedEntryItsHeaderAndTheHeadAreOneStep(Again how) throws Exception {
        OutboxStep step = step(Bytes.EMPTY, HEAD_1, List.of(epoch(1)), List.of(sealed(1, 1), sealed(2, 1)), List.of());
        outbox().keep(step);
        again(how);
        assertThat(outbox().load()).containsExactly(new OutboxLane(BOB, HEAD_1, step.epochs(), step.entries()));
    }

    @ParameterizedTest
    @EnumSource
    final void draftBecomesSealedInItsPlace(Again how) throws Exception {
        outbox().keep(step(Bytes.EMPTY, Bytes.EMPTY, List.of(), List.of(draft(1), draft(2)), List.of()));
        assertThat(lane(BOB)).isEqualTo(new OutboxLane(BOB, Bytes.EMPTY, List.of(), List.of(draft(1), draft(2))));
        outbox().keep(step(Bytes.EMPTY, HEAD_1, List.of(epoch(1)), List.of(sealed(1, 1)), List.of()));
        again(how);
        assertThat(lane(BOB))
                .isEqualTo(new OutboxLane(BOB, HEAD_1, List.of(epoch(1)), List.of(sealed(1, 1), draft(2))));
    }

    @ParameterizedTest
    @EnumSource
    final void headStaysWhenTheLastEntryGoes(Again how) throws Exception {
        outbox().keep(step(Bytes.EMPTY, HEAD_1, List.of(epoch(1)), List.of(sealed(1, 1)), List.of()));
        outbox().keep(OutboxStep.dropping(BOB, HEAD_1, List.of(1L)));
        again(how);
        assertThat(lane(BOB)).isEqualTo(new OutboxLane(BOB, HEAD_1, List.of(), List.of()));
    }

    @Test
    final void headerStaysAsLongAsAnEntryNamesIt() throws Exception {
        outbox().keep(step(
                Bytes.EMPTY,
                HEAD_1,
                List.of(epoch(1), epoch(2)),
                List.of(sealed(1, 1), sealed(2, 1), sealed(3, 2)),
                List.of()));
        outbox().keep(OutboxStep.dropping(BOB, HEAD_1, List.of(1L)));
        assertThat(lane(BOB).epochs()).containsExactlyInAnyOrder(epoch(1), epoch(2));
        outbox().keep(OutboxStep.dropping(BOB, HEAD_1, List.of(2L)));
        assertThat(lane(BOB).epochs()).containsExactly(epoch(2));
    }

    @Test
    final void entriesAreSealedAnewAndOneDroppedInOneStep() throws Exception {
        outbox().keep(step(
                Bytes.EMPTY, HEAD_1, List.of(epoch(1)), List.of(sealed(1, 1), sealed(2, 1), sealed(3, 1)), List.of()));
        outbox().keep(step(HEAD_1, HEAD_2, List.of(epoch(2)), List.of(sealed(2, 2), sealed(3, 2)), List.of(1L)));
        assertThat(lane(BOB))
                .isEqualTo(new OutboxLane(BOB, HEAD_2, List.of(epoch(2)), List.of(sealed(2, 2), sealed(3, 2))));
    }

    @Test
    final void stepOfWhoDoesNotKnowTheHeadIsRefused() throws Exception {
        outbox().keep(step(Bytes.EMPTY, HEAD_1, List.of(epoch(1)), List.of(sealed(1, 1)), List.of()));
        OutboxStep late = step(Bytes.EMPTY, HEAD_2, List.of(epoch(2)), List.of(sealed(1, 2)), List.of());
        assertThatThrownBy(() -> outbox().keep(late)).isInstanceOf(StoreRefusedException.class);
        assertThat(lane(BOB)).isEqualTo(new OutboxLane(BOB, HEAD_1, List.of(epoch(1)), List.of(sealed(1, 1))));
    }

    @Test
    final void sameStepOnceMoreChangesNothing() throws Exception {
        OutboxStep step = step(Bytes.EMPTY, HEAD_1, List.of(epoch(1)), List.of(sealed(1, 1)), List.of());
        outbox().keep(step);
        outbox().keep(step);
        assertThat(lane(BOB)).isEqualTo(new OutboxLane(BOB, HEAD_1, List.of(epoch(1)), List.of(sealed(1, 1))));
    }

    @Test
    final void numberThatIsNotThereIsDroppedWithoutHarm() throws Exception {
        outbox().keep(step(Bytes.EMPTY, HEAD_1, List.of(epoch(1)), List.of(sealed(1, 1)), List.of()));
        outbox().keep(OutboxStep.dropping(BOB, HEAD_1, List.of(7L, 1L, 1L)));
        assertThat(lane(BOB).entries()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    final void peersAndAccountsAreApart(Again how) throws Exception {
        outbox().keep(step(Bytes.EMPTY, HEAD_1, List.of(epoch(1)), List.of(sealed(1, 1)), List.of()));
        outbox().keep(new OutboxStep(CAROL, Bytes.EMPTY, Bytes.EMPTY, List.of(), List.of(draft(1)), List.of()));
        again(how);
        assertThat(outbox().load()).extracting(OutboxLane::peer).containsExactlyInAnyOrder(BOB, CAROL);
        assertThat(lane(CAROL).entries()).containsExactly(draft(1));
        assertThat(stores().outbox(ALICE_ELSEWHERE).load()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    final void entriesComeInTheOrderOfTheirNumbers(Again how) throws Exception {
        for (int number = 1; number <= 300; number++) {
            outbox().keep(step(Bytes.EMPTY, Bytes.EMPTY, List.of(), List.of(draft(number)), List.of()));
            if (number % 3 == 0) {
                outbox().keep(OutboxStep.dropping(BOB, Bytes.EMPTY, List.of((long) number)));
            }
        }
        again(how);
        assertThat(lane(BOB).entries())
                .extracting(OutboxEntry::number)
                .hasSize(200)
                .isSorted()
                .startsWith(1L, 2L, 4L);
    }

    private OutboxStore outbox() throws StoreException {
        return stores().outbox(ALICE);
    }

    private OutboxLane lane(Username peer) throws StoreException {
        return outbox().load().stream()
                .filter(lane -> lane.peer().equals(peer))
                .findFirst()
                .orElseThrow();
    }

    private static OutboxStep step(
            Bytes before, Bytes head, List<OutboxEpoch> epochs, List<OutboxEntry> entries, List<Long> dropped) {
        return new OutboxStep(BOB, before, head, epochs, entries, dropped);
    }

    private static OutboxEpoch epoch(int seed) {
        return new OutboxEpoch(new EpochName(bytes(EpochName.SIZE, seed)), bytes(900, seed));
    }

    private static OutboxEntry draft(long number) {
        return new OutboxEntry.Draft(
                number, new MessageId(bytes(MessageId.SIZE, (int) number)), bytes(80, (int) number));
    }

    private static OutboxEntry sealed(long number, int epoch) {
        int seed = (int) number * 100 + epoch;
        return new OutboxEntry.Sealed(
                number,
                new MessageId(bytes(MessageId.SIZE, seed)),
                bytes(80, seed),
                bytes(32, seed),
                epoch(epoch).name(),
                new LaneId(bytes(LaneId.SIZE, 9)),
                new MessageId(bytes(MessageId.SIZE, seed + 1)),
                number == 1 ? Bytes.EMPTY : bytes(110, seed),
                new Position(number),
                number % 2 == 0,
                new Envelope(bytes(444 + (int) number, seed)));
    }
}
