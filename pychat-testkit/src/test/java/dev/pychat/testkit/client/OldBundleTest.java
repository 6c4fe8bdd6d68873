package dev.pychat.testkit.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.client.ClientOptions;
import dev.pychat.envelope.FindingCode;
import dev.pychat.model.Bytes;
import dev.pychat.store.memory.MemoryClientStores;
import dev.pychat.testkit.liar.AnswerLies;
import dev.pychat.wire.ClientFrame;
import dev.pychat.wire.Submit;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Bob has replaced his bundle, and the server goes on to hand the old one to Alice. */
class OldBundleTest {

    private final MovingClock clock = new MovingClock();
    private World world;
    private FaultyTransport wire;
    private Person alice;
    private Person bob;

    @BeforeEach
    void start() throws Exception {
        world = World.start();
        wire = new FaultyTransport(world.transport());
        alice = signUp("alice", wire);
        bob = signUp("bob", new FaultyTransport(world.transport()));
        alice.say(bob, "one");
        alice.awaitAccepted();
        bob.awaitTold(1);
    }

    @AfterEach
    void stop() {
        world.close();
    }

    private Person signUp(String name, FaultyTransport over) throws Exception {
        Person person = world.connect(name, new MemoryClientStores(), over, this::onTheClock);
        person.client().signUp(person.user(), World.passphrase(name));
        return person;
    }

    private ClientOptions.Builder onTheClock(ClientOptions.Builder options) {
        return options.clock(clock.withZone(ZoneOffset.UTC));
    }

    private void bobRotatesAndAliceIsGivenTheOldBundle() throws Exception {
        Bytes old = world.stores().keys().latestBundle(bob.user()).orElseThrow().bytes();
        bob.client().rotateKeys();
        world.liar().answer(alice.user(), AnswerLies.bundle(bob.user(), old, 1));
    }

    private void alice(String... texts) throws Exception {
        for (String text : texts) {
            alice.say(bob, text);
            alice.awaitAccepted();
        }
        bob.awaitTold(1 + texts.length);
    }

    @Test
    void bundleThatWasReplacedForMoreThanTwoDaysIsFoundOnceAndItsMessagesAreShown() throws Exception {
        bobRotatesAndAliceIsGivenTheOldBundle();
        clock.goOn(Duration.ofHours(49));
        alice("two", "three");
        assertThat(Scene.texts(bob)).containsExactly("one", "two", "three");
        assertThat(Scene.found(bob)).containsExactly("2 " + FindingCode.OLD_BUNDLE_SERVED);

        world.liar().beHonest();
        clock.goOn(Duration.ofHours(25));
        alice.say(bob, "four");
        bob.awaitTold(4);
        assertThat(Scene.found(bob)).hasSize(1);
        assertThat(bob.notices()).isEmpty();
    }

    @Test
    void deviceThatStartsAgainRemembersWhatWasConfirmed() throws Exception {
        bobRotatesAndAliceIsGivenTheOldBundle();
        bob.close();
        clock.goOn(Duration.ofHours(49));
        alice.say(bob, "two");
        alice.awaitAccepted();
        Person back = world.connect("bob", bob.stores(), world.transport(), this::onTheClock);
        back.client().logIn(back.user(), World.passphrase("bob"));
        back.awaitTold(1);
        assertThat(Scene.found(back)).containsExactly("2 " + FindingCode.OLD_BUNDLE_SERVED);
    }

    @Test
    void clocksMayDifferByTwoDays() throws Exception {
        bobRotatesAndAliceIsGivenTheOldBundle();
        clock.goOn(Duration.ofHours(47));
        alice("two");
        ConversationTest.noFindings(alice, bob);
    }

    @Test
    void messageThatWaitedForDaysIsJudgedByWhenItsBundleWasFetched() throws Exception {
        AtomicInteger held = new AtomicInteger();
        wire.outgoing(frame -> {
            if (frame instanceof Submit) {
                held.incrementAndGet();
                return Optional.<ClientFrame>empty();
            }
            return Optional.of(frame);
        });
        clock.goOn(Duration.ofHours(25));
        alice.say(bob, "two");
        Person.await(() -> held.get() == 1, () -> "nothing was sent");
        bob.client().rotateKeys();
        clock.goOn(Duration.ofDays(9));
        wire.outgoing(Optional::of);
        wire.cut();
        bob.awaitTold(2);
        ConversationTest.noFindings(alice, bob);
    }
}
