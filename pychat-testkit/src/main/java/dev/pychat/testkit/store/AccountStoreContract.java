package dev.pychat.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.pychat.model.Bytes;
import dev.pychat.model.DeviceId;
import dev.pychat.model.Position;
import dev.pychat.model.Username;
import dev.pychat.store.AccountStore;
import dev.pychat.store.AccountStore.Change;
import dev.pychat.store.AccountStore.Creation;
import dev.pychat.store.InboxEntry;
import dev.pychat.store.LoginRecord;
import dev.pychat.store.NewAccount;
import dev.pychat.store.StoreException;
import dev.pychat.store.StoredBundle;
import dev.pychat.store.StoredVault;
import dev.pychat.store.UserPage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Accounts: one winner for a name, vaults, changes of the log-in, deletion. */
public abstract class AccountStoreContract extends ServerStoresContract {

    private static final Instant NOW = Instant.parse("2026-11-22T14:00:00Z");
    private static final Instant LATER = NOW.plus(Duration.ofDays(30));

    /** For subclasses. */
    protected AccountStoreContract() {}

    @Test
    void installationHasItsOwnNameAndSecret() throws Exception {
        assertThat(stores().realm()).isEqualTo(stores().realm());
        assertThat(stores().decoySecret().size()).isEqualTo(32);
        try (var other = open()) {
            assertThat(other.realm()).isNotEqualTo(stores().realm());
            assertThat(other.decoySecret()).isNotEqualTo(stores().decoySecret());
        }
    }

    @Test
    void oneOfFiftyCreatorsWinsTheName() throws Exception {
        List<NewAccount> attempts = java.util.stream.IntStream.range(0, 50)
                .mapToObj(number -> account(ALICE, NOW))
                .toList();
        List<Creation> outcomes = AtOnce.run(50, number -> accounts().create(attempts.get(number)));
        assertThat(outcomes).containsOnly(Creation.CREATED, Creation.TAKEN);
        assertThat(outcomes).filteredOn(Creation.CREATED::equals).hasSize(1);
        NewAccount winner = attempts.get(outcomes.indexOf(Creation.CREATED));
        assertThat(accounts().login(ALICE)).contains(winner.login());
        assertThat(accounts().create(winner)).isEqualTo(Creation.ALREADY_YOURS);
    }

    @Test
    void retryOfASignUpIsRecognised() throws Exception {
        NewAccount alice = account(ALICE, NOW);
        assertThat(accounts().create(alice)).isEqualTo(Creation.CREATED);
        assertThat(accounts().create(alice)).isEqualTo(Creation.ALREADY_YOURS);
        assertThat(accounts().create(account(ALICE, NOW))).isEqualTo(Creation.TAKEN);
        assertThat(accounts().login(ALICE)).contains(alice.login());
        assertThat(accounts().login(BOB)).isEmpty();
    }

    @Test
    void usersArePagedInTheOrderOfTheirNames() throws Exception {
        for (String name : List.of("bob", "alice", "al", "alan", "b.b", "zoe", "al-2")) {
            accounts().create(account(new Username(name), NOW));
        }
        assertThat(names(accounts().users("", "", 1000)))
                .containsExactly("al", "al-2", "alan", "alice", "b.b", "bob", "zoe");
        assertThat(accounts().users("", "", 7).more()).isFalse();
        UserPage first = accounts().users("al", "", 3);
        assertThat(names(first)).containsExactly("al", "al-2", "alan");
        assertThat(first.more()).isTrue();
        UserPage rest = accounts().users("al", "alan", 3);
        assertThat(names(rest)).containsExactly("alice");
        assertThat(rest.more()).isFalse();
        assertThat(names(accounts().users("al", "zz", 3))).isEmpty();
        assertThat(names(accounts().users("b", "alice", 3))).containsExactly("b.b", "bob");
        assertThat(names(accounts().users("\u00e9\uffff", "", 3))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 1001})
    void listOfAnImpossibleSizeIsRefused(int limit) {
        assertThatIllegalArgumentException().isThrownBy(() -> accounts().users("", "", limit));
    }

    @Test
    void changedLoginEndsTheTokensAndReplacesTheVaultInTheSameStep() throws Exception {
        LoginRecord old = create(ALICE);
        LoginRecord bobs = create(BOB);
        DeviceId device = draw().device();
        Bytes token = draw().bytes(32);
        Bytes next = draw().bytes(32);
        stores().tokens().put(ALICE, old, device, token, NOW, LATER);
        stores().tokens().put(BOB, bobs, device, token, NOW, LATER);
        LoginRecord replacement = login();
        StoredVault vault = new StoredVault(1, draw().bytes(100));
        assertThat(accounts().changeLogin(ALICE, replacement, login(), 0, vault))
                .isEqualTo(Change.LOGIN_DIFFERS);
        assertThat(accounts().changeLogin(new Username("carol"), old, replacement, 0, vault))
                .isEqualTo(Change.LOGIN_DIFFERS);
        assertThat(accounts().changeLogin(ALICE, old, replacement, 4, new StoredVault(5, token)))
                .isEqualTo(Change.VAULT_DIFFERS);
        assertThat(accounts().login(ALICE)).contains(old);
        assertThat(accounts().vault(ALICE)).isEmpty();
        assertThat(stores().tokens().rotate(ALICE, device, token, next, NOW, LATER))
                .isTrue();
        assertThat(accounts().changeLogin(ALICE, old, replacement, 0, vault)).isEqualTo(Change.CHANGED);
        assertThat(accounts().login(ALICE)).contains(replacement);
        assertThat(accounts().vault(ALICE)).contains(vault);
        assertThat(stores().tokens().rotate(ALICE, device, next, draw().bytes(32), NOW, LATER))
                .isFalse();
        assertThat(stores().tokens().rotate(ALICE, device, token, draw().bytes(32), NOW, LATER))
                .isFalse();
        assertThat(stores().tokens().put(ALICE, old, device, token, NOW, LATER)).isFalse();
        assertThat(accounts().changeLogin(ALICE, old, replacement, 1, new StoredVault(2, token)))
                .isEqualTo(Change.LOGIN_DIFFERS);
        assertThat(stores().tokens().rotate(BOB, device, token, next, NOW, LATER))
                .isTrue();
    }

    @Test
    void changeOfThePasswordAndVaultsPutAtOnceHaveOneWinner() throws Exception {
        LoginRecord old = create(ALICE);
        List<Object> outcomes = AtOnce.run(20, number -> {
            StoredVault vault = new StoredVault(number + 1, draw().bytes(number + 1));
            return number % 2 == 0
                    ? accounts().putVault(ALICE, 0, vault)
                    : accounts().changeLogin(ALICE, old, login(), 0, vault);
        });
        assertThat(outcomes)
                .filteredOn(outcome -> outcome.equals(true) || outcome == Change.CHANGED)
                .hasSize(1);
        int winner = Math.max(outcomes.indexOf(true), outcomes.indexOf(Change.CHANGED));
        assertThat(accounts().vault(ALICE).orElseThrow().version()).isEqualTo(winner + 1);
        assertThat(accounts().login(ALICE).equals(Optional.of(old))).isEqualTo(winner % 2 == 0);
    }

    @Test
    void vaultIsReplacedOnlyFromTheVersionThatIsKnown() throws Exception {
        StoredVault first = new StoredVault(7, draw().bytes(2000));
        assertThat(accounts().putVault(ALICE, 0, first)).isFalse();
        create(ALICE);
        assertThat(accounts().vault(ALICE)).isEmpty();
        assertThat(accounts().putVault(ALICE, 1, first)).isFalse();
        assertThat(accounts().putVault(ALICE, 0, first)).isTrue();
        assertThat(accounts().putVault(ALICE, 0, new StoredVault(8, draw().bytes(10))))
                .isFalse();
        assertThat(accounts().vault(ALICE)).contains(first);
        List<Boolean> outcomes = AtOnce.run(
                10, number -> accounts().putVault(ALICE, 7, new StoredVault(20 + number, draw().bytes(number + 1))));
        assertThat(outcomes).filteredOn(Boolean::booleanValue).hasSize(1);
        StoredVault kept = accounts().vault(ALICE).orElseThrow();
        assertThat(kept.version()).isEqualTo(20 + outcomes.indexOf(true));
        assertThat(kept.sealed().size()).isEqualTo(outcomes.indexOf(true) + 1);
        assertThatIllegalArgumentException().isThrownBy(() -> accounts().putVault(ALICE, kept.version(), kept));
    }

    @Test
    void deletedAccountIsGoneAndItsNameRests() throws Exception {
        LoginRecord login = create(ALICE);
        create(BOB);
        DeviceId device = draw().device();
        Bytes token = draw().bytes(32);
        stores().tokens().put(ALICE, login, device, token, NOW, LATER.plusSeconds(9));
        accounts().putVault(ALICE, 0, new StoredVault(1, draw().bytes(10)));
        stores().keys().putBundle(ALICE, 0, new StoredBundle(1, draw().bytes(10)));
        stores().keys().addOneTimeKeys(ALICE, device, 1, List.of(draw().bytes(10)));
        stores().blocks().block(ALICE, BOB);
        Talker bob = talker(BOB, ALICE);
        fill(bob, 3);
        stores().messages().markRead(bob.conversation(), ALICE, new Position(3));
        accounts().delete(ALICE, NOW, LATER);
        assertThat(accounts().login(ALICE)).isEmpty();
        assertThat(accounts().vault(ALICE)).isEmpty();
        assertThat(accounts().putVault(ALICE, 0, new StoredVault(1, token))).isFalse();
        assertThat(names(accounts().users("", "", 10))).containsExactly("bob");
        assertThat(stores().tokens().rotate(ALICE, device, token, token, NOW, LATER))
                .isFalse();
        assertThat(stores().tokens().put(ALICE, login, device, token, NOW, LATER))
                .isFalse();
        assertThat(stores().keys().latestBundle(ALICE)).isEmpty();
        assertThat(stores().keys().oneTimeKeys(ALICE, device)).isZero();
        assertThat(stores().blocks().blocked(ALICE)).isEmpty();
        assertThat(stores().messages().inbox(ALICE, "", 10).entries())
                .extracting(InboxEntry::read, InboxEntry::unread)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(Position.NONE, 3L));
        assertThat(stores().messages().inbox(BOB, "", 10).entries()).hasSize(1);
        assertThat(stores().messages()
                        .since(bob.conversation(), Position.NONE, 10)
                        .messages())
                .hasSize(3);
    }

    @Test
    void nameOfADeletedAccountIsFreeAtTheGivenMoment() throws Exception {
        NewAccount first = account(ALICE, NOW);
        accounts().create(first);
        accounts().delete(BOB, NOW, LATER);
        accounts().delete(ALICE, NOW, LATER);
        accounts().delete(ALICE, NOW, LATER.plusSeconds(1));
        assertThat(accounts().create(first)).isEqualTo(Creation.TAKEN);
        assertThat(accounts().create(account(ALICE, LATER.minusMillis(1)))).isEqualTo(Creation.TAKEN);
        assertThat(accounts().create(account(ALICE, LATER))).isEqualTo(Creation.CREATED);
        assertThat(accounts().create(account(BOB, NOW))).isEqualTo(Creation.CREATED);
    }

    private AccountStore accounts() {
        return stores().accounts();
    }

    private LoginRecord create(Username name) throws StoreException {
        NewAccount account = account(name, NOW);
        accounts().create(account);
        return account.login();
    }

    private NewAccount account(Username name, Instant time) {
        return new NewAccount(name, draw().bytes(16), login(), time);
    }

    private LoginRecord login() {
        return Logins.draw(draw());
    }

    private static List<String> names(UserPage page) {
        return page.names().stream().map(Username::value).toList();
    }
}
