package dev.pychat.testkit.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pychat.crypto.secret.PasswordKeys;
import dev.pychat.crypto.secret.SecretBytes;
import dev.pychat.key.HistoryPolicy;
import dev.pychat.key.KeyId;
import dev.pychat.keyring.KemKey;
import dev.pychat.keyring.Keyring;
import dev.pychat.keyring.Vault;
import dev.pychat.keyring.VaultEntry;
import dev.pychat.model.Bytes;
import dev.pychat.store.LoginRecord;
import dev.pychat.store.StoredVault;
import dev.pychat.store.memory.MemoryClientStores;
import dev.pychat.wire.VaultPut;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two devices of which one changes the keys or the policy before the other has heard of the change before. */
class ForgettingChangesTest extends ForgettingPeople {

    private Person tablet;

    @BeforeEach
    void tabletJoins() throws Exception {
        tablet = logIn("alice", new MemoryClientStores());
        tablet.with(bob);
        says(bob, alice, "before", tablet);
    }

    /** It has no keys of its own yet when it says so. */
    @Test
    void deviceThatHasJustHeardOfForgettingKeepsAgainAndTheAccountWorks() throws Exception {
        alice.client().changeHistoryPolicy(AFTER_A_WEEK);
        tablet.client().changeHistoryPolicy(HistoryPolicy.KEEP);
        alice.client().rotateKeys();
        tablet.client().rotateKeys();
        alice = backAgain(alice);
        tablet = backAgain(tablet);
        tablet.with(bob);
        bob = backAgain(bob);
        says(bob, alice, "one", tablet);
        says(tablet, bob, "two", alice);
        Person third = logIn("alice", new MemoryClientStores());
        assertThat(Person.texts(third.history(bob))).contains("bob: one", "alice: two");
        assertThat(offeredAndNotInTheVault(alice)).isEmpty();
        assertThat(offeredAndNotInTheVault(tablet)).isEmpty();
        ConversationTest.noFindings(alice, bob, tablet);
        assertThat(alice.notices()).isEmpty();
        assertThat(tablet.notices()).isEmpty();
    }

    @Test
    void keyThatWasMadeWhileADeviceWasAwayIsThereForItWhenTheAccountForgets() throws Exception {
        tablet.close();
        clock.goOn(Duration.ofDays(31));
        alice = backAgain(alice);
        alice.client().changeHistoryPolicy(AFTER_A_WEEK);
        bob = backAgain(bob);
        says(bob, alice, "one");
        says(alice, bob, "two");
        bob.close();
        tablet = logIn("alice", tablet.stores());
        tabletHas("bob: one", "alice: two");
        nothingIsLeftInTheVault();
        bob = logIn("bob", bob.stores());
        says(bob, alice, "three", tablet);
        ConversationTest.noFindings(alice, bob, tablet);
    }

    @Test
    void keyThatWasMadeInTheSameMomentIsThereForTheOtherDevice() throws Exception {
        alice.client().rotateKeys();
        alice.client().changeHistoryPolicy(AFTER_A_WEEK);
        bob = backAgain(bob);
        says(bob, alice, "one", tablet);
        says(tablet, bob, "two", alice);
        tablet = backAgain(tablet);
        nothingIsLeftInTheVault();
        ConversationTest.noFindings(alice, bob, tablet);
    }

    /** A rotation that is on the device and got no further is in the vault before the key is lent. */
    @Test
    void keyOfARotationThatWasCutOffIsThereForTheOtherDevice() throws Exception {
        MemoryClientStores stores = (MemoryClientStores) alice.stores();
        tablet.close();
        alice.close();
        FaultyTransport cut = new FaultyTransport(world.transport());
        Person broken = world.connect("alice", stores, cut);
        broken.client().logIn(broken.user(), World.passphrase("alice"));
        Set<KeyId> before = wrapping(broken);
        cut.outgoing(frame -> frame instanceof VaultPut ? Optional.empty() : Optional.of(frame));
        CompletableFuture<Void> rotating = CompletableFuture.runAsync(() -> {
            try {
                broken.client().rotateKeys();
            } catch (Exception e) {
                throw new CompletionException(e);
            }
        });
        Person.await(() -> !wrapping(broken).equals(before), () -> "no key is made");
        broken.close();
        assertThatThrownBy(rotating::join).isInstanceOf(CompletionException.class);
        alice = logIn("alice", stores);
        alice.client().changeHistoryPolicy(AFTER_A_WEEK);
        bob = backAgain(bob);
        says(bob, alice, "one");
        bob.close();
        tablet = logIn("alice", tablet.stores());
        tabletHas("bob: one");
        ConversationTest.noFindings(alice, tablet);
    }

    @Test
    void keyOfANewPassphraseIsThereForADeviceThatLogsInWithItLater() throws Exception {
        tablet.close();
        alice.client().changePassphrase(World.passphrase("alice"), World.passphrase("alice two"));
        alice.client().changeHistoryPolicy(AFTER_A_WEEK);
        bob = backAgain(bob);
        says(bob, alice, "one");
        says(alice, bob, "two");
        bob.close();
        tablet = connect("alice", tablet.stores());
        tablet.client().logInAfterChange(tablet.user(), World.passphrase("alice"), World.passphrase("alice two"));
        tabletHas("bob: one", "alice: two");
        ConversationTest.noFindings(alice, tablet);
    }

    /** It sees the end alone, and what it offered until then is buried. */
    @Test
    void deviceThatWasAwayWhileTheAccountForgotOffersNothingThatTheVaultHasBuried() throws Exception {
        tablet.close();
        alice.client().changeHistoryPolicy(AFTER_A_WEEK);
        alice.client().changeHistoryPolicy(HistoryPolicy.KEEP);
        tablet = logIn("alice", tablet.stores());
        assertThat(offeredAndNotInTheVault(tablet)).isEmpty();
        assertThat(offeredAndNotInTheVault(alice)).isEmpty();
        bob = backAgain(bob);
        says(bob, alice, "one", tablet);
        says(tablet, bob, "two", alice);
        assertThat(Seizure.ofTheServer(world, tablet).opens(bob)).contains(2L, 3L);
        ConversationTest.noFindings(alice, bob, tablet);
    }

    /** What was sent until then is no longer there for it, and nobody's fault. */
    @Test
    void newDeviceOfAnAccountThatKeepsAgainShowsWhatWasSentFromThenOnAndFindsNothing() throws Exception {
        says(alice, bob, "while it keeps");
        alice.client().changeHistoryPolicy(AFTER_A_WEEK);
        bob = backAgain(bob);
        says(bob, alice, "while it forgets");
        alice = backAgain(alice);
        says(alice, bob, "this as well");
        alice.client().changeHistoryPolicy(HistoryPolicy.KEEP);
        alice = backAgain(alice);
        bob = backAgain(bob);
        says(bob, alice, "when it keeps again");
        says(alice, bob, "this too");
        Person third = logIn("alice", new MemoryClientStores());
        assertThat(third.history(bob))
                .hasSize(6)
                .allSatisfy(message -> assertThat(message.findings()).isEmpty());
        assertThat(third.history(bob).subList(0, 4))
                .allSatisfy(message -> assertThat(message.text()).isEmpty());
        assertThat(Person.texts(third.history(bob))).endsWith("bob: when it keeps again", "alice: this too");
        third = backAgain(third);
        third.with(bob);
        bob = backAgain(bob);
        says(bob, alice, "to all", third);
        ConversationTest.noFindings(alice, bob, tablet, third);
        assertThat(third.notices()).isEmpty();
    }

    /** As a vault may be in which one device has buried all keys and another one has then said that the account keeps. */
    @Test
    void vaultOfAnAccountThatKeepsAndHasTombstonesAloneIsFilledAgainByEachDevice() throws Exception {
        alice.close();
        tablet.close();
        bury();
        Person third = logIn("alice", new MemoryClientStores());
        assertThat(third.history(bob)).singleElement().satisfies(message -> {
            assertThat(message.text()).isEmpty();
            assertThat(message.findings()).isEmpty();
        });
        third.close();
        bury();
        alice = logIn("alice", alice.stores());
        tablet = logIn("alice", tablet.stores());
        alice.with(bob);
        tablet.with(bob);
        assertThat(offeredAndNotInTheVault(alice)).isEmpty();
        assertThat(offeredAndNotInTheVault(tablet)).isEmpty();
        bob = backAgain(bob);
        says(bob, alice, "one", tablet);
        third = logIn("alice", third.stores());
        third.with(bob);
        says(bob, alice, "two", tablet, third);
        ConversationTest.noFindings(alice, bob, tablet, third);
    }

    private void bury() throws Exception {
        StoredVault stored = world.stores().accounts().vault(alice.user()).orElseThrow();
        LoginRecord login = world.stores().accounts().login(alice.user()).orElseThrow();
        try (Vault whole = Seizure.vault(world, alice);
                Keyring device = DeviceKeys.of(alice);
                PasswordKeys keys = DeviceKeys.derive(alice, device.header());
                Vault buried = new Vault(
                        stored.version() + 1,
                        Vault.hash(stored.sealed()),
                        whole.entries().stream()
                                .map(ForgettingChangesTest::buried)
                                .toList())) {
            Bytes sealed = buried.seal(keys.vaultKey(), false, device.realm(), alice.user(), new SecureRandom());
            world.stores()
                    .accounts()
                    .putVault(alice.user(), login, stored.version(), new StoredVault(stored.version() + 1, sealed));
        }
    }

    private static VaultEntry buried(VaultEntry entry) {
        return entry.type() == 3 || entry.type() == 7
                ? new VaultEntry(entry.type(), entry.key(), entry.counter(), true, SecretBytes.adopt(new byte[0]))
                : new VaultEntry(
                        entry.type(),
                        entry.key(),
                        entry.counter(),
                        entry.tombstone(),
                        entry.value().copy());
    }

    private void tabletHas(String... texts) throws Exception {
        tablet.with(bob);
        tablet.awaitTold(texts.length);
        assertThat(tablet.textsTold()).containsExactly(texts);
    }

    private void nothingIsLeftInTheVault() {
        Person.await(() -> vaulted().isEmpty(), () -> "a lent key stays in the vault");
    }

    private Set<Bytes> vaulted() {
        try (Vault vault = Seizure.vault(world, alice)) {
            return Seizure.openingKeys(vault.entries()).stream()
                    .map(VaultEntry::key)
                    .collect(Collectors.toSet());
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static Set<KeyId> wrapping(Person person) {
        try (Keyring keyring = DeviceKeys.of(person)) {
            return Set.of(keyring.currentWrappingKey().id());
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** Of what peers may wrap to next. */
    private List<Bytes> offeredAndNotInTheVault(Person person) throws Exception {
        try (Keyring keyring = DeviceKeys.of(person)) {
            Set<Bytes> vaulted = vaulted();
            Stream<KeyId> oneTime = keyring.kemKeys().all().stream()
                    .filter(key -> !key.isLastResort()
                            && keyring.kemKeys().useOf(key.id()).isEmpty())
                    .map(KemKey::id);
            Stream<KeyId> others = Stream.of(
                    keyring.currentWrappingKey().id(),
                    keyring.kemKeys().lastResort().orElseThrow().id());
            return Stream.concat(oneTime, others)
                    .map(KeyId::value)
                    .filter(id -> !vaulted.contains(id))
                    .toList();
        }
    }
}
