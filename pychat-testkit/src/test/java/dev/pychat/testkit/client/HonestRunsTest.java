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
