package dev.pychat.testkit.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.client.ClientState;
import dev.pychat.client.IdentityChange;
import dev.pychat.client.PendingMessage;
import dev.pychat.envelope.RewrapAnswer;
import dev.pychat.envelope.RewrapRequest;
import dev.pychat.key.ConversationIds;
import dev.pychat.model.Bytes;
import dev.pychat.model.Content;
import dev.pychat.model.EpochName;
import dev.pychat.model.Position;
import dev.pychat.store.memory.MemoryClientStores;
import dev.pychat.wire.ClientFrame;
import dev.pychat.wire.Submit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a peer, and who takes a peer's place, gets out of a device with requests for epochs and answers to them. */
class RewrapLimitsTest {

    private final FailingStores alicesDevice = new FailingStores(new MemoryClientStores());
    private World world;
    private FaultyTransport wire;
    private Person alice;
    private Person bob;

    @BeforeEach
    void meet() throws Exception {
        world = World.start();
        wire = new FaultyTransport(world.transport());
        alice = world.connect("alice", alicesDevice, wire);
        alice.client().signUp(alice.user(), World.passphrase("alice"));
        bob = world.signUp("bob");
        alice.say(bob, "hello");
        alice.awaitAccepted();
        bob.awaitTold(1);
    }

    @AfterEach
    void end() {
        world.close();
    }

    @Test
    void whatWasNotGivenYetIsNotGivenToAnIdentityThatIsAcceptedLater() throws Exception {
        askForTheFirstEpochAndHoldTheAnswer();
        resetBob();
        IdentityChange change = alice.with(bob).identity().change().orElseThrow();
        wire.outgoing(Optional::of);
        // What was on its way is unsent again, and stays while nobody has decided.
        reconnect();
        alice.with(bob).acceptIdentity(change.after());
        alice.say(bob, "welcome back");
        alice.awaitAccepted();
        Person.await(() -> Scene.texts(bob).contains("welcome back"), () -> "bob was told of " + bob.told());
        assertThat(answers(bob)).isZero();
    }

    @Test
    void programIsToldNoSecretOfWhatWaitsToBeGiven() throws Exception {
        askForTheFirstEpochAndHoldTheAnswer();
        Bytes named = new RewrapRequest(List.of(firstEpoch())).content().body();
        assertThat(alice.with(bob).pending().messages())
                .extracting(PendingMessage::content)
                .containsExactly(new Content(RewrapAnswer.TYPE, named));
    }

    private static long answers(Person person) {
        return person.told().stream()
                .flatMap(message -> message.content().stream())
                .filter(content -> content.type() == RewrapAnswer.TYPE)
                .count();
    }

    private void askForTheFirstEpochAndHoldTheAnswer() throws Exception {
        AtomicInteger held = holdSubmissions();
        try (Bulk asking = new Bulk(world, bob, alice)) {
            asking.write(new RewrapRequest(List.of(firstEpoch())).content());
        }
        nudge();
        Person.await(() -> held.get() == 1, () -> held + " messages were on their way");
    }

    private void reconnect() {
        long before = timesOnline();
        wire.cut();
        Person.await(() -> timesOnline() > before, () -> "alice does not come back: " + alice.states());
        alice.awaitOnline(bob);
    }

    private long timesOnline() {
        return alice.states().stream()
                .filter(ClientState.Online.class::isInstance)
                .count();
    }

    /** Keeps back what is submitted from now on. */
    private AtomicInteger holdSubmissions() {
        AtomicInteger held = new AtomicInteger();
        wire.outgoing(frame -> {
            if (frame instanceof Submit) {
                held.incrementAndGet();
                return Optional.<ClientFrame>empty();
            }
            return Optional.of(frame);
        });
        return held;
    }

    private EpochName firstEpoch() throws Exception {
        return world.stores()
                .messages()
                .since(ConversationIds.of(world.stores().realm(), alice.user(), bob.user()), Position.NONE, 1)
                .messages()
                .get(0)
                .epoch();
    }

    private void resetBob() throws Exception {
        bob.client().resetIdentity(World.passphrase("bob"), World.passphrase("bob with another identity"));
    }

    private void nudge() throws Exception {
        bob.say(alice, "anything new?");
        bob.awaitAccepted();
    }
}
