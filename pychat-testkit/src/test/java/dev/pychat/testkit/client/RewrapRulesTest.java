package dev.pychat.testkit.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pychat.client.ChatMessage;
import dev.pychat.client.IdentityChangedException;
import dev.pychat.envelope.OpenedEpoch;
import dev.pychat.envelope.RewrapAnswer;
import dev.pychat.envelope.RewrapRequest;
import dev.pychat.key.ConversationIds;
import dev.pychat.keyring.Keyring;
import dev.pychat.model.Bytes;
import dev.pychat.model.Content;
import dev.pychat.model.EpochName;
import dev.pychat.model.Position;
import dev.pychat.model.StoredMessage;
import dev.pychat.store.memory.MemoryClientStores;
import dev.pychat.wire.ClientFrame;
import dev.pychat.wire.GetBundle;
import dev.pychat.wire.Message;
import dev.pychat.wire.Submit;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which epochs a device asks for, and which it gives without asking its person: each rule by itself. */
class RewrapRulesTest {

    private static final Duration EIGHT_DAYS = Duration.ofDays(8);
    private static final int FAR_BACK = 1_100;

    private World world;
    private FaultyTransport wire;
    private Person alice;
    private Person bob;

    @BeforeEach
    void meet() throws Exception {
        world = World.start();
        wire = new FaultyTransport(world.transport());
        alice = world.connect("alice", new MemoryClientStores(), wire);
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

    /** Nobody has done anything wrong: Alice's only device was off. */
    @Test
    void requestThatWaitedForEightDaysIsLeftToThePersonAndItsMessageOpens() throws Exception {
        alice.close();
        try (Bulk lost = sealingToALostKey()) {
            lost.write(1);
        }
        nudge(bob, alice);
        awaitRequests(1);
        bob.awaitAccepted();
        bob.close();
        alice = eightDaysLater(alice);
        assertThat(alice.awaitNotices(1).get(0)).contains("asks for the keys of 1 ");
        assertThat(alice.with(bob).asked()).hasSize(1);
        // It waits for the person still when the device is started again.
        alice.close();
        alice = eightDaysLater(alice);
        assertThat(alice.awaitNotices(1).get(0)).contains("asks for the keys of 1 ");
        bob = eightDaysLater(bob);
        assertThat(alice.giveAsked(bob)).isEqualTo(1);
        Person.await(() -> !bob.openedLate().isEmpty(), () -> "bob was told of " + bob.told());
        assertThat(Person.texts(bob.openedLate())).containsExactly("alice: bulk 1");
    }

    @Test
    void whatTheOtherDeviceHasAnsweredCountsForTheDay() throws Exception {
        bob.close();
        try (Bulk lost = sealingToALostKey();
                Bulk asking = new Bulk(world, bob, alice)) {
            answerTwentyOf(lost);
            asking.write(request(lost.epochs().get(20).name()));
            nudge(alice, bob);
            assertThat(alice.awaitNotices(1).get(0)).contains("asks for the keys of 1 ");
        }
        assertThat(answers(alice)).hasSize(20);
    }

    @Test
    void whatWasAnsweredCountsForTheDayHoweverMuchWasSaidSinceAndAfterARestart() throws Exception {
        bob.close();
        try (Bulk lost = sealingToALostKey();
                Bulk asking = new Bulk(world, bob, alice)) {
            answerTwentyOf(lost);
            asking.write(FAR_BACK);
            nudge(alice, bob);
            Person.await(
                    () -> alice.told().size() >= FAR_BACK + 25,
                    () -> "told " + alice.told().size());
            alice.close();
            alice = world.logIn("alice", alice.stores());
            asking.write(request(lost.epochs().get(20).name()));
            nudge(alice, bob);
            assertThat(alice.awaitNotices(1).get(0)).contains("asks for the keys of 1 ");
        }
        assertThat(answers(alice)).isEmpty();
    }

    /** Alice's other device gives twenty in two messages. */
    private void answerTwentyOf(Bulk lost) throws Exception {
        lost.writeEachInItsOwnEpoch(21);
        List<OpenedEpoch> epochs = lost.epochs();
        lost.write(RewrapAnswer.content(epochs.subList(0, 16)));
        lost.write(RewrapAnswer.content(epochs.subList(16, 20)));
    }

    @Test
    void identityIsGivenNoEpochThatWasMadeWithTheOneBefore() throws Exception {
        EpochName before = epoch(Position.FIRST);
        bob.client().resetIdentity(World.passphrase("bob"), World.passphrase("bob"));
        alice.with(bob)
                .acceptIdentity(
                        alice.with(bob).identity().change().orElseThrow().after());
        alice.say(bob, "welcome back");
        alice.awaitAccepted();
        EpochName since = epoch(last());
        assertThat(since).isNotEqualTo(before);
        try (Bulk asking = new Bulk(world, bob, alice)) {
            asking.write(request(before, since));
        }
        nudge(bob, alice);
        Person.await(() -> !answers(bob).isEmpty(), () -> "bob was told of " + bob.told());
        assertThat(answers(bob)).containsExactly(since);
        assertThat(alice.with(bob).asked()).isEmpty();
    }

    /** The one who asks is the accepted one still. */
    @Test
    void nobodyIsAnsweredWhileAnotherIdentityWaits() throws Exception {
        EpochName first = epoch(Position.FIRST);
        try (Bulk asking = new Bulk(world, bob, alice)) {
            bob.client().resetIdentity(World.passphrase("bob"), World.passphrase("bob"));
            assertThat(alice.with(bob).identity().change()).isPresent();
            asking.write(request(first));
            nudge(bob, alice);
            Person.await(() -> !requests(alice).isEmpty(), () -> "alice was told of " + alice.told());
            assertThatThrownBy(() -> alice.with(bob).asked()).isInstanceOf(IdentityChangedException.class);
            assertThat(alice.with(bob).pending().messages()).isEmpty();
        }
        assertThat(answers(bob)).isEmpty();
    }

    @Test
    void keysOfThePeerAreFetchedBeforeAnAnswerIsSealed() throws Exception {
        List<Class<?>> sent = new CopyOnWriteArrayList<>();
        wire.outgoing(frame -> {
            if (frame instanceof Submit || frame instanceof GetBundle) {
                sent.add(frame.getClass());
            }
            return Optional.<ClientFrame>of(frame);
        });
        try (Bulk asking = new Bulk(world, bob, alice)) {
            asking.write(request(epoch(Position.FIRST)));
        }
        nudge(bob, alice);
        Person.await(() -> !answers(bob).isEmpty(), () -> "bob was told of " + bob.told());
        assertThat(sent)
                .containsSubsequence(GetBundle.class, Submit.class)
                .first()
                .isEqualTo(GetBundle.class);
    }

    /** What the other device has answered lies on a page that does not come yet. */
    @Test
    void nothingIsAnsweredBeforeEverythingWasRead() throws Exception {
        EpochName first = epoch(Position.FIRST);
        List<Message> held = new CopyOnWriteArrayList<>();
        try (Bulk asking = new Bulk(world, bob, alice);
                Bulk answering = new Bulk(world, alice, bob)) {
            asking.write(request(first));
            asking.write(100);
            answering.write(new Content(
                    RewrapAnswer.TYPE,
                    Bytes.concat(Bytes.fromHex("01"), first.value(), Bytes.fromHex("11".repeat(32)))));
            long answer = last().value();
            wire.incoming(frame -> {
                boolean holds = frame instanceof Message page
                        && page.first().value() + page.items().size() > answer;
                if (holds) {
                    held.add((Message) frame);
                }
                return holds ? Optional.empty() : Optional.of(frame);
            });
            nudge(bob, alice);
            Person.await(() -> !held.isEmpty(), () -> "nothing came");
            Person.await(() -> !requests(alice).isEmpty(), () -> "alice was told of " + alice.told());
            // Fetches bob's keys and has something stored, as an answer needs it, too.
            alice.with(bob).identity();
            nudge(alice, bob);
            wire.incoming(Optional::of);
            held.forEach(wire::deliver);
            EpochName other = answering.epochs().get(0).name();
            asking.write(request(other));
            nudge(bob, alice);
            Person.await(() -> answers(bob).contains(other), () -> "bob was told of " + bob.told());
            assertThat(answers(bob)).containsExactly(first, other);
        }
    }

    @Test
    void nothingIsAskedForTwiceInADayThoughTheDeviceIsStartedAgain() throws Exception {
        alice.close();
        try (Bulk lost = sealingToALostKey()) {
            lost.writeEachInItsOwnEpoch(1);
            nudge(bob, alice);
            awaitRequests(1);
            bob.awaitAccepted();
            bob.close();
            bob = world.logIn("bob", bob.stores());
            lost.writeEachInItsOwnEpoch(1);
            nudge(bob, alice);
            awaitRequests(1);
            assertThat(requests(bob))
                    .containsExactly(List.of(lost.epochs().get(1).name()));
        }
    }

    @Test
    void whatWasStoredMoreThanAWeekAgoIsNotAskedFor() throws Exception {
        alice.close();
        try (Bulk lost = sealingToALostKey()) {
            lost.storedAt(Instant.now().minus(EIGHT_DAYS)).writeEachInItsOwnEpoch(1);
            lost.storedAt(Instant.now()).writeEachInItsOwnEpoch(1);
            nudge(bob, alice);
            awaitRequests(1);
            assertThat(requests(bob))
                    .containsExactly(List.of(lost.epochs().get(1).name()));
        }
    }

    private Person eightDaysLater(Person person) throws Exception {
        Clock later = Clock.offset(Clock.systemUTC(), EIGHT_DAYS);
        Person back = world.connect(
                person.user().value(), person.stores(), world.transport(), options -> options.clock(later));
        back.client().logIn(back.user(), World.passphrase(back.user().value()));
        return back;
    }

    /** Alice's other device, which was given a bundle that bob signed and whose private half he has lost since. */
    private Bulk sealingToALostKey() throws Exception {
        Instant now = Instant.now();
        try (Keyring his = DeviceKeys.of(bob);
                Keyring lost = his.withWrappingKey(DeviceKeys.notHeldBy(his, now))) {
            return new Bulk(world, alice, bob, lost.nextBundle(now).bytes(), now);
        }
    }

    private static Content request(EpochName... names) {
        return new RewrapRequest(List.of(names)).content();
    }

    private List<StoredMessage> stored(Position after) throws Exception {
        return world.stores()
                .messages()
                .since(ConversationIds.of(world.stores().realm(), alice.user(), bob.user()), after, 1)
                .messages();
    }

    private EpochName epoch(Position position) throws Exception {
        return stored(position.plus(-1)).get(0).epoch();
    }

    private Position last() throws Exception {
        return world.stores()
                .messages()
                .since(ConversationIds.of(world.stores().realm(), alice.user(), bob.user()), Position.NONE, 1)
                .head();
    }

    /** The epochs that were given, of which a program is told the names. */
    private static List<EpochName> answers(Person person) {
        return contents(person, RewrapAnswer.TYPE).stream()
                .flatMap(names -> names.epochs().stream())
                .toList();
    }

    private static List<List<EpochName>> requests(Person person) {
        return contents(person, RewrapRequest.TYPE).stream()
                .map(RewrapRequest::epochs)
                .toList();
    }

    private static List<RewrapRequest> contents(Person person, int type) {
        return person.told().stream()
                .map(ChatMessage::content)
                .flatMap(Optional::stream)
                .filter(content -> content.type() == type)
                .map(content -> new Content(RewrapRequest.TYPE, content.body()))
                .map(content -> RewrapRequest.of(content).orElseThrow())
                .toList();
    }

    private void awaitRequests(int count) {
        Person.await(() -> requests(bob).size() >= count, () -> "bob was told of " + bob.told());
    }

    /** What was put into the server's store behind its back is read when there is something new. */
    private static void nudge(Person person, Person peer) throws Exception {
        person.say(peer, "anything new?");
        person.awaitAccepted();
    }
}
