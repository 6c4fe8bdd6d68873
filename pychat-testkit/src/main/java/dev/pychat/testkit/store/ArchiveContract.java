package dev.pychat.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pychat.model.Bytes;
import dev.pychat.model.EpochName;
import dev.pychat.model.MessageId;
import dev.pychat.model.Position;
import dev.pychat.model.Username;
import dev.pychat.store.LocalAccount;
import dev.pychat.store.StoreRefusedException;
import dev.pychat.store.TranscriptEntry;
import dev.pychat.store.TranscriptSpan;
import dev.pychat.store.TranscriptStep;
import dev.pychat.store.TranscriptStore;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every {@link dev.pychat.store.ClientStores} keeps of histories that came out of backups. */
public abstract class ArchiveContract extends ClientStoresContract {

    private static final EpochName EPOCH = new EpochName(bytes(EpochName.SIZE, 5));
    private static final Position END = new Position(Long.MAX_VALUE);

    /**
     * Names what is tried.
     *
     * @param device how its stores are opened
     */
    protected ArchiveContract(ClientStoresUnderTest device) {
        super(device);
    }

    @Test
    final void nothingIsHeldAtFirstAndAskingLeavesNoTrace() throws Exception {
        assertThat(stores().archive(ALICE, ALICE).peers()).isEmpty();
        assertThat(stores().archive(ALICE, ALICE_ELSEWHERE).span(BOB)).isEqualTo(TranscriptSpan.NOTHING);
        assertThat(stores().archived(ALICE)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    final void eachArchiveIsThereWhenOpenedAgainApartFromTheOthersAndFromTranscripts(Again how) throws Exception {
        append(stores().transcripts(ALICE), BOB, 1, 1);
        append(stores().archive(ALICE, ALICE), BOB, 1, 2);
        append(stores().archive(ALICE, ALICE_ELSEWHERE), BOB, 1, 3);
        append(stores().archive(ALICE, ALICE_ELSEWHERE), CAROL, 7, 9);
        append(stores().archive(ALICE_ELSEWHERE, ALICE_ELSEWHERE), BOB, 1, 4);
        again(how);
        assertThat(stores().archived(ALICE)).containsExactlyInAnyOrder(ALICE, ALICE_ELSEWHERE);
        assertThat(stores().archived(ALICE_ELSEWHERE)).containsExactly(ALICE_ELSEWHERE);
        assertHolds(stores().transcripts(ALICE), BOB, 1, 1);
        assertHolds(stores().archive(ALICE, ALICE), BOB, 1, 2);
        assertHolds(stores().archive(ALICE, ALICE_ELSEWHERE), BOB, 1, 3);
        assertHolds(stores().archive(ALICE, ALICE_ELSEWHERE), CAROL, 7, 9);
        assertHolds(stores().archive(ALICE_ELSEWHERE, ALICE_ELSEWHERE), BOB, 1, 4);
        LocalAccount third = new LocalAccount(ALICE.realm(), CAROL);
        assertThat(stores().archive(ALICE, third).peers()).isEmpty();
    }

    @Test
    final void archiveHasNoGapAndReplacesOnlyWhatDidNotOpen() throws Exception {
        TranscriptStore archive = stores().archive(ALICE, ALICE_ELSEWHERE);
        append(archive, BOB, 1, 2);
        assertThatThrownBy(() -> append(archive, BOB, 4, 5)).isInstanceOf(StoreRefusedException.class);
        TranscriptEntry closed = new TranscriptEntry(
                new Position(3), entry(3).id(), EpochName.NONE, -1, bytes(32, 3), Bytes.EMPTY, bytes(80, 1));
        archive.append(new TranscriptStep(BOB, List.of(closed), List.of(), Bytes.EMPTY));
        archive.replace(new TranscriptStep(BOB, List.of(entry(3)), List.of(), Bytes.EMPTY));
        assertHolds(archive, BOB, 1, 3);
        assertThatThrownBy(() -> archive.replace(new TranscriptStep(BOB, List.of(entry(3)), List.of(), Bytes.EMPTY)))
                .isInstanceOf(StoreRefusedException.class);
    }

    private static void append(TranscriptStore store, Username peer, long from, long to) throws Exception {
        store.append(new TranscriptStep(peer, entries(from, to), List.of(), Bytes.EMPTY));
    }

    private static void assertHolds(TranscriptStore store, Username peer, long from, long to) throws Exception {
        assertThat(store.page(peer, END, TranscriptStore.MAX_PAGE)).isEqualTo(entries(from, to));
    }

    private static List<TranscriptEntry> entries(long from, long to) {
        return LongStream.rangeClosed(from, to).mapToObj(ArchiveContract::entry).toList();
    }

    private static TranscriptEntry entry(long position) {
        int seed = (int) position;
        return new TranscriptEntry(
                new Position(position),
                new MessageId(bytes(MessageId.SIZE, seed)),
                EPOCH,
                seed,
                bytes(32, seed),
                bytes(32, seed + 1),
                bytes(90, seed));
    }
}
