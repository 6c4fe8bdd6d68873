package dev.pychat.testkit.store;

import dev.pychat.model.Bytes;
import dev.pychat.model.Realm;
import dev.pychat.model.Username;
import dev.pychat.store.ClientStores;
import dev.pychat.store.LocalAccount;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * What the contracts of a client's stores share: stores opened for each test, and names and bytes to put into them.
 *
 * <p>Each test runs on stores of its own.
 */
public abstract class ClientStoresContract {

    static final LocalAccount ALICE = account(1, "alice");
    static final LocalAccount ALICE_ELSEWHERE = account(2, "alice");
    static final Username BOB = new Username("bob");
    static final Username CAROL = new Username("carol");

    private final ClientStoresUnderTest device;
    private ClientStores stores;

    /**
     * Names what is tried.
     *
     * @param device how its stores are opened
     */
    protected ClientStoresContract(ClientStoresUnderTest device) {
        this.device = device;
    }

    /**
     * Opens the stores.
     *
     * @throws Exception if they can't be opened
     */
    @BeforeEach
    public final void openStores() throws Exception {
        stores = device.open();
    }

    /**
     * Closes the stores.
     *
     * @throws Exception if they can't be closed
     */
    @AfterEach
    public final void closeStores() throws Exception {
        stores.close();
    }

    final ClientStores stores() {
        return stores;
    }

    final void again(Again how) throws Exception {
        stores = how == Again.AFTER_A_CRASH ? device.crash(stores) : device.reopen(stores);
    }

    final boolean holds(Bytes content) throws Exception {
        return device.holds(stores, content);
    }

    /** How stores come to be opened again. */
    enum Again {
        CLOSED_CLEANLY,
        AFTER_A_CRASH
    }

    static Bytes bytes(int size, int seed) {
        byte[] made = new byte[size];
        for (int i = 0; i < size; i++) {
            made[i] = (byte) (seed * 31 + i * 7 + 1);
        }
        return Bytes.adopt(made);
    }

    private static LocalAccount account(int realm, String user) {
        return new LocalAccount(new Realm(bytes(Realm.SIZE, realm)), new Username(user));
    }
}
