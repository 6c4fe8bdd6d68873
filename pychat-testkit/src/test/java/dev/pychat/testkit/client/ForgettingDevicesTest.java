package dev.pychat.testkit.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pychat.key.HistoryPolicy;
import dev.pychat.key.KeyBundle;
import dev.pychat.key.Suite;
import dev.pychat.keyring.Forgetting;
import dev.pychat.keyring.Keyring;
import dev.pychat.keyring.Vault;
import dev.pychat.model.Bytes;
import dev.pychat.model.PychatException;
import dev.pychat.store.StoredBundle;
import dev.pychat.store.StoredVault;
import dev.pychat.store.memory.MemoryClientStores;
import dev.pychat.testkit.liar.AnswerLies;
import dev.pychat.wire.PutBundle;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

/** Changes of what an account forgets, and its devices: nobody misses a message for it, and nobody finds anything. */
class ForgettingDevicesTest extends ForgettingPeople {
    @Test
    void secondDeviceJoinsAndBothSeeEverythingNewAndNeitherFindsAnything() throws Exception {
        says(alice, bob, "before");
        alice.client().changeHistoryPolicy(AFTER_A_WEEK);
        says(bob, alice, "while one");
        Person tablet = logIn("alice", new MemoryClientStores());
        assertThat(tablet.client().historyPolicy()).isEqualTo(AFTER_A_WEEK);
        tablet.with(bob);
        long serial = published(alice).fields().serial();
        Person.await(() -> knows(alice) == serial, () -> "the first device does not hear of the second");
        bob = backAgain(bob);
        says(bob, alice, "to both", tablet);
        says(alice, bob, "from the first", tablet);
        says(tablet, bob, "from the second", alice);
        alice = backAgain(alice);
        tablet = backAgain(tablet);
        alice.with(bob);
        tablet.with(bob);
        says(bob, alice, "to both again", tablet);
        assertThat(published(alice).fields().serial())
                .as("neither makes a bundle because of the other")
                .isEqualTo(serial);
        try (Keyring one = DeviceKeys.of(alice);
                Keyring other = DeviceKeys.of(tablet)) {
            assertThat(other.wrappingKeys()).hasSize(1);
            assertThat(one.wrappingKey(other.currentWrappingKey().id())).isEmpty();
        }
        try (Vault vault = Seizure.vault(world, alice)) {
            assertThat(Seizure.openingKeys(vault.entries())).isEmpty();
        }
        ConversationTest.noFindings(alice, bob);
        assertThat(tablet.told())
                .allSatisfy(message -> assertThat(message.findings()).isEmpty());
    }

    /** What lies before it is neither shown nor anybody's fault. */
    @Test
    void newDeviceGetsNothingThatWasSentBeforeIt() throws Exception {
        says(alice, bob, "while it kept");
        alice.client().changeHistoryPolicy(AFTER_A_WEEK);
        bob = backAgain(bob);
        says(bob, alice, "while it forgets");
        says(alice, bob, "of its own");
        Person tablet = logIn("alice", new MemoryClientStores());
        assertThat(tablet.history(bob)).hasSize(3).allSatisfy(message -> {
            assertThat(message.text()).isEmpty();
            assertThat(message.findings()).isEmpty();
        });
        assertThat(Seizure.of(world, tablet).opens(bob)).isEmpty();
        tablet = backAgain(tablet);
        says(tablet, bob, "from now on");
        assertThat(tablet.history(bob).get(3).text()).contains("from now on");
        ConversationTest.noFindings(alice, bob, tablet);
        assertThat(tablet.notices()).isEmpty();
    }

    @Test
    void deviceThatWasAwayWhenTheAccountBeganToForgetMissesNothing() throws Exception {
        Person tablet = logIn("alice", new MemoryClientStores());
        says(bob, alice, "before", tablet);
        tablet.close();
        alice.client().changeHistoryPolicy(AFTER_A_WEEK);
        bob = backAgain(bob);
        says(bob, alice, "one");
        says(alice, bob, "two");
        clock.goOn(Duration.ofDays(20));
        tablet = logIn("alice", tablet.stores());
        tablet.awaitTold(2);
        assertThat(tablet.textsTold()).containsExactly("bob: one", "alice: two");
        try (Keyring keyring = DeviceKeys.of(tablet)) {
            assertThat(Forgetting.suits(keyring, keyring.currentWrappingKey().id()))
                    .isTrue();
        }
        bob = backAgain(bob);
        says(bob, alice, "three", tablet);
        ConversationTest.noFindings(alice, bob, tablet);
    }

    @Test
    void policyThatChangesInMidConversationLosesNoMessage() throws Exception {
        Person tablet = logIn("bob", new MemoryClientStores());
        tablet.with(alice);
        List<HistoryPolicy> policies =
                List.of(AFTER_A_WEEK, HistoryPolicy.KEEP, HistoryPolicy.forgetAfter(Duration.ofDays(1)));
        for (int i = 0; i < policies.size(); i++) {
            bob.say(alice, "bob before " + i);
            alice.say(bob, "alice before " + i);
            bob.client().changeHistoryPolicy(policies.get(i));
            alice.say(bob, "alice after " + i);
            bob.say(alice, "bob after " + i);
            bob.awaitAccepted();
            alice.awaitAccepted();
            alice = backAgain(alice);
            alice.say(bob, "alice later " + i);
            int all = 5 * (i + 1);
            bob.awaitTold(all);
            tablet.awaitTold(all);
        }
        assertThat(bob.textsTold()).isEqualTo(tablet.textsTold()).noneMatch(text -> text.contains("?"));
        ConversationTest.noFindings(alice, bob, tablet);
    }

    @Test
    void keysMadeWhileItForgotStayOutOfTheVaultWhenItKeepsAgain() throws Exception {
        alice.client().changeHistoryPolicy(AFTER_A_WEEK);
        says(bob, alice, "while it forgets");
        says(alice, bob, "so is this");
        alice.client().changeHistoryPolicy(HistoryPolicy.KEEP);
        alice = backAgain(alice);
        bob = backAgain(bob);
        says(bob, alice, "while it keeps");
        says(alice, bob, "this as well");
        alice.client().rotateKeys();
        assertThat(Seizure.ofTheServer(world, alice).opens(bob)).containsExactly(3L, 4L);
        Person tablet = logIn("alice", new MemoryClientStores());
        tablet.with(bob);
        bob = backAgain(bob);
        says(bob, alice, "to both", tablet);
        ConversationTest.noFindings(alice, bob);
    }

    /** Of an older program. What it sends and gets is of suite 1. */
    private Person withoutSuite2() throws Exception {
        Person carol = connect("carol", new MemoryClientStores());
        carol.client().signUp(carol.user(), World.passphrase("carol"));
        carol.close();
        KeyBundle last = published(carol);
        try (Keyring keyring = DeviceKeys.of(carol)) {
            Bytes lesser = new BundleDraft(last)
                    .following(last.hash())
                    .offering(Suite.RSA, last.fields().sections().get(0))
                    .signedBy(keyring);
            long serial = last.fields().serial();
            world.stores().keys().putBundle(carol.user(), serial, new StoredBundle(serial + 1, lesser));
        }
        return carol;
    }

    @Test
    void bothDevicesReadWhatGoesToAndComesFromAPeerWithoutSuite2() throws Exception {
        Person carol = withoutSuite2();
        alice.client().changeHistoryPolicy(AFTER_A_WEEK);
        Person tablet = logIn("alice", new MemoryClientStores());
        long serial = published(alice).fields().serial();
        Person.await(() -> knows(alice) == serial, () -> "the first device does not hear of the second");
        tablet.with(carol);
        alice.say(carol, "from the first");
        alice.awaitAccepted();
        tablet.awaitTold(1);
        tablet.say(carol, "from the second");
        tablet.awaitAccepted();
        alice.awaitTold(2);
        assertThat(headers.get(headers.size() - 1).at("pychat/1 epoch name".length() + 3))
                .isEqualTo((byte) 1);
        new Bulk(world, carol, alice).write(1);
        alice = backAgain(alice);
        tablet = backAgain(tablet);
        alice.awaitTold(1);
        tablet.awaitTold(1);
        for (Person device : List.of(alice, tablet)) {
            assertThat(Person.texts(device.history(carol)))
                    .containsExactly("alice: from the first", "alice: from the second", "carol: bulk 1");
        }
        ConversationTest.noFindings(alice, tablet);
        clock.goOn(WEEK);
        alice = backAgain(alice);
        tablet = backAgain(tablet);
        clock.goOn(WEEK);
        alice = backAgain(alice);
        tablet = backAgain(tablet);
        Person first = alice;
        Person second = tablet;
        Person.await(() -> opens(first, carol).isEmpty(), () -> "the keys of the first device stay");
        Person.await(() -> opens(second, carol).isEmpty(), () -> "the keys of the second device stay");
    }

    @Test
    void newPassphraseAndNewIdentityKeepThePolicyAndPutNothingIntoTheVault() throws Exception {
        alice.client().changeHistoryPolicy(AFTER_A_WEEK);
        alice.client().changePassphrase(World.passphrase("alice"), World.passphrase("alice again"));
        assertThat(published(alice).historyPolicy()).isEqualTo(AFTER_A_WEEK);
        alice.client().changePassphrase(World.passphrase("alice again"), World.passphrase("alice"));
        alice.client().resetIdentity(World.passphrase("alice"), World.passphrase("alice"));
        assertThat(published(alice).historyPolicy()).isEqualTo(AFTER_A_WEEK);
        says(bob, alice, "one");
        says(alice, bob, "two");
        try (Vault vault = Seizure.vault(world, alice)) {
            assertThat(Seizure.openingKeys(vault.entries())).isEmpty();
        }
        ConversationTest.noFindings(alice, bob);
    }

    /** The change is on the device and in the vault, and the connection goes before the bundle is out. */
    @Test
    void changeThatWasCutOffIsBroughtOutWithTheNextLogIn() throws Exception {
        FaultyTransport cut = new FaultyTransport(world.transport());
        MemoryClientStores stores = (MemoryClientStores) alice.stores();
        alice.close();
        Person broken = world.connect("alice", stores, cut);
        broken.client().logIn(broken.user(), World.passphrase("alice"));
        cut.outgoing(frame -> frame instanceof PutBundle ? Optional.empty() : Optional.of(frame));
        CompletableFuture<Void> changing = changing(broken, AFTER_A_WEEK);
        Person.await(() -> isForgetting(broken), () -> "nothing is changed on the device");
        broken.close();
        assertThatThrownBy(changing::join).isInstanceOf(CompletionException.class);
        assertThat(published(alice).historyPolicy()).isEqualTo(HistoryPolicy.KEEP);
        bob.say(alice, "meanwhile");
        bob.awaitAccepted();
        alice = logIn("alice", stores);
        alice.awaitTold(1);
        assertThat(alice.textsTold()).containsExactly("bob: meanwhile");
        assertThat(published(alice).historyPolicy()).isEqualTo(AFTER_A_WEEK);
        ConversationTest.noFindings(alice, bob);
    }

    private static boolean isForgetting(Person person) {
        try {
            return !person.client().historyPolicy().isKeep();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** The account's own devices believe no bundle and no vault that is older than what they know. */
    @Test
    void serverThatGivesTheVaultAndTheBundleOfBeforeTurnsNothingBack() throws Exception {
        StoredVault old = world.stores().accounts().vault(alice.user()).orElseThrow();
        KeyBundle before = published(alice);
        alice.client().changeHistoryPolicy(AFTER_A_WEEK);
        world.liar()
                .answer(
                        alice.user(),
                        truth -> AnswerLies.bundle(
                                        alice.user(),
                                        before.bytes(),
                                        before.fields().serial())
                                .tell(AnswerLies.vault(old.version(), old.sealed())
                                        .tell(truth)));
        assertThatThrownBy(() -> alice.client().rotateKeys()).isInstanceOf(PychatException.class);
        assertThat(alice.client().historyPolicy()).isEqualTo(AFTER_A_WEEK);
        assertThat(alice.awaitNotices(1)).anyMatch(notice -> notice.startsWith("VAULT_ROLLED_BACK"));
        world.liar().beHonest();
        alice.client().rotateKeys();
        assertThat(published(alice).historyPolicy()).isEqualTo(AFTER_A_WEEK);
        try (Vault vault = Seizure.vault(world, alice)) {
            assertThat(Seizure.openingKeys(vault.entries())).isEmpty();
        }
    }

    @Test
    void twoDevicesThatChangeItAtOnceEndWithOnePolicy() throws Exception {
        Person tablet = logIn("alice", new MemoryClientStores());
        CompletableFuture<Void> one = changing(alice, AFTER_A_WEEK);
        CompletableFuture<Void> other = changing(tablet, HistoryPolicy.forgetAfter(Duration.ofDays(3)));
        CompletableFuture.allOf(one, other).join();
        alice.client().rotateKeys();
        tablet.client().rotateKeys();
        HistoryPolicy last = published(alice).historyPolicy();
        assertThat(last.isKeep()).isFalse();
        assertThat(tablet.client().historyPolicy()).isEqualTo(last);
        long serial = published(alice).fields().serial();
        Person.await(() -> knows(alice) == serial, () -> "the first device does not hear of the second");
        assertThat(alice.client().historyPolicy()).isEqualTo(last);
        says(bob, alice, "one", tablet);
        says(alice, bob, "two", tablet);
        ConversationTest.noFindings(alice, bob, tablet);
    }

    private static CompletableFuture<Void> changing(Person person, HistoryPolicy policy) {
        return CompletableFuture.runAsync(() -> {
            try {
                person.client().changeHistoryPolicy(policy);
            } catch (Exception e) {
                throw new CompletionException(e);
            }
        });
    }
}
