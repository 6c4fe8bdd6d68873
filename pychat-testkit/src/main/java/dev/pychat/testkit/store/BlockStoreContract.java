package dev.pychat.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.model.Username;
import dev.pychat.store.BlockStore;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Who does not want to hear from whom. */
public abstract class BlockStoreContract extends ServerStoresContract {

    private static final Username CAROL = new Username("carol");

    /** For subclasses. */
    protected BlockStoreContract() {}

    @Test
    void blockHoldsOneWayUntilItIsEnded() throws Exception {
        assertThat(blocks().isBlocked(ALICE, BOB)).isFalse();
        blocks().unblock(ALICE, BOB);
        blocks().block(ALICE, BOB);
        blocks().block(ALICE, BOB);
        blocks().block(ALICE, CAROL);
        assertThat(blocks().isBlocked(ALICE, BOB)).isTrue();
        assertThat(blocks().isBlocked(BOB, ALICE)).isFalse();
        assertThat(blocks().blocked(ALICE)).containsExactlyInAnyOrder(BOB, CAROL);
        assertThat(blocks().blocked(BOB)).isEmpty();
        blocks().unblock(ALICE, BOB);
        blocks().unblock(ALICE, BOB);
        assertThat(blocks().isBlocked(ALICE, BOB)).isFalse();
        assertThat(blocks().blocked(ALICE)).containsExactly(CAROL);
    }

    @Test
    void namesThatBeginAlikeAreApart() throws Exception {
        blocks().block(new Username("al"), BOB);
        assertThat(blocks().blocked(ALICE)).isEmpty();
        assertThat(blocks().blocked(new Username("al"))).containsExactly(BOB);
        assertThat(blocks().isBlocked(new Username("al"), new Username("bo"))).isFalse();
    }

    @Test
    void blocksMadeAtOnceAreAllKept() throws Exception {
        AtOnce.run(20, number -> {
            blocks().block(ALICE, new Username("peer" + number));
            return number;
        });
        assertThat(blocks().blocked(ALICE))
                .containsExactlyInAnyOrderElementsOf(IntStream.range(0, 20)
                        .mapToObj(number -> new Username("peer" + number))
                        .toList());
    }

    private BlockStore blocks() {
        return stores().blocks();
    }
}
