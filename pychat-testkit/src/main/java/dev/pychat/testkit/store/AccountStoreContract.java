package dev.pychat.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.pychat.model.Bytes;
import dev.pychat.model.DeviceId;
import dev.pychat.model.Position;
import dev.pychat.model.Username;
import dev.pychat.store.AccountStore;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Accounts: one winner for a name, lists of users, deletion. */
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
    void deletedAccountIsGoneAndItsNameRests() throws Exception {
        LoginRecord login = create(ALICE);
        create(BOB);
        DeviceId device = draw().device();
        Bytes token = draw().bytes(32);
        stores().tokens().put(ALICE, login, device, token, NOW, LATER.plusSeconds(9));
        accounts().putVault(ALICE, login, 0, new StoredVault(1, draw().bytes(10)));
        stores().keys().putBundle(ALICE, 0, new StoredBundle(1, draw().bytes(10)));
        stores().keys().addOneTimeKeys(ALICE, device, 1, List.of(draw().bytes(10)), 200);
        stores().blocks().block(ALICE, BOB);
        Talker bob = talker(BOB, ALICE);
        fill(bob, 3);
        stores().messages().markRead(bob.conversation(), ALICE, new Position(3));
        assertThat(accounts().delete(ALICE, login, LATER)).isTrue();
        assertThat(accounts().login(ALICE)).isEmpty();
        assertThat(accounts().vault(ALICE)).isEmpty();
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
        assertThat(accounts().delete(BOB, first.login(), LATER)).isFalse();
        assertThat(accounts().delete(ALICE, first.login(), LATER)).isTrue();
        assertThat(accounts().delete(ALICE, first.login(), LATER.plusSeconds(1)))
                .isFalse();
        assertThat(accounts().create(first)).isEqualTo(Creation.TAKEN);
        assertThat(accounts().create(account(ALICE, LATER.minusMillis(1)))).isEqualTo(Creation.TAKEN);
        assertThat(accounts().create(account(ALICE, LATER))).isEqualTo(Creation.CREATED);
        assertThat(accounts().create(account(BOB, NOW))).isEqualTo(Creation.CREATED);
    }

    @Test
    void nameThatIsTakenAnewBringsNothingOfItsFormerOwner() throws Exception {
        LoginRecord login = create(ALICE);
        create(BOB);
        DeviceId device = draw().device();
        Talker bob = talker(BOB, ALICE);
        fill(bob, 3);
        accounts().delete(ALICE, login, LATER);
        stores().keys().putBundle(ALICE, 0, new StoredBundle(4, draw().bytes(10)));
        stores().keys().addOneTimeKeys(ALICE, device, 1, List.of(draw().bytes(10)), 200);
        stores().blocks().block(ALICE, BOB);
        stores().messages().markRead(bob.conversation(), ALICE, new Position(3));
        assertThat(accounts().create(account(ALICE, LATER))).isEqualTo(Creation.CREATED);
        assertThat(stores().keys().latestBundle(ALICE)).isEmpty();
        assertThat(stores().keys().oneTimeKeys(ALICE, device)).isZero();
        assertThat(stores().blocks().blocked(ALICE)).isEmpty();
        assertThat(stores().messages().inbox(ALICE, "", 10).entries())
                .extracting(InboxEntry::read)
                .containsExactly(Position.NONE);
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
