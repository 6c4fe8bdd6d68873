package dev.pychat.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pychat.model.Bytes;
import dev.pychat.store.KeyringStore;
import dev.pychat.store.StoreRefusedException;
import dev.pychat.store.VersionedBytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every {@link KeyringStore} keeps. */
public abstract class KeyringStoreContract extends ClientStoresContract {

    /**
     * Names what is tried.
     *
     * @param device how its stores are opened
     */
    protected KeyringStoreContract(ClientStoresUnderTest device) {
        super(device);
    }

    @Test
    final void thereIsNoKeyringAtFirst() throws Exception {
        assertThat(keyrings().accounts()).isEmpty();
        assertThat(keyrings().load(ALICE)).isEmpty();
    }

    @Test
    final void keyringOfOneRealmIsNotThatOfAnother() throws Exception {
        keyrings().save(ALICE, 0, bytes(40, 1));
        keyrings().save(ALICE_ELSEWHERE, 0, bytes(41, 2));

        assertThat(keyrings().accounts()).containsExactlyInAnyOrder(ALICE, ALICE_ELSEWHERE);
        assertThat(keyrings().load(ALICE)).contains(new VersionedBytes(1, bytes(40, 1)));
        assertThat(keyrings().load(ALICE_ELSEWHERE)).contains(new VersionedBytes(1, bytes(41, 2)));
    }

    @Test
    final void onlyWhoKnowsTheVersionReplaces() throws Exception {
        keyrings().save(ALICE, 0, bytes(40, 1));
        assertThatThrownBy(() -> keyrings().save(ALICE, 0, bytes(40, 2))).isInstanceOf(StoreRefusedException.class);
        assertThatThrownBy(() -> keyrings().save(ALICE, 2, bytes(40, 2))).isInstanceOf(StoreRefusedException.class);
        assertThat(keyrings().load(ALICE)).contains(new VersionedBytes(1, bytes(40, 1)));

        keyrings().save(ALICE, 1, bytes(50, 3));
        assertThat(keyrings().load(ALICE)).contains(new VersionedBytes(2, bytes(50, 3)));
    }

    @Test
    final void overlongKeyringIsRefused() throws Exception {
        keyrings().save(ALICE, 0, bytes(KeyringStore.MAX_SIZE, 1));
        Bytes tooLong = bytes(KeyringStore.MAX_SIZE + 1, 1);
        assertThatThrownBy(() -> keyrings().save(ALICE, 1, tooLong)).isInstanceOf(StoreRefusedException.class);
        assertThat(keyrings().load(ALICE)).map(VersionedBytes::version).contains(1L);
    }

    @ParameterizedTest
    @EnumSource
    final void keyringIsThereWhenOpenedAgain(Again how) throws Exception {
        keyrings().save(ALICE, 0, bytes(40, 1));
        keyrings().save(ALICE, 1, bytes(44, 2));
        again(how);
        assertThat(keyrings().accounts()).containsExactly(ALICE);
        assertThat(keyrings().load(ALICE)).contains(new VersionedBytes(2, bytes(44, 2)));
    }

    private KeyringStore keyrings() {
        return stores().keyrings();
    }
}
