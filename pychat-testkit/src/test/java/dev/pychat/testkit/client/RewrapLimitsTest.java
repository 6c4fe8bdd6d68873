package dev.pychat.testkit.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pychat.client.ClientListener;
import dev.pychat.client.ClientState;
import dev.pychat.client.IdentityChange;
import dev.pychat.client.OutboxFullException;
import dev.pychat.client.PendingMessage;
import dev.pychat.envelope.RewrapAnswer;
import dev.pychat.envelope.RewrapRequest;
import dev.pychat.key.ConversationIds;
import dev.pychat.keyring.Keyring;
import dev.pychat.model.Bytes;
import dev.pychat.model.Content;
import dev.pychat.model.EpochName;
import dev.pychat.model.Position;
import dev.pychat.model.Username;
import dev.pychat.store.memory.MemoryClientStores;
import dev.pychat.wire.ClientFrame;
import dev.pychat.wire.ErrorCode;
import dev.pychat.wire.Failure;
import dev.pychat.wire.Since;
import dev.pychat.wire.Submit;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
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
    void answerThatTheServerRefusesIsNoRefusedMessageOfThePerson() throws Exception {
        AtomicInteger refusals = new AtomicInteger();
        wire.outgoing(frame -> {
            if (frame instanceof Submit submit && submit.quiet()) {
                refusals.incrementAndGet();
                wire.deliver(new Failure(submit.id(), ErrorCode.INVALID, "no"));
                return Optional.empty();
            }
            return Optional.of(frame);
        });
        try (Bulk asking = new Bulk(world, bob, alice)) {
            asking.write(new RewrapRequest(List.of(firstEpoch())).content());
        }
        nudge();
        Person.await(() -> refusals.get() > 0, () -> "no answer was sent");
        alice.awaitAccepted();
        wire.outgoing(frame -> {
            if (frame instanceof Submit submit) {
                wire.deliver(new Failure(submit.id(), ErrorCode.INVALID, "no"));
                return Optional.empty();
            }
            return Optional.of(frame);
        });
        alice.say(bob, "refused");
        Person.await(() -> !alice.refused().isEmpty(), () -> "nothing was refused");
        assertThat(alice.refused()).hasSize(1);
    }

    @Test
    void programIsToldNoSecretOfWhatWaitsToBeGiven() throws Exception {
        askForTheFirstEpochAndHoldTheAnswer();
        Bytes named = new RewrapRequest(List.of(firstEpoch())).content().body();
        assertThat(alice.with(bob).pending().messages())
                .extracting(PendingMessage::content)
                .containsExactly(new Content(RewrapAnswer.TYPE, named));
    }

    @Test
    void whatTheOutboxHasNoRoomForIsNotCalledGiven() throws Exception {
        Instant longAgo = Instant.now().minus(Duration.ofDays(8));
        Bytes bundle =
                world.stores().keys().latestBundle(bob.user()).orElseThrow().bytes();
        try (Bulk older = new Bulk(world, alice, bob, bundle, longAgo);
                Bulk asking = new Bulk(world, bob, alice)) {
            older.write(1);
            asking.write(new RewrapRequest(List.of(older.epochs().get(0).name())).content());
        }
        AtomicInteger asked = new AtomicInteger();
        alice.client().addListener(new ClientListener() {
            @Override
            public void onRewrapAsked(Username peer, int waiting) {
                asked.set(waiting);
            }
        });
        nudge();
        Person.await(() -> asked.get() == 1, () -> "alice is asked about " + asked);
        Person carol = world.signUp("carol");
        holdSubmissions();
        assertThatThrownBy(() -> {
                    while (true) {
                        alice.say(carol, "fills the outbox");
                    }
                })
                .isInstanceOf(OutboxFullException.class);
        assertThatThrownBy(() -> alice.giveAsked(bob)).isInstanceOf(OutboxFullException.class);
    }

    @Test
    void answersWithoutEndAreNotLookedForInTheHistoryEachTime() throws Exception {
        stopAlicesClock();
        int before = alicesDevice.pages();
        try (Bulk answering = new Bulk(world, bob, alice)) {
            for (int i = 1; i <= 30; i++) {
                answering.write(answerForNothing());
                nudge();
                alice.awaitTold(2 * i);
            }
        }
        // Eight times, and each time a page and the end behind it.
        assertThat(alicesDevice.pages() - before).isLessThanOrEqualTo(16);
    }

    @Test
    void messagesThatDoNotOpenAreReadAgainOnlyForWhatWasGivenForThem() throws Exception {
        AtomicInteger readAgain = countReadingAgain();
        bob.close();
        try (Bulk lost = sealingToALostKey();
                Bulk answering = new Bulk(world, bob, alice)) {
            lost.writeEachInItsOwnEpoch(2);
            say("read that");
            Person.await(() -> readAgain.get() == 1, () -> "read again " + readAgain + " times");
            for (int i = 1; i <= 3; i++) {
                int looked = alicesDevice.pages();
                answering.write(answerForNothing());
                say("and that");
                Person.await(() -> alicesDevice.pages() > looked, () -> "nothing was looked for");
            }
            answering.write(RewrapAnswer.content(lost.epochs().subList(1, 2)));
            say("and the last");
        }
        Person.await(() -> alice.openedLate().size() == 1, () -> "opened late were " + alice.openedLate());
        assertThat(Person.texts(alice.openedLate())).containsExactly("bob: bulk 2");
        assertThat(readAgain).hasValue(1);
    }

    @Test
    void requestsWithoutEndAreLookedUpInTheHistoryTogether() throws Exception {
        int before = alicesDevice.pages();
        try (Bulk asking = new Bulk(world, bob, alice)) {
            for (int i = 0; i < 40; i++) {
                EpochName unknown = new EpochName(Bytes.random(new SecureRandom(), EpochName.SIZE));
                asking.write(new RewrapRequest(List.of(unknown)).content());
            }
            asking.write(new RewrapRequest(List.of(firstEpoch())).content());
        }
        nudge();
        Person.await(() -> answers(bob) == 1, () -> "bob was told of " + bob.told());
        assertThat(alicesDevice.pages() - before).isLessThan(20);
    }

    private static long answers(Person person) {
        return person.told().stream()
                .flatMap(message -> message.content().stream())
                .filter(content -> content.type() == RewrapAnswer.TYPE)
                .count();
    }

    /** Time stands still, so that no limit of so many in a while is renewed. */
    private void stopAlicesClock() throws Exception {
        alice.close();
        Clock still = Clock.fixed(Instant.now(), ZoneOffset.UTC);
        alice = world.connect("alice", alicesDevice, wire, options -> options.clock(still));
        alice.client().logIn(alice.user(), World.passphrase("alice"));
        alice.awaitOnline(bob);
        // Counting what is unread reads the history, too, once.
        nudge();
        alice.awaitTold(1);
    }

    private static Content answerForNothing() {
        SecureRandom random = new SecureRandom();
        return new Content(
                RewrapAnswer.TYPE,
                Bytes.concat(Bytes.fromHex("01"), Bytes.random(random, EpochName.SIZE), Bytes.random(random, 32)));
    }

    /** Counts how often the place is asked for again where the first message that did not open is. */
    private AtomicInteger countReadingAgain() {
        AtomicInteger count = new AtomicInteger();
        wire.outgoing(frame -> {
            if (frame instanceof Since since && since.after().equals(Position.FIRST)) {
                count.incrementAndGet();
            }
            return Optional.of(frame);
        });
        return count;
    }

    private void say(String text) throws Exception {
        alice.say(bob, text);
        alice.awaitAccepted();
    }

    /** Bob's other device, which was given a bundle that alice signed and whose private half she has lost since. */
    private Bulk sealingToALostKey() throws Exception {
        Instant now = Instant.now();
        try (Keyring hers = DeviceKeys.of(alice);
                Keyring lost = hers.withWrappingKey(DeviceKeys.notHeldBy(hers, now))) {
            return new Bulk(world, bob, alice, lost.nextBundle(now).bytes(), now);
        }
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
