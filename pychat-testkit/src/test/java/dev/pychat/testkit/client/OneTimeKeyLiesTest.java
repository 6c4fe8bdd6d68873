package dev.pychat.testkit.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pychat.client.ClientOptions;
import dev.pychat.client.KeysRefusedException;
import dev.pychat.client.RefusedException;
import dev.pychat.client.SuiteChange;
import dev.pychat.key.BundleDefect;
import dev.pychat.key.KeyBundle;
import dev.pychat.key.KeySection;
import dev.pychat.key.Suite;
import dev.pychat.keyring.Keyring;
import dev.pychat.model.Bytes;
import dev.pychat.model.DeviceId;
import dev.pychat.model.Username;
import dev.pychat.store.memory.MemoryClientStores;
import dev.pychat.testkit.liar.AnswerLies;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The server lies about one-time keys, and about which suites a bundle lists. */
class OneTimeKeyLiesTest {

    private static final Username ALICE = new Username("alice");

    private final MovingClock clock = new MovingClock();
    private World world;
    private Person alice;
    private Person bob;

    @BeforeEach
    void start() throws Exception {
        world = World.start();
        alice = signUp("alice");
        bob = signUp("bob");
    }

    @AfterEach
    void stop() {
        world.close();
    }

    private Person signUp(String name) throws Exception {
        Person person = world.connect(name, new MemoryClientStores(), world.transport(), this::onTheClock);
        person.client().signUp(person.user(), World.passphrase(name));
        return person;
    }

    private Person comesBack(Person person) throws Exception {
        person.close();
        String name = person.user().value();
        Person back = world.connect(name, person.stores(), world.transport(), this::onTheClock);
        back.client().logIn(back.user(), World.passphrase(name));
        return back;
    }

    private ClientOptions.Builder onTheClock(ClientOptions.Builder options) {
        return options.clock(clock.withZone(ZoneOffset.UTC));
    }

    private void says(Person speaker, Person to, String text) throws Exception {
        int before = to.told().size();
        speaker.say(to, text);
        speaker.awaitAccepted();
        to.awaitTold(before + 1);
    }

    private Bytes aKeyOf(Person person) throws Exception {
        DeviceId device = DeviceKeys.of(person).device();
        return world.stores().keys().takeOneTimeKey(person.user(), device).orElseThrow();
    }

    @Test
    void keyOfAnotherAccountIsNotTakenAndTheMessageGoesOnTheLastResortKey() throws Exception {
        world.liar().answer(ALICE, AnswerLies.oneTimeKey(aKeyOf(signUp("carol"))));
        says(alice, bob, "one");
        assertThat(Scene.texts(bob)).containsExactly("one");
        assertThat(alice.awaitNotices(1))
                .singleElement()
                .asString()
                .contains("one-time key that the server gives for bob is not taken")
                .contains("Distrust the server");
        assertThat(Scene.found(alice)).isEmpty();
        ConversationTest.noFindings(bob);
    }

    @Test
    void keyThatIsHandedToOneSenderTwiceServesOneEpoch() throws Exception {
        world.liar().answer(ALICE, AnswerLies.oneTimeKey(aKeyOf(bob)));
        says(alice, bob, "one");
        clock.goOn(Duration.ofHours(25));
        says(alice, bob, "two");
        assertThat(Scene.texts(bob)).containsExactly("one", "two");
        assertThat(alice.awaitNotices(1)).singleElement().asString().contains("it has given it before");
        assertThat(Scene.found(alice)).isEmpty();
        ConversationTest.noFindings(bob);
    }

    @Test
    void keyThatIsHandedToTwoSendersOpensForTheFirstAndIsFoundWithTheSecond() throws Exception {
        Person carol = signUp("carol");
        Bytes key = aKeyOf(bob);
        world.liar().answer(ALICE, AnswerLies.oneTimeKey(key));
        world.liar().answer(carol.user(), AnswerLies.oneTimeKey(key));
        says(alice, bob, "one");
        says(carol, bob, "two");
        assertThat(Scene.texts(bob)).containsExactly("one", "-");
        assertThat(Scene.found(bob)).containsExactly("1 ONE_TIME_REUSED");

        world.liar().beHonest();
        says(carol, bob, "still in that epoch");
        carol = comesBack(carol);
        says(carol, bob, "four");
        says(alice, bob, "five");
        assertThat(Scene.texts(bob)).containsExactly("one", "-", "-", "four", "five");
        assertThat(Scene.found(bob)).containsExactly("1 ONE_TIME_REUSED", "2 ONE_TIME_REUSED");
        ConversationTest.noFindings(alice, carol);
    }

    @Test
    void poolThatIsWithheldIsFoundWhenTheServerSpeaksOfItAgain() throws Exception {
        bob.client().rotateKeys();
        world.liar().answer(ALICE, AnswerLies.dryPools());
        clock.goOn(Duration.ofHours(25));
        says(alice, bob, "one");
        bob.client().rotateKeys();
        assertThat(bob.notices()).isEmpty();
        clock.goOn(Duration.ofHours(25));
        bob.client().rotateKeys();
        assertThat(bob.awaitNotices(1)).singleElement().asString().startsWith("POOL_WITHHELD: message 1 of alice");
        assertThat(Scene.texts(bob)).containsExactly("one");

        clock.goOn(Duration.ofHours(25));
        bob = comesBack(bob);
        bob.client().rotateKeys();
        ConversationTest.noFindings(alice, bob);
    }

    /** A server gives nobody more than some keys of one account in a day, so who asks for many may honestly get none. */
    @Test
    void epochsOfASenderWhoBeginsVeryManyAreNotJudged() throws Exception {
        bob.client().rotateKeys();
        world.liar().answer(ALICE, AnswerLies.dryPools());
        clock.goOn(Duration.ofHours(25));
        for (int epoch = 1; epoch <= 6; epoch++) {
            says(alice, bob, "epoch " + epoch);
            alice = comesBack(alice);
        }
        clock.goOn(Duration.ofHours(25));
        bob.client().rotateKeys();
        bob.client().rotateKeys();
        assertThat(bob.awaitNotices(4))
                .hasSize(4)
                .allSatisfy(notice -> assertThat(notice).contains("POOL_WITHHELD"));
        assertThat(Scene.found(bob)).isEmpty();
    }

    @Test
    void poolThatOthersHaveEmptiedIsNoFinding() throws Exception {
        bob.client().rotateKeys();
        clock.goOn(Duration.ofHours(25));
        for (int left = 20; left > 0; left--) {
            aKeyOf(bob);
        }
        says(alice, bob, "one");
        clock.goOn(Duration.ofHours(25));
        bob.client().rotateKeys();
        clock.goOn(Duration.ofHours(25));
        bob.client().rotateKeys();
        ConversationTest.noFindings(alice, bob);
    }

    /** The copy knows nothing of the time in which the pool was dry, and of the keys that the living device has made since. */
    @Test
    void oldCopyOfADeviceAccusesNobodyOfWhatTheLivingOneHasSeen() throws Exception {
        says(bob, alice, "hello");
        MemoryClientStores old = ((MemoryClientStores) bob.stores()).copy();
        bob.close();
        clock.goOn(Duration.ofDays(2));
        for (int left = 20; left > 0; left--) {
            aKeyOf(bob);
        }
        alice.say(bob, "on the last resort");
        alice.awaitAccepted();
        clock.goOn(Duration.ofDays(2));
        bob = comesBack(bob);
        bob.client().rotateKeys();
        bob.awaitTold(1);
        bob.close();
        clock.goOn(Duration.ofDays(1));
        Person copy = world.connect("bob", old, world.transport(), this::onTheClock);
        copy.client().logIn(copy.user(), World.passphrase("bob"));
        copy.awaitTold(1);
        copy.client().rotateKeys();
        copy.client().rotateKeys();
        assertThat(copy.awaitNotices(1))
                .noneMatch(notice -> notice.contains("POOL_WITHHELD"))
                .anyMatch(notice -> notice.contains("another copy of this device"));
        ConversationTest.noFindings(alice, bob);
    }

    @Test
    void suiteThatTheServerTakesOutOfABundleIsNotTakenForTheAccountsWord() throws Exception {
        world.liar().answer(ALICE, AnswerLies.withoutSuite(bob.user(), Suite.HYBRID));
        alice.say(bob, "not to be sent in suite 1");
        Person.await(() -> !alice.refusedKeys().isEmpty(), () -> "nothing was refused");
        assertThat(alice.refusedKeys())
                .singleElement()
                .satisfies(refused -> assertThat(refused.defect()).isEqualTo(BundleDefect.BAD_SIGNATURE));
        assertThat(world.liar().truth(ALICE, bob.user())).isEmpty();
    }

    /** A program of Bob that knows nothing of suite 2, or somebody who has Bob's keys. */
    private Bytes bobsBundleInSuiteOne() throws Exception {
        try (Keyring keys = DeviceKeys.of(bob)) {
            KeyBundle last = keys.bundle().orElseThrow();
            KeySection wrapping = last.fields().sections().stream()
                    .filter(section -> section.suite().equals(Suite.RSA))
                    .findAny()
                    .orElseThrow();
            return new BundleDraft(last)
                    .following(last.hash())
                    .offering(Suite.RSA, wrapping)
                    .signedBy(keys);
        }
    }

    @Test
    void lowerSuiteStopsNewEpochsUntilThePersonAcceptsIt() throws Exception {
        says(alice, bob, "one");
        world.liar().answer(ALICE, AnswerLies.bundle(bob.user(), bobsBundleInSuiteOne(), 2));
        clock.goOn(Duration.ofHours(25));
        alice.say(bob, "two");
        Person.await(() -> !alice.refusedKeys().isEmpty(), () -> "nothing was refused");
        assertThat(alice.refusedKeys())
                .singleElement()
                .satisfies(refused -> assertThat(refused.defect()).isEqualTo(BundleDefect.SUITE_LOWERED));
        assertThatThrownBy(() -> alice.say(bob, "more")).isInstanceOf(KeysRefusedException.class);
        assertThat(world.liar().truth(ALICE, bob.user())).hasSize(1);
        SuiteChange change = alice.with(bob).identity().suite().orElseThrow();
        assertThat(change).isEqualTo(new SuiteChange(Suite.HYBRID, Suite.RSA));

        alice.with(bob).acceptSuite(change.after());
        alice.awaitAccepted();
        bob.awaitTold(2);
        assertThat(alice.with(bob).identity().suite()).isEmpty();
        assertThatThrownBy(() -> alice.with(bob).acceptSuite(Suite.RSA)).isInstanceOf(RefusedException.class);
        assertThat(List.of(bob.told().size(), Scene.found(alice).size())).containsExactly(2, 0);
    }

    @Test
    void minimumOutlivesTheProcess() throws Exception {
        says(alice, bob, "one");
        world.liar().answer(ALICE, AnswerLies.bundle(bob.user(), bobsBundleInSuiteOne(), 2));
        alice = comesBack(alice);
        alice.say(bob, "two");
        Person.await(() -> !alice.refusedKeys().isEmpty(), () -> "nothing was refused");
        assertThat(alice.refusedKeys())
                .allSatisfy(refused -> assertThat(refused.defect()).isEqualTo(BundleDefect.SUITE_LOWERED));
        assertThat(world.liar().truth(ALICE, bob.user())).hasSize(1);
    }
}
