package dev.pychat.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pychat.store.PinStore;
import dev.pychat.store.StoreException;
import dev.pychat.store.StoreRefusedException;
import dev.pychat.store.VersionedBytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every {@link PinStore} keeps. */
public abstract class PinStoreContract extends ClientStoresContract {

    /**
     * Names what is tried.
     *
     * @param device how its stores are opened
     */
    protected PinStoreContract(ClientStoresUnderTest device) {
        super(device);
    }

    @Test
    final void nobodyIsKnownAtFirst() throws Exception {
        assertThat(pins().peers()).isEmpty();
        assertThat(pins().load(BOB)).isEmpty();
    }

    @Test
    final void pinsOfTwoAccountsAreApart() throws Exception {
        pins().save(BOB, 0, bytes(60, 1));
        assertThat(stores().pins(ALICE_ELSEWHERE).load(BOB)).isEmpty();
        stores().pins(ALICE_ELSEWHERE).save(BOB, 0, bytes(60, 2));
        assertThat(pins().load(BOB)).contains(new VersionedBytes(1, bytes(60, 1)));
    }

    @Test
    final void onlyWhoKnowsTheVersionReplaces() throws Exception {
        pins().save(BOB, 0, bytes(60, 1));
        assertThatThrownBy(() -> pins().save(BOB, 0, bytes(60, 2))).isInstanceOf(StoreRefusedException.class);
        assertThat(pins().load(BOB)).contains(new VersionedBytes(1, bytes(60, 1)));
        pins().save(BOB, 1, bytes(60, 3));
        assertThat(pins().load(BOB)).contains(new VersionedBytes(2, bytes(60, 3)));
    }

    @Test
    final void overlongPinIsRefused() {
        assertThatThrownBy(() -> pins().save(BOB, 0, bytes(PinStore.MAX_SIZE + 1, 1)))
                .isInstanceOf(StoreRefusedException.class);
    }

    @ParameterizedTest
    @EnumSource
    final void pinsAreThereWhenOpenedAgain(Again how) throws Exception {
        pins().save(BOB, 0, bytes(60, 1));
        pins().save(BOB, 1, bytes(61, 2));
        pins().save(CAROL, 0, bytes(62, 3));
        again(how);
        assertThat(pins().peers()).containsExactlyInAnyOrder(BOB, CAROL);
        assertThat(pins().load(BOB)).contains(new VersionedBytes(2, bytes(61, 2)));
        assertThat(pins().load(CAROL)).contains(new VersionedBytes(1, bytes(62, 3)));
    }

    private PinStore pins() throws StoreException {
        return stores().pins(ALICE);
    }
}
