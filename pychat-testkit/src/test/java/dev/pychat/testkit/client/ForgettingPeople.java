package dev.pychat.testkit.client;

import dev.pychat.key.HistoryPolicy;
import dev.pychat.key.KeyBundle;
import dev.pychat.keyring.Keyring;
import dev.pychat.model.Bytes;
import dev.pychat.store.ClientStores;
import dev.pychat.store.memory.MemoryClientStores;
import dev.pychat.wire.PutEpoch;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Two people of whom one or both forget, whose clocks can be put forward, and everything that they put of their epochs. */
abstract class ForgettingPeople {

    static final Duration WEEK = Duration.ofDays(7);
    static final HistoryPolicy AFTER_A_WEEK = HistoryPolicy.forgetAfter(WEEK);

    final MovingClock clock = new MovingClock();
    final List<Bytes> headers = new CopyOnWriteArrayList<>();
    World world;
    Person alice;
    Person bob;

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

    Person connect(String name, ClientStores stores) throws Exception {
        FaultyTransport wire = new FaultyTransport(world.transport());
        wire.outgoing(frame -> {
            if (frame instanceof PutEpoch put) {
                headers.add(put.header());
            }
            return Optional.of(frame);
        });
        return world.connect(name, stores, wire, options -> options.clock(clock.withZone(ZoneOffset.UTC)));
    }

    Person logIn(String name, ClientStores stores) throws Exception {
        Person person = connect(name, stores);
        person.client().logIn(person.user(), World.passphrase(name));
        return person;
    }

    Person backAgain(Person person) throws Exception {
        person.close();
        return logIn(person.user().value(), person.stores());
    }

    static void says(Person speaker, Person to, String text, Person... others) throws Exception {
        int before = to.told().size();
        speaker.say(to, text);
        speaker.awaitAccepted();
        to.awaitTold(before + 1);
        for (Person other : others) {
            Person.await(() -> other.textsTold().contains(speaker.user() + ": " + text), () -> text + " does not come");
        }
    }

    void bothForget() throws Exception {
        alice.client().changeHistoryPolicy(AFTER_A_WEEK);
        bob.client().changeHistoryPolicy(AFTER_A_WEEK);
    }

    KeyBundle published(Person person) throws Exception {
        return KeyBundle.parse(
                world.stores().keys().latestBundle(person.user()).orElseThrow().bytes());
    }

    /** The two policies in the header of the last epoch. */
    List<Long> policiesOfTheLastEpoch() {
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

    static long u32(Bytes bytes, int at) {
        return Long.parseLong(bytes.slice(at, 4).hex(), 16);
    }

    List<Long> opens(Person person, Person peer) {
        try {
            return Seizure.of(world, person).opens(peer);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    static long knows(Person person) {
        try (Keyring keyring = DeviceKeys.of(person)) {
            return keyring.bundle().orElseThrow().fields().serial();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
