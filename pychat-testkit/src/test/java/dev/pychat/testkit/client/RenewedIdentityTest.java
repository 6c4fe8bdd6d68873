package dev.pychat.testkit.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.client.ClientState;
import dev.pychat.client.IdentityChange;
import dev.pychat.crypto.open.Ed25519PublicKey;
import dev.pychat.crypto.secret.Passphrase;
import dev.pychat.envelope.OwnHeader;
import dev.pychat.model.LaneId;
import dev.pychat.model.Position;
import dev.pychat.store.memory.MemoryClientStores;
import dev.pychat.testkit.liar.Shown;
import dev.pychat.wire.ClientFrame;
import dev.pychat.wire.Message;
import dev.pychat.wire.Submit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Alice gives her account another identity in the middle of a conversation: her lanes begin anew. */
class RenewedIdentityTest {

    private static final String NEXT = "the next passphrase of alice";

    private final FailingStores device = new FailingStores(new MemoryClientStores());
    private World world;
    private FaultyTransport wire;
    private Person alice;
    private Person bob;

    @BeforeEach
    void start() throws Exception {
        world = World.start();
        wire = new FaultyTransport(world.transport());
        alice = world.connect("alice", device, wire);
        alice.client().signUp(alice.user(), World.passphrase("alice"));
        bob = world.signUp("bob");
        alice.say(bob, "one");
        alice.awaitAccepted();
        alice.awaitTold(1);
        bob.awaitTold(1);
    }

    @AfterEach
    void stop() {
        world.close();
    }

    private void reset() throws Exception {
        try (Passphrase old = World.passphrase("alice");
                Passphrase next = Passphrase.of(NEXT.toCharArray())) {
            alice.client().resetIdentity(old, next);
        }
    }

    private List<Shown> truth() {
        return world.liar().truth(alice.user(), bob.user());
    }

    private List<LaneId> lanes() {
        return truth().stream().map(shown -> shown.item().lane()).toList();
    }

    private List<Ed25519PublicKey> makers() {
        return truth().stream()
                .map(shown -> OwnHeader.maker(shown.header()).orElseThrow())
                .toList();
    }

    private void bobAcceptsAndReads(String... texts) throws Exception {
        IdentityChange change = bob.with(alice).identity().change().orElseThrow();
        bob.with(alice).acceptIdentity(change.after());
        Person.await(
                () -> bob.openedLate().size() == texts.length - 1,
                () -> "opened late were " + bob.openedLate().size());
        List<String> read = Person.texts(bob.history(alice));
        assertThat(read).containsExactly(texts);
        assertThat(bob.history(alice))
                .allSatisfy(message -> assertThat(message.findings()).isEmpty());
    }

    @Test
    void laneIsLeftWithTheIdentityThatBeganIt() throws Exception {
        reset();
        alice.say(bob, "two");
        alice.say(bob, "three");
        alice.awaitAccepted();
        assertThat(lanes().get(1)).isNotEqualTo(lanes().get(0)).isEqualTo(lanes().get(2));
        assertThat(makers().get(1)).isNotEqualTo(makers().get(0)).isEqualTo(makers().get(2));
        bob.awaitTold(3);
        bobAcceptsAndReads("alice: one", "alice: two", "alice: three");
    }

    @Test
    void serverThatGivesWhatWasNotAskedForIsNotAskedForEver() throws Exception {
        reset();
        alice.say(bob, "two");
        bob.awaitTold(2);
        AtomicInteger asked = bobAcceptsAndIsGivenTheFirstAgain();
        Person.await(
                () -> bob.notices().stream().anyMatch(notice -> notice.contains("gives other messages of the history")),
                () -> "asked " + asked + " times, told " + bob.notices());
        assertThat(asked).hasValue(1);
        assertThat(Scene.texts(bob)).containsExactly("one", "-");
    }

    @Test
    void serverThatGivesNothingOfWhatDidNotOpenIsToldOfOnce() throws Exception {
        reset();
        for (String text : List.of("two", "three", "four")) {
            alice.say(bob, text);
        }
        bob.awaitTold(4);
        AtomicInteger asked = bobAcceptsAndIsGivenTheFirstAgain();
        Person.await(() -> asked.get() == 3, () -> "asked " + asked + " times, told " + bob.notices());
        // News of what comes next are told behind those of the answers before.
        world.stopServer();
        Person.await(
                () -> bob.states().stream().anyMatch(ClientState.Waiting.class::isInstance),
                () -> "bob was told " + bob.states());
        assertThat(bob.notices())
                .filteredOn(notice -> notice.contains("gives other messages of the history"))
                .hasSize(1);
    }

    /** Counts how often the server was asked for a page, and gave the first message in place of it. */
    private AtomicInteger bobAcceptsAndIsGivenTheFirstAgain() throws Exception {
        IdentityChange change = bob.with(alice).identity().change().orElseThrow();
        AtomicInteger asked = new AtomicInteger();
        List<Message.Item> first = List.of(truth().get(0).item());
        world.liar()
                .answer(
                        bob.user(),
                        told -> told instanceof Message page
                                        && page.re() != 0
                                        && !page.items().isEmpty()
                                ? firstAgain(page, first, asked)
                                : told);
        bob.with(alice).acceptIdentity(change.after());
        return asked;
    }

    private static Message firstAgain(Message page, List<Message.Item> first, AtomicInteger asked) {
        asked.incrementAndGet();
        return new Message(page.re(), page.with(), Position.FIRST, first, List.of(), false);
    }

    @Test
    void restartedDeviceLeavesItToo() throws Exception {
        reset();
        alice.close();
        alice = world.connect("alice", alice.stores(), world.transport());
        try (Passphrase next = Passphrase.of(NEXT.toCharArray())) {
            alice.client().logIn(alice.user(), next);
        }
        alice.say(bob, "two");
        alice.awaitAccepted();
        assertThat(lanes()).doesNotHaveDuplicates();
        bob.awaitTold(2);
        bobAcceptsAndReads("alice: one", "alice: two");
    }

    @Test
    void whatTheServerDoesNotHaveYetIsSealedAnew() throws Exception {
        resetWithTwoOnTheirWay();
        wire.outgoing(Optional::of);
        wire.cut();
        alice.awaitAccepted();
        assertThat(lanes().get(1)).isNotEqualTo(lanes().get(0)).isEqualTo(lanes().get(2));
        assertThat(makers().get(1)).isNotEqualTo(makers().get(0)).isEqualTo(makers().get(2));
        bob.awaitTold(3);
        bobAcceptsAndReads("alice: one", "alice: two", "alice: three");
    }

    @Test
    void whatCouldNotBeSealedAnewIsALittleLater() throws Exception {
        resetWithTwoOnTheirWay();
        device.outbox().fail(Fault.Kind.REFUSED, 4);
        wire.outgoing(Optional::of);
        wire.cut();
        alice.awaitAccepted();
        assertThat(device.outbox().count()).isEqualTo(4);
        assertThat(makers().get(1)).isNotEqualTo(makers().get(0)).isEqualTo(makers().get(2));
    }

    private void resetWithTwoOnTheirWay() throws Exception {
        AtomicInteger held = new AtomicInteger();
        wire.outgoing(frame -> {
            if (frame instanceof Submit) {
                held.incrementAndGet();
                return Optional.<ClientFrame>empty();
            }
            return Optional.of(frame);
        });
        alice.say(bob, "two");
        alice.say(bob, "three");
        Person.await(() -> held.get() == 2, () -> held + " messages were on their way");
        reset();
    }
}
