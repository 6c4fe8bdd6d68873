package dev.pychat.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.pychat.model.Bytes;
import dev.pychat.model.DeviceId;
import dev.pychat.model.Username;
import dev.pychat.store.AccountStore;
import dev.pychat.store.AccountStore.Change;
import dev.pychat.store.LoginRecord;
import dev.pychat.store.NewAccount;
import dev.pychat.store.StoreException;
import dev.pychat.store.StoredVault;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The vault of an account, the change of its password together with the vault, and what happens when both come at once. */
public abstract class VaultContract extends ServerStoresContract {

    private static final Instant NOW = Instant.parse("2026-11-22T14:00:00Z");
    private static final Instant LATER = NOW.plusSeconds(2_592_000);
    private static final int AT_ONCE = 50;

    /** For subclasses. */
    protected VaultContract() {}

    @Test
    void vaultIsReplacedOnlyFromTheVersionThatIsKnownAndVersionsMayJump() throws Exception {
        LoginRecord login = create(ALICE);
        StoredVault first = vault(7);
        StoredVault second = vault(1L << 40);
        assertThat(accounts().vault(ALICE)).isEmpty();
        assertThat(accounts().putVault(ALICE, login, 1, first)).isEqualTo(Change.VAULT_DIFFERS);
        assertThat(accounts().putVault(ALICE, login, 0, first)).isEqualTo(Change.CHANGED);
        assertThat(accounts().putVault(ALICE, login, 0, second)).isEqualTo(Change.VAULT_DIFFERS);
        assertThat(accounts().vault(ALICE)).contains(first);
        assertThat(accounts().putVault(ALICE, login, 7, second)).isEqualTo(Change.CHANGED);
        assertThat(accounts().vault(ALICE)).contains(second);
        assertThat(accounts().vault(BOB)).isEmpty();
    }

    @Test
    void vaultIsNotReplacedWhereTheSecretWasCheckedAgainstAnotherRecord() throws Exception {
        LoginRecord login = create(ALICE);
        StoredVault first = vault(1);
        assertThat(accounts().putVault(ALICE, login(), 0, first)).isEqualTo(Change.LOGIN_DIFFERS);
        assertThat(accounts().putVault(BOB, login, 0, first)).isEqualTo(Change.LOGIN_DIFFERS);
        assertThat(accounts().vault(ALICE)).isEmpty();
        assertThat(accounts().vault(BOB)).isEmpty();
    }

    @Test
    void versionThatIsNotGreaterIsAFaultOfTheCaller() throws Exception {
        LoginRecord login = create(ALICE);
        accounts().putVault(ALICE, login, 0, vault(3));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> accounts().putVault(ALICE, login, 3, vault(3)))
                .withMessageContaining("must be greater");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> accounts().changeLogin(ALICE, login, login(), 3, vault(2)));
        assertThat(accounts().login(ALICE)).contains(login);
    }

    @Test
    void largestVaultComesBackAsItWasPut() throws Exception {
        LoginRecord login = create(ALICE);
        StoredVault large = new StoredVault(1, draw().bytes(983_040));
        assertThat(accounts().putVault(ALICE, login, 0, large)).isEqualTo(Change.CHANGED);
        assertThat(accounts().vault(ALICE)).contains(large);
    }

    @Test
    void oneOfFiftyVaultsPutAtOnceIsTaken() throws Exception {
        LoginRecord login = create(ALICE);
        accounts().putVault(ALICE, login, 0, vault(7));
        List<StoredVault> wanted = java.util.stream.IntStream.range(0, AT_ONCE)
                .mapToObj(number -> vault(20 + number))
                .toList();
        List<Change> outcomes = AtOnce.run(AT_ONCE, number -> accounts().putVault(ALICE, login, 7, wanted.get(number)));
        assertThat(outcomes).containsOnly(Change.CHANGED, Change.VAULT_DIFFERS);
        assertThat(Collections.frequency(outcomes, Change.CHANGED)).isEqualTo(1);
        assertThat(accounts().vault(ALICE)).contains(wanted.get(outcomes.indexOf(Change.CHANGED)));
    }

    @Test
    void changedLoginEndsTheTokensAndReplacesTheVaultInTheSameStep() throws Exception {
        LoginRecord old = create(ALICE);
        LoginRecord replacement = login();
        StoredVault vault = vault(5);
        DeviceId device = draw().device();
        Bytes used = draw().bytes(32);
        Bytes token = draw().bytes(32);
        stores().tokens().put(ALICE, old, device, used, NOW, LATER);
        stores().tokens().rotate(ALICE, device, used, token, NOW, LATER);
        assertThat(accounts().changeLogin(ALICE, old, replacement, 0, vault)).isEqualTo(Change.CHANGED);
        assertThat(accounts().login(ALICE)).contains(replacement);
        assertThat(accounts().vault(ALICE)).contains(vault);
        assertThat(resumes(ALICE, device, token)).isFalse();
        assertThat(resumes(ALICE, device, used)).isFalse();
        assertThat(stores().tokens().put(ALICE, old, device, token, NOW, LATER)).isFalse();
        assertThat(stores().tokens().put(ALICE, replacement, device, token, NOW, LATER))
                .isTrue();
    }

    @Test
    void changeThatIsNotTakenChangesNothing() throws Exception {
        LoginRecord old = create(ALICE);
        DeviceId device = draw().device();
        Bytes token = draw().bytes(32);
        stores().tokens().put(ALICE, old, device, token, NOW, LATER);
        StoredVault kept = vault(5);
        accounts().putVault(ALICE, old, 0, kept);
        assertThat(accounts().changeLogin(ALICE, login(), login(), 5, vault(6))).isEqualTo(Change.LOGIN_DIFFERS);
        assertThat(accounts().changeLogin(ALICE, old, login(), 4, vault(6))).isEqualTo(Change.VAULT_DIFFERS);
        assertThat(accounts().changeLogin(ALICE, old, login(), 0, vault(6))).isEqualTo(Change.VAULT_DIFFERS);
        assertThat(accounts().changeLogin(BOB, old, login(), 0, vault(6))).isEqualTo(Change.LOGIN_DIFFERS);
        assertThat(accounts().login(ALICE)).contains(old);
        assertThat(accounts().vault(ALICE)).contains(kept);
        assertThat(resumes(ALICE, device, token)).isTrue();
    }

    @Test
    void changeLeavesTheTokensOfOthersAlone() throws Exception {
        LoginRecord old = create(ALICE);
        LoginRecord bobs = create(BOB);
        DeviceId device = draw().device();
        Bytes token = draw().bytes(32);
        stores().tokens().put(BOB, bobs, device, token, NOW, LATER);
        accounts().changeLogin(ALICE, old, login(), 0, vault(1));
        assertThat(resumes(BOB, device, token)).isTrue();
    }

    @Test
    void changesOfThePasswordAndVaultsPutAtOnceHaveOneWinner() throws Exception {
        LoginRecord old = create(ALICE);
        List<Change> outcomes = AtOnce.run(AT_ONCE, number -> {
            StoredVault vault = vault(number + 1);
            return number % 2 == 0
                    ? accounts().putVault(ALICE, old, 0, vault)
                    : accounts().changeLogin(ALICE, old, login(), 0, vault);
        });
        assertThat(Collections.frequency(outcomes, Change.CHANGED)).isEqualTo(1);
        int winner = outcomes.indexOf(Change.CHANGED);
        assertThat(accounts().vault(ALICE).orElseThrow().version()).isEqualTo(winner + 1L);
        assertThat(accounts().login(ALICE).equals(Optional.of(old))).isEqualTo(winner % 2 == 0);
    }

    @Test
    void tokenMadeWhileThePasswordChangesIsRefusedOrEnds() throws Exception {
        LoginRecord old = create(ALICE);
        List<DeviceId> devices = java.util.stream.IntStream.range(0, AT_ONCE)
                .mapToObj(number -> draw().device())
                .toList();
        Bytes token = draw().bytes(32);
        AtOnce.run(
                AT_ONCE,
                number -> number == AT_ONCE / 2
                        ? accounts().changeLogin(ALICE, old, login(), 0, vault(1)) == Change.CHANGED
                        : stores().tokens().put(ALICE, old, devices.get(number), token, NOW, LATER));
        for (DeviceId device : devices) {
            assertThat(resumes(ALICE, device, token)).isFalse();
        }
    }

    @Test
    void deletedAccountTakesNoVaultAndIsNotDeletedByAnOldSecret() throws Exception {
        LoginRecord old = create(ALICE);
        LoginRecord replacement = login();
        accounts().changeLogin(ALICE, old, replacement, 0, vault(1));
        assertThat(accounts().delete(ALICE, old, LATER)).isFalse();
        assertThat(accounts().vault(ALICE)).isPresent();
        assertThat(accounts().delete(ALICE, replacement, LATER)).isTrue();
        assertThat(accounts().vault(ALICE)).isEmpty();
        assertThat(accounts().putVault(ALICE, replacement, 0, vault(2))).isEqualTo(Change.LOGIN_DIFFERS);
        assertThat(accounts().changeLogin(ALICE, replacement, login(), 0, vault(2)))
                .isEqualTo(Change.LOGIN_DIFFERS);
        assertThat(accounts().delete(ALICE, replacement, LATER)).isFalse();
    }

    private boolean resumes(Username account, DeviceId device, Bytes token) throws StoreException {
        return stores().tokens().rotate(account, device, token, draw().bytes(32), NOW, LATER);
    }

    private StoredVault vault(long version) {
        return new StoredVault(version, draw().bytes(1 + draw().below(2000)));
    }

    private AccountStore accounts() {
        return stores().accounts();
    }

    private LoginRecord create(Username name) throws StoreException {
        NewAccount account = Logins.account(draw(), name);
        accounts().create(account);
        return account.login();
    }

    private LoginRecord login() {
        return Logins.draw(draw());
    }
}
