package dev.pychat.testkit.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pychat.backup.Backup;
import dev.pychat.client.NotLoggedInException;
import dev.pychat.key.HistoryPolicy;
import dev.pychat.key.KeyBundle;
import dev.pychat.key.Suite;
import dev.pychat.keyring.Forgetting;
import dev.pychat.keyring.Keyring;
import dev.pychat.keyring.Vault;
import dev.pychat.model.Bytes;
import dev.pychat.model.Content;
import dev.pychat.store.ClientStores;
import dev.pychat.store.StoredBundle;
import dev.pychat.store.memory.MemoryClientStores;
import dev.pychat.wire.PutEpoch;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two people of whom one or both forget: what is left of their keys, and that nobody misses a message for it. */
class ForgettingKeysTest {

    private static final Duration WEEK = Duration.ofDays(7);
    private static final HistoryPolicy AFTER_A_WEEK = HistoryPolicy.forgetAfter(WEEK);

    private final MovingClock clock = new MovingClock();
    private final List<Bytes> headers = new CopyOnWriteArrayList<>();
    private World world;
    private Person alice;
    private Person bob;

    @BeforeEach
    void start() throws Exception {
        world = World.start();
        alice = connect("alice", new MemoryClientStores());
        alice.client().signUp(alice.user(), World.passphrase("alice"));
        bob = connect("bob", new MemoryClientStores());
        bob.client().signUp(bob.user(), World.passphrase("bob"));
    }

    @AfterEach
    void stop() {
        world.close();
    }

    private Person connect(String name, ClientStores stores) throws Exception {
        FaultyTransport wire = new FaultyTransport(world.transport());
        wire.outgoing(frame -> {
            if (frame instanceof PutEpoch put) {
                headers.add(put.header());
            }
            return Optional.of(frame);
        });
        return world.connect(name, stores, wire, options -> options.clock(clock.withZone(ZoneOffset.UTC)));
    }

    private Person logIn(String name, ClientStores stores) throws Exception {
        Person person = connect(name, stores);
        person.client().logIn(person.user(), World.passphrase(name));
        return person;
    }

    private Person backAgain(Person person) throws Exception {
        person.close();
        return logIn(person.user().value(), person.stores());
    }

    private static void says(Person speaker, Person to, String text, Person... others) throws Exception {
        int before = to.told().size();
        speaker.say(to, text);
        speaker.awaitAccepted();
        to.awaitTold(before + 1);
        for (Person other : others) {
            Person.await(() -> other.textsTold().contains(speaker.user() + ": " + text), () -> text + " does not come");
        }
    }

    private void bothForget() throws Exception {
        alice.client().changeHistoryPolicy(AFTER_A_WEEK);
        bob.client().changeHistoryPolicy(AFTER_A_WEEK);
    }

    private KeyBundle published(Person person) throws Exception {
        return KeyBundle.parse(
                world.stores().keys().latestBundle(person.user()).orElseThrow().bytes());
    }

    /** The two policies in the header of the last epoch. */
    private List<Long> policiesOfTheLastEpoch() {
        Bytes header = headers.get(headers.size() - 1);
        int at = "pychat/1 epoch name".length()
                + 1
                + 1
                + 2
                + 16
                + 32
                + 32
                + 32
                + 16
                + 4
                + 110
                + 16
                + 8
                + 8
                + 8
                + 32
                + 8
                + 8;
        return List.of(u32(header, at), u32(header, at + 4));
    }

    private static long u32(Bytes bytes, int at) {
        return Long.parseLong(bytes.slice(at, 4).hex(), 16);
    }

    @Test
    void policyIsTheAccountsOwnSignedWordAndStandsInEveryHeader() throws Exception {
        assertThat(alice.client().historyPolicy()).isEqualTo(HistoryPolicy.KEEP);
        says(alice, bob, "one");
        assertThat(policiesOfTheLastEpoch()).containsExactly(0L, 0L);
        alice.client().changeHistoryPolicy(AFTER_A_WEEK);
        assertThat(alice.client().historyPolicy()).isEqualTo(AFTER_A_WEEK);
        assertThat(published(alice).historyPolicy()).isEqualTo(AFTER_A_WEEK);
        alice = backAgain(alice);
        assertThat(alice.client().historyPolicy()).isEqualTo(AFTER_A_WEEK);
        says(alice, bob, "two");
        assertThat(policiesOfTheLastEpoch()).containsExactly(WEEK.toSeconds(), 0L);
        bob = backAgain(bob);
        says(bob, alice, "three");
        assertThat(policiesOfTheLastEpoch()).containsExactly(0L, WEEK.toSeconds());
        ConversationTest.noFindings(alice, bob);
    }

    @Test
    void onlyWhoIsLoggedInHasAPolicy() throws Exception {
        Person nobody = connect("nobody", new MemoryClientStores());
        assertThatThrownBy(() -> nobody.client().historyPolicy()).isInstanceOf(NotLoggedInException.class);
        assertThatThrownBy(() -> nobody.client().changeHistoryPolicy(AFTER_A_WEEK))
                .isInstanceOf(NotLoggedInException.class);
    }

    @Test
    void vaultAndBackupHoldNoPrivateKeyThatOpensMessages() throws Exception {
        says(bob, alice, "one");
        try (Vault before = Seizure.vault(world, alice)) {
            assertThat(Seizure.openingKeys(before.entries())).isNotEmpty();
        }
        alice.client().changeHistoryPolicy(AFTER_A_WEEK);
        says(bob, alice, "two");
        says(alice, bob, "three");
        alice.client().rotateKeys();
        try (Vault vault = Seizure.vault(world, alice)) {
            assertThat(Seizure.openingKeys(vault.entries())).isEmpty();
            assertThat(vault.entries()).anyMatch(entry -> entry.type() == 3 && entry.tombstone());
            assertThat(vault.entries()).anyMatch(entry -> entry.type() == 7 && entry.tombstone());
        }
        try (Backup backup = BackupFile.of(alice).open(alice.client())) {
            assertThat(Seizure.openingKeys(backup.keys().entries())).isEmpty();
        }
        ConversationTest.noFindings(alice, bob);
    }

    @Test
    void backupOfTheTimeBeforeBringsNoKeyBack() throws Exception {
        says(bob, alice, "one");
        BackupFile before = BackupFile.of(alice);
        alice.client().changeHistoryPolicy(AFTER_A_WEEK);
        clock.goOn(WEEK);
        alice = backAgain(alice);
        Person.await(() -> opens(alice, bob).isEmpty(), () -> "the old keys stay");
        before.takenBy(alice);
        alice.client().rotateKeys();
        assertThat(opens(alice, bob)).isEmpty();
        try (Vault vault = Seizure.vault(world, alice)) {
            assertThat(Seizure.openingKeys(vault.entries())).isEmpty();
        }
    }

    private List<Long> opens(Person person, Person peer) {
        try {
            return Seizure.of(world, person).opens(peer);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void passphraseAndServerOpenEverythingOfAnAccountThatKeeps() throws Exception {
        says(alice, bob, "one");
        says(bob, alice, "two");
        alice.client().rotateKeys();
        bob = backAgain(bob);
        says(bob, alice, "three");
        alice.awaitAccepted();
        alice.client().rotateKeys();
        assertThat(Seizure.ofTheServer(world, alice).opens(bob)).containsExactly(1L, 2L, 3L);
    }

    @Test
    void seizedKeyringAndServerOpenNothingThatIsOlderThanTheTime() throws Exception {
        bothForget();
        says(alice, bob, "one");
        says(bob, alice, "two");
        assertThat(Seizure.ofTheServer(world, alice).opens(bob)).isEmpty();
        assertThat(opens(alice, bob)).containsExactly(1L, 2L);
        clock.goOn(WEEK.minusHours(1));
        alice = backAgain(alice);
        assertThat(opens(alice, bob)).contains(1L, 2L);
        clock.goOn(Duration.ofHours(2));
        alice = backAgain(alice);
        alice.client().rotateKeys();
        assertThat(opens(alice, bob)).isEmpty();
        bob = backAgain(bob);
        says(bob, alice, "three");
        says(alice, bob, "four");
        assertThat(opens(alice, bob)).containsExactly(3L, 4L);
        ConversationTest.noFindings(alice, bob);
    }

    /** The pool is dry, so what was sent lies under wrapping and last-resort key alone. */
    @Test
    void whatWasWrappedToALastResortKeyIsGoneWithIt() throws Exception {
        bothForget();
        while (world.stores()
                .keys()
                .takeOneTimeKey(alice.user(), DeviceKeys.of(alice).device())
                .isPresent()) {
            assertThat(alice.notices()).isEmpty();
        }
        says(bob, alice, "one");
        assertThat(opens(alice, bob)).containsExactly(1L);
        clock.goOn(WEEK);
        alice = backAgain(alice);
        assertThat(opens(alice, bob)).as("replaced a moment ago").containsExactly(1L);
        clock.goOn(WEEK);
        alice = backAgain(alice);
        Person.await(() -> opens(alice, bob).isEmpty(), () -> "the last-resort key stays");
    }

    @Test
    void messageThatWaitsForADeviceLongAfterItsKeyWasReplacedIsReadBeforeTheKeyIsErased() throws Exception {
        bothForget();
        bob.with(alice).identity();
        bob.say(alice, "zero");
        bob.awaitAccepted();
        alice.awaitTold(1);
        KeyBundle old = published(alice);
        alice.client().rotateKeys();
        alice.close();
        Bulk late = new Bulk(world, bob, alice, old.bytes(), clock.instant());
        late.write(Content.text("on the bundle before"));
        clock.goOn(Duration.ofDays(20));
        alice = logIn("alice", alice.stores());
        alice.awaitTold(1);
        assertThat(alice.textsTold()).containsExactly("bob: on the bundle before");
        ConversationTest.noFindings(alice, bob);
        Person.await(() -> opens(alice, bob).isEmpty(), () -> "the replaced key stays");
    }

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

    private static long knows(Person person) {
        try (Keyring keyring = DeviceKeys.of(person)) {
            return keyring.bundle().orElseThrow().fields().serial();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
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

    @Test
    void theKeyOfAnOwnWrapNeverLeavesTheDeviceAndOpensTheEpochAfterARestart() throws Exception {
        alice.client().changeHistoryPolicy(AFTER_A_WEEK);
        int pool = world.stores()
                .keys()
                .oneTimeKeys(alice.user(), DeviceKeys.of(alice).device());
        alice.say(bob, "one");
        alice.awaitAccepted();
        bob.awaitTold(1);
        alice = backAgain(alice);
        alice.client().rotateKeys();
        assertThat(world.stores()
                        .keys()
                        .oneTimeKeys(alice.user(), DeviceKeys.of(alice).device()))
                .isEqualTo(pool);
        assertThat(Person.texts(alice.history(bob))).containsExactly("alice: one");
        assertThat(opens(alice, bob)).containsExactly(1L);
        ConversationTest.noFindings(alice, bob);
    }

    /** Its process ends between the server's answer and the message's way back. */
    @Test
    void ownMessageThatWasSentJustBeforeTheProcessEndedIsReadAfterwards() throws Exception {
        alice.client().changeHistoryPolicy(AFTER_A_WEEK);
        FailingStores device = new FailingStores((MemoryClientStores) alice.stores());
        alice.close();
        alice = logIn("alice", device);
        device.transcripts().fail(Fault.Kind.REFUSED, 1_000);
        alice.say(bob, "one");
        alice.awaitAccepted();
        Person.await(() -> device.transcripts().count() > 0, () -> "nothing was to be stored");
        alice.close();
        clock.goOn(Duration.ofDays(20));
        Person back = logIn("alice", device.copy());
        back.awaitTold(1);
        assertThat(back.textsTold()).containsExactly("alice: one");
        ConversationTest.noFindings(back, bob);
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
        new Bulk(world, carol, alice).write(1);
        alice.awaitTold(3);
        tablet.awaitTold(3);
        assertThat(headers.get(headers.size() - 1).at("pychat/1 epoch name".length() + 3))
                .isEqualTo((byte) 1);
        assertThat(alice.textsTold())
                .containsExactly("alice: from the first", "alice: from the second", "carol: bulk 1")
                .isEqualTo(tablet.textsTold());
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
}
