package dev.pychat.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.model.Bytes;
import dev.pychat.model.DeviceId;
import dev.pychat.model.Username;
import dev.pychat.store.AccountStore.Change;
import dev.pychat.store.LoginRecord;
import dev.pychat.store.NewAccount;
import dev.pychat.store.ServerStores;
import dev.pychat.store.StoredVault;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;

/**
 * The process that {@link KillContract} kills while it puts vaults and changes the passphrase, in turns, for ever. Step n puts
 * vault n, and each even step changes the passphrase too; all values follow from the seed.
 */
final class ChangeUntilKilled {

    private static final Username ALICE = new Username("alice");
    private static final DeviceId DEVICE = new DeviceId(Bytes.fromHex("d1".repeat(16)));
    private static final Instant NOW = Instant.parse("2026-11-22T14:00:00Z");
    private static final Instant LATER = NOW.plusSeconds(60);

    private final ServerStores stores;
    private final long seed;

    private ChangeUntilKilled(ServerStores stores, long seed) {
        this.stores = stores;
        this.seed = seed;
    }

    /**
     * Runs until it is killed.
     *
     * @param args the class that opens the stores, the directory, the seed
     */
    public static void main(String[] args) throws Exception {
        StoresOnDisk disk = Class.forName(args[0])
                .asSubclass(StoresOnDisk.class)
                .getConstructor()
                .newInstance();
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.US_ASCII);
        try (ServerStores stores = disk.open(Path.of(args[1]))) {
            ChangeUntilKilled changes = new ChangeUntilKilled(stores, Long.parseLong(args[2]));
            stores.accounts().create(new NewAccount(ALICE, new Draw(1).bytes(16), changes.login(0), NOW));
            for (long step = changes.step() + 1; !out.checkError(); step++) {
                changes.make(step);
                out.println("ack " + step);
            }
        }
    }

    /** The last step whose parts are all there. */
    static long requireOneStep(ServerStores stores, long seed) throws Exception {
        ChangeUntilKilled changes = new ChangeUntilKilled(stores, seed);
        long step = changes.step();
        assertThat(stores.accounts().vault(ALICE)).contains(changes.vault(step));
        assertThat(stores.accounts().login(ALICE)).contains(changes.login(step));
        if (step % 2 == 0) {
            assertThat(stores.tokens().rotate(ALICE, DEVICE, changes.token(step - 1), changes.token(step), NOW, LATER))
                    .as("a token of before the change")
                    .isFalse();
        }
        return step;
    }

    private void make(long step) throws Exception {
        LoginRecord present = login(step - 1);
        boolean changes = step % 2 == 0;
        Change change = changes
                ? stores.accounts().changeLogin(ALICE, present, login(step), step - 1, vault(step))
                : stores.accounts().putVault(ALICE, present, step - 1, vault(step));
        if (change != Change.CHANGED) {
            throw new IllegalStateException("step " + step + ": " + change);
        }
        if (!changes) {
            stores.tokens().put(ALICE, present, DEVICE, token(step), NOW, LATER);
        }
    }

    private long step() throws Exception {
        return stores.accounts().vault(ALICE).map(StoredVault::version).orElse(0L);
    }

    private LoginRecord login(long step) {
        return Logins.draw(new Draw(seed + step / 2));
    }

    private StoredVault vault(long step) {
        Draw draw = new Draw(~(seed + step));
        return new StoredVault(step, draw.bytes(1 + draw.below(20_000)));
    }

    private Bytes token(long step) {
        return new Draw(seed ^ step).bytes(32);
    }
}
