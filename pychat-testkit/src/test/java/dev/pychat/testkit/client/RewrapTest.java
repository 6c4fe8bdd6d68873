package dev.pychat.testkit.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pychat.client.AskedEpoch;
import dev.pychat.client.ChatMessage;
import dev.pychat.client.ClientListener;
import dev.pychat.client.Conversation;
import dev.pychat.envelope.Finding;
import dev.pychat.envelope.FindingCode;
import dev.pychat.envelope.RewrapAnswer;
import dev.pychat.envelope.RewrapRequest;
import dev.pychat.key.ConversationIds;
import dev.pychat.keyring.Keyring;
import dev.pychat.model.Bytes;
import dev.pychat.model.Content;
import dev.pychat.model.ConversationId;
import dev.pychat.model.EpochName;
import dev.pychat.model.Position;
import dev.pychat.model.Username;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Messages that were sealed to a key that the recipient has lost. */
class RewrapTest {

    private World world;
    private Person alice;
    private Person bob;

    @BeforeEach
    void meet() throws Exception {
        world = World.start();
        alice = world.signUp("alice");
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
    void messagesOpenByThemselvesOnceThePeerHasGivenTheirKey() throws Exception {
        try (Bulk lost = sealingToALostKey(Instant.now())) {
            lost.write(3);
        }
        nudge(bob, alice);
        assertThat(opened(bob, 3)).containsExactly("alice: bulk 1", "alice: bulk 2", "alice: bulk 3");
        assertThat(told(bob, FindingCode.UNKNOWN_KEY)).hasSize(3);
        assertThat(Person.texts(texts(bob.history(alice))))
                .containsExactly(
                        "alice: hello", "alice: bulk 1", "alice: bulk 2", "alice: bulk 3", "bob: anything new?");
        assertThat(bob.with(alice).unread()).isEqualTo(4);
        assertThat(alice.with(bob).unread()).isEqualTo(1);
    }

    @Test
    void whatWasGivenWhileTheDeviceWasAwayOpensWhenItComesBack() throws Exception {
        alice.close();
        try (Bulk lost = sealingToALostKey(Instant.now())) {
            lost.write(2);
        }
        nudge(bob, alice);
        awaitOwn(RewrapRequest.TYPE, bob);
        bob.awaitAccepted();
        bob.close();
        alice = world.logIn("alice", alice.stores());
        awaitOwn(RewrapAnswer.TYPE, alice);
        alice.awaitAccepted();
        bob = world.logIn("bob", bob.stores());
        assertThat(opened(bob, 2)).containsExactly("alice: bulk 1", "alice: bulk 2");
    }

    @Test
    void whatIsMoreThanTwentyADayWaitsForThePerson() throws Exception {
        AtomicInteger waiting = watchRequests(alice);
        try (Bulk lost = sealingToALostKey(Instant.now())) {
            lost.writeEachInItsOwnEpoch(22);
        }
        nudge(bob, alice);
        opened(bob, 20);
        Person.await(() -> waiting.get() == 2, () -> "alice is asked about " + waiting);
        assertThat(alice.giveAsked(bob)).isEqualTo(2);
        assertThat(opened(bob, 22)).hasSize(22);
        assertThat(alice.giveAsked(bob)).isZero();
    }

    @Test
    void epochThatIsOlderThanAWeekWaitsForThePerson() throws Exception {
        AtomicInteger waiting = watchRequests(alice);
        try (Bulk lost = sealingToALostKey(Instant.now().minus(Duration.ofDays(8)))) {
            lost.write(1);
        }
        nudge(bob, alice);
        Person.await(() -> waiting.get() == 1, () -> "alice is asked about " + waiting);
        assertThat(bob.openedLate()).isEmpty();
        assertThat(alice.giveAsked(bob)).isEqualTo(1);
        assertThat(opened(bob, 1)).containsExactly("alice: bulk 1");
    }

    @Test
    void whatWaitsForThePersonIsFoundAgainAfterARestart() throws Exception {
        AtomicInteger waiting = watchRequests(alice);
        try (Bulk lost = sealingToALostKey(Instant.now().minus(Duration.ofDays(8)))) {
            lost.write(1);
        }
        nudge(bob, alice);
        Person.await(() -> waiting.get() == 1, () -> "alice is asked about " + waiting);
        alice.close();
        alice = world.logIn("alice", alice.stores());
        // The person is asked again, with no new request.
        assertThat(alice.awaitNotices(1).get(0)).contains("asks for the keys of 1 ");
        assertThat(alice.with(bob).asked()).hasSize(1);
        assertThat(alice.giveAsked(bob)).isEqualTo(1);
        assertThat(opened(bob, 1)).containsExactly("alice: bulk 1");
        awaitOwn(RewrapAnswer.TYPE, alice);
        alice.close();
        alice = world.logIn("alice", alice.stores());
        assertThat(alice.with(bob).asked()).isEmpty();
        assertThat(alice.notices()).isEmpty();
    }

    @Test
    void whatWasTooMuchForOneDayIsNotGivenByARestart() throws Exception {
        AtomicInteger waiting = watchRequests(alice);
        try (Bulk lost = sealingToALostKey(Instant.now())) {
            lost.writeEachInItsOwnEpoch(22);
        }
        nudge(bob, alice);
        opened(bob, 20);
        Person.await(() -> waiting.get() == 2, () -> "alice is asked about " + waiting);
        bob.close();
        alice.close();
        Clock tomorrow = Clock.offset(Clock.systemUTC(), Duration.ofHours(25));
        alice = world.connect("alice", alice.stores(), world.transport(), options -> options.clock(tomorrow));
        alice.client().logIn(alice.user(), World.passphrase("alice"));
        assertThat(alice.awaitNotices(1).get(0)).contains("asks for the keys of 2 ");
        assertThat(alice.with(bob).asked()).hasSize(2);
    }

    @Test
    void onlyWhatWasShownIsGiven() throws Exception {
        AtomicInteger waiting = watchRequests(alice);
        try (Bulk lost = sealingToALostKey(Instant.now().minus(Duration.ofDays(8)))) {
            lost.write(1);
        }
        nudge(bob, alice);
        Person.await(() -> waiting.get() == 1, () -> "alice is asked about " + waiting);
        List<AskedEpoch> shown = alice.with(bob).asked();
        assertThat(shown)
                .singleElement()
                .satisfies(
                        epoch -> assertThat(epoch.made()).isBefore(Instant.now().minus(Duration.ofDays(7))));
        try (Bulk lost = sealingToALostKey(Instant.now().minus(Duration.ofDays(9)))) {
            lost.write(1);
        }
        nudge(bob, alice);
        Person.await(() -> waiting.get() == 2, () -> "alice is asked about " + waiting);
        assertThat(alice.with(bob).giveAsked(Person.names(shown))).isEqualTo(1);
        assertThat(alice.with(bob).asked()).hasSize(1).doesNotContainAnyElementsOf(shown);
        assertThat(alice.with(bob).giveAsked(Person.names(shown))).isZero();
    }

    @Test
    void epochsOfAnotherConversationAreNotGiven() throws Exception {
        Person carol = world.signUp("carol");
        alice.say(carol, "hello carol");
        alice.awaitAccepted();
        EpochName withBob = epochOf(bob);
        EpochName withCarol = epochOf(carol);
        try (Bulk asking = new Bulk(world, carol, alice)) {
            asking.write(new RewrapRequest(List.of(withBob, withCarol)).content());
        }
        nudge(carol, alice);
        Person.await(() -> !given(carol).isEmpty(), () -> "carol was told of " + carol.told());
        assertThat(given(carol)).containsExactly(withCarol);
        assertThat(given(bob)).isEmpty();
    }

    @Test
    void secretThatTheHeaderDoesNotCommitToOpensNothing() throws Exception {
        alice.close();
        try (Bulk lost = sealingToALostKey(Instant.now());
                Bulk answering = new Bulk(world, alice, bob)) {
            lost.writeEachInItsOwnEpoch(2);
            Bytes name = lost.epochs().get(0).name().value();
            Bytes wrong = Bytes.concat(Bytes.fromHex("01"), name, Bytes.fromHex("11".repeat(32)));
            answering.write(new Content(RewrapAnswer.TYPE, wrong));
            answering.write(RewrapAnswer.content(lost.epochs().subList(1, 2)));
        }
        nudge(bob, alice);
        // Both were tried in one go.
        assertThat(opened(bob, 1)).containsExactly("alice: bulk 2");
        assertThat(bob.openedLate()).hasSize(1);
        assertThat(bob.history(alice).get(1).findings())
                .extracting(Finding::code)
                .containsExactly(FindingCode.UNKNOWN_KEY);
    }

    @Test
    void programsDoNotSendWhatIsForTheClientsThemselves() throws Exception {
        Conversation conversation = alice.with(bob);
        assertThatThrownBy(() -> conversation.send(new Content(Content.FIRST_OWN, Bytes.EMPTY)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("65280")
                .hasMessageContaining("65279");
    }

    /** Alice's other device, which was given a bundle that bob signed and whose private half he has lost since. */
    private Bulk sealingToALostKey(Instant now) throws Exception {
        try (Keyring his = DeviceKeys.of(bob);
                Keyring lost = his.withWrappingKey(DeviceKeys.notHeldBy(his, now))) {
            return new Bulk(world, alice, bob, lost.nextBundle(now).bytes(), now);
        }
    }

    private EpochName epochOf(Person peer) throws Exception {
        ConversationId conversation = ConversationIds.of(world.stores().realm(), alice.user(), peer.user());
        return world.stores()
                .messages()
                .since(conversation, Position.NONE, 1)
                .messages()
                .get(0)
                .epoch();
    }

    /** Which epochs somebody was given; a program is told no more. */
    private static List<EpochName> given(Person person) {
        return person.told().stream()
                .flatMap(message -> message.content().stream())
                .filter(content -> content.type() == RewrapAnswer.TYPE)
                .map(content -> RewrapRequest.of(new Content(RewrapRequest.TYPE, content.body())))
                .flatMap(names -> names.orElseThrow().epochs().stream())
                .toList();
    }

    /** What was put into the server's store behind its back is read when there is something new. */
    private static void nudge(Person person, Person peer) throws Exception {
        person.say(peer, "anything new?");
        person.awaitAccepted();
    }

    private static AtomicInteger watchRequests(Person person) {
        AtomicInteger epochs = new AtomicInteger();
        person.client().addListener(new ClientListener() {
            @Override
            public void onRewrapAsked(Username peer, int waiting) {
                epochs.set(waiting);
            }
        });
        return epochs;
    }

    private List<String> opened(Person person, int count) {
        Person.await(
                () -> texts(person.openedLate()).size() >= count,
                () -> person.user() + " opened late " + Person.texts(person.openedLate()) + " of "
                        + person.textsTold());
        return Person.texts(texts(person.openedLate()));
    }

    private static List<ChatMessage> texts(List<ChatMessage> messages) {
        return messages.stream().filter(message -> message.text().isPresent()).toList();
    }

    private static List<ChatMessage> told(Person person, FindingCode code) {
        return person.told().stream()
                .filter(message -> message.findings().stream().anyMatch(finding -> finding.code() == code))
                .toList();
    }

    private void awaitOwn(int type, Person person) {
        Predicate<ChatMessage> own = message -> message.mine()
                && message.content().filter(content -> content.type() == type).isPresent();
        Person.await(
                () -> person.told().stream().anyMatch(own),
                () -> person.user() + " has not sent content of type " + type + " but " + person.told());
    }
}
