package dev.pychat.testkit.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.client.ClientOptions;
import dev.pychat.key.KeyBundle;
import dev.pychat.model.EpochName;
import dev.pychat.model.Username;
import dev.pychat.store.memory.MemoryClientStores;
import dev.pychat.testkit.liar.Shown;
import dev.pychat.wire.ClientFrame;
import dev.pychat.wire.Ok;
import dev.pychat.wire.PutEpoch;
import dev.pychat.wire.ServerFrame;
import dev.pychat.wire.Submit;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an honest server and honest devices go through gives no finding and no notice. */
class HonestRunsTest {

    private final MovingClock clock = new MovingClock();
    private World world;

    @BeforeEach
    void start() throws Exception {
        world = World.start();
    }

    @AfterEach
    void stop() {
        world.close();
    }

    private Person logIn(String name, MemoryClientStores stores, FaultyTransport wire) throws Exception {
        Person person = world.connect(name, stores, wire, this::onTheClock);
        person.client().logIn(person.user(), World.passphrase(name));
        return person;
    }

    private Person signUp(String name, FaultyTransport wire) throws Exception {
        Person person = world.connect(name, new MemoryClientStores(), wire, this::onTheClock);
        person.client().signUp(person.user(), World.passphrase(name));
        return person;
    }

    private ClientOptions.Builder onTheClock(ClientOptions.Builder options) {
        return options.clock(clock.withZone(ZoneOffset.UTC));
    }

    private FaultyTransport wire() {
        return new FaultyTransport(world.transport());
    }

    private static MemoryClientStores disk(Person person) {
        return ((MemoryClientStores) person.stores()).copy();
    }

    private List<EpochName> epochs() {
        return world.liar().truth(new Username("alice"), new Username("bob")).stream()
                .map(Shown::item)
                .map(item -> item.epoch())
                .toList();
    }

    @Test
    void firstMessageThatArrivesWhileNoDeviceIsThere() throws Exception {
        Person alice = signUp("alice", wire());
        Person bob = signUp("bob", wire());
        bob.close();
        alice.say(bob, "one");
        alice.awaitAccepted();
        alice.awaitTold(1);
        alice.close();

        Person back = logIn("bob", disk(bob), wire());
        back.awaitTold(1);
        back.say(alice, "two");
        back.awaitAccepted();
        Person again = logIn("alice", disk(alice), wire());
        again.awaitTold(1);
        again.say(back, "three");
        back.awaitTold(3);
        assertThat(Person.texts(back.history(again))).containsExactly("alice: one", "bob: two", "alice: three");
        ConversationTest.noFindings(alice, bob, back, again);
    }

    @Test
    void senderKilledWhenTheServerHasTheEpochAndNoMessageOfIt() throws Exception {
        Person bob = signUp("bob", wire());
        FaultyTransport wire = wire();
        Person alice = signUp("alice", wire);
        CompletableFuture<MemoryClientStores> disk = new CompletableFuture<>();
        AtomicLong put = new AtomicLong();
        wire.outgoing(frame -> {
            if (frame instanceof PutEpoch asked) {
                put.set(asked.id());
            }
            return Optional.of(frame);
        });
        wire.incoming(frame -> {
            if (frame instanceof Ok ok && ok.re() == put.get()) {
                disk.complete(disk(alice));
                wire.kill();
                return Optional.<ServerFrame>empty();
            }
            return Optional.of(frame);
        });
        alice.say(bob, "one");
        alice.say(bob, "two");
        MemoryClientStores copy = disk.get(120, TimeUnit.SECONDS);
        alice.close();

        Person back = logIn("alice", copy, wire());
        back.awaitAccepted();
        back.say(bob, "three");
        back.awaitAccepted();
        Person.await(() -> bob.textsTold().contains("alice: three"), () -> "bob was told " + bob.textsTold());
        assertThat(bob.textsTold())
                .startsWith("alice: one")
                .endsWith("alice: three")
                .doesNotHaveDuplicates();
        ConversationTest.noFindings(bob, back);
    }

    @Test
    void restartWithUnsentMessagesOfTheOldEpoch() throws Exception {
        Person bob = signUp("bob", wire());
        FaultyTransport wire = wire();
        Person alice = signUp("alice", wire);
        alice.say(bob, "one");
        alice.awaitAccepted();
        heldBack(wire, 3, alice, bob, "two", "three", "four");
        MemoryClientStores copy = disk(alice);
        alice.close();

        Person back = logIn("alice", copy, wire());
        back.say(bob, "five");
        back.awaitAccepted();
        bob.awaitTold(5);
        assertThat(Scene.texts(bob)).containsExactly("one", "two", "three", "four", "five");
        List<EpochName> epochs = epochs();
        assertThat(epochs.subList(0, 4)).containsOnly(epochs.get(0));
        assertThat(epochs.get(4)).isNotEqualTo(epochs.get(0));
        ConversationTest.noFindings(bob, back);
    }

    @Test
    void bundleThatChangesWithMessagesInFlight() throws Exception {
        Person bob = signUp("bob", wire());
        FaultyTransport wire = wire();
        Person alice = signUp("alice", wire);
        alice.say(bob, "one");
        alice.awaitAccepted();
        bob.awaitTold(1);
        heldBack(wire, 3, alice, bob, "two", "three", "four");
        bob.close();
        clock.goOn(Duration.ofDays(31));
        Person back = logIn("bob", disk(bob), wire());
        assertThat(serial(back)).isEqualTo(2);

        wire.outgoing(Optional::of);
        wire.cut();
        alice.say(bob, "five");
        alice.awaitAccepted();
        back.awaitTold(4);
        back.say(alice, "six");
        alice.awaitTold(6);
        back.awaitTold(5);
        assertThat(Scene.texts(back)).containsExactly("two", "three", "four", "five", "six");
        List<EpochName> epochs = epochs();
        assertThat(epochs.subList(0, 4)).containsOnly(epochs.get(0));
        assertThat(epochs.get(4)).isNotEqualTo(epochs.get(0));
        ConversationTest.noFindings(alice, bob, back);
    }

    /** The wrapping key is replaced after 30 days, by whichever device is there first. */
    @Test
    void recipientAwayForFortyDaysOverARotation() throws Exception {
        Person alice = signUp("alice", wire());
        Person bob = signUp("bob", wire());
        MemoryClientStores tabletStores = new MemoryClientStores();
        Person tablet = logIn("bob", tabletStores, wire());
        alice.say(bob, "day 0");
        alice.awaitAccepted();
        bob.awaitTold(1);
        tablet.awaitTold(1);
        bob.close();
        tablet.close();
        for (int day = 10; day <= 30; day += 10) {
            clock.goOn(Duration.ofDays(10));
            alice.say(bob, "day " + day);
            alice.awaitAccepted();
        }
        clock.goOn(Duration.ofDays(1));
        Person desk = logIn("bob", disk(bob), wire());
        desk.awaitTold(3);
        // The second lists the tablet, the third has the next key.
        assertThat(serial(desk)).isEqualTo(3);
        clock.goOn(Duration.ofDays(9));
        alice.say(desk, "day 40");
        alice.awaitAccepted();
        desk.awaitTold(4);

        Person back = logIn("bob", tabletStores, wire());
        back.awaitTold(4);
        assertThat(Scene.texts(back)).containsExactly("day 10", "day 20", "day 30", "day 40");
        assertThat(Scene.texts(desk)).isEqualTo(Scene.texts(back));
        back.say(alice, "back again");
        alice.awaitTold(6);
        desk.awaitTold(5);
        assertThat(epochs()).doesNotHaveDuplicates();
        ConversationTest.noFindings(alice, bob, tablet, desk, back);
    }

    /** Each day the recipient has another key, and the sender never stops. */
    @Test
    void bundlesThatChangeWhileThereIsAlwaysSomethingInFlight() throws Exception {
        Person alice = signUp("alice", wire());
        Person bob = signUp("bob", wire());
        List<String> texts = new ArrayList<>();
        for (int day = 0; day < 4; day++) {
            for (int i = 0; i < 40; i++) {
                if (i == 20) {
                    // So that what was asked for the day before has been answered.
                    bob.awaitTold(day * 40 + 1);
                    bob.client().rotateKeys();
                    clock.goOn(Duration.ofHours(25));
                }
                texts.add("day " + day + ", message " + i);
                alice.say(bob, texts.get(texts.size() - 1));
            }
        }
        alice.awaitAccepted();
        bob.awaitTold(texts.size());
        assertThat(Scene.texts(bob)).isEqualTo(texts);
        assertThat(serial(bob)).isEqualTo(5);
        clock.goOn(Duration.ofHours(49));
        alice.say(bob, "on the newest one");
        bob.awaitTold(texts.size() + 1);
        assertThat(new HashSet<>(epochs())).hasSizeBetween(2, 6);
        ConversationTest.noFindings(alice, bob);
    }

    private long serial(Person person) throws Exception {
        return KeyBundle.parse(world.stores()
                        .keys()
                        .latestBundle(person.user())
                        .orElseThrow()
                        .bytes())
                .fields()
                .serial();
    }

    /** These are sealed and on their way, and never reach the server. */
    private static void heldBack(FaultyTransport wire, int count, Person alice, Person bob, String... texts)
            throws Exception {
        AtomicInteger held = new AtomicInteger();
        wire.outgoing(frame -> {
            if (frame instanceof Submit) {
                held.incrementAndGet();
                return Optional.<ClientFrame>empty();
            }
            return Optional.of(frame);
        });
        for (String text : texts) {
            alice.say(bob, text);
        }
        Person.await(() -> held.get() == count, () -> held + " messages were on their way");
    }
}
