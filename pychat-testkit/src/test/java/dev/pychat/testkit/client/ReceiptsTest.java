package dev.pychat.testkit.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.client.ChatMessage;
import dev.pychat.client.ClientListener;
import dev.pychat.client.ClientState;
import dev.pychat.client.MessageState;
import dev.pychat.client.Receipt;
import dev.pychat.client.RefusedException;
import dev.pychat.envelope.ReceiptContent;
import dev.pychat.envelope.Seen;
import dev.pychat.model.Position;
import dev.pychat.model.Username;
import dev.pychat.store.ClientStores;
import dev.pychat.store.memory.MemoryClientStores;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What somebody is told of how far a message has come, and when a peer does not want that (ENVELOPE.md, section 7.2). */
class ReceiptsTest {

    private static final MessageState DELIVERED = new MessageState.Delivered();
    private static final MessageState READ = new MessageState.Read();

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

    /** Somebody whose receipts go alone soon, where World's people send none alone. */
    private Person signUp(String name) throws Exception {
        Person person = connect(name, new MemoryClientStores());
        person.client().signUp(person.user(), World.passphrase(name));
        return person;
    }

    private Person logIn(String name, ClientStores stores) throws Exception {
        Person person = connect(name, stores);
        person.client().logIn(person.user(), World.passphrase(name));
        return person;
    }

    private Person connect(String name, ClientStores stores) throws Exception {
        return world.connect(name, stores, world.transport(), options -> options.receiptDelay(Duration.ofMillis(20)));
    }

    private static void awaitState(Receipt receipt, MessageState state) {
        Person.await(() -> receipt.state().equals(state), () -> "the message is " + receipt.state());
    }

    private static Position accepted(Receipt receipt) throws Exception {
        return receipt.accepted()
                .toCompletableFuture()
                .get(120, TimeUnit.SECONDS)
                .position();
    }

    /** How many receipts somebody has sent alone, as the other party has them. */
    private static long alone(Person reader, Person sender) throws Exception {
        return reader.history(sender).stream()
                .filter(message -> message.sender().equals(sender.user()))
                .filter(message -> message.content()
                        .filter(content -> content.type() == ReceiptContent.TYPE)
                        .isPresent())
                .count();
    }

    private static List<String> said(Person person) {
        return person.told().stream()
                .filter(message -> message.text().isPresent())
                .map(ChatMessage::text)
                .map(text -> text.orElseThrow())
                .toList();
    }

    @Test
    void peerWhoSaysNothingHasItDeliveredAndThenRead() throws Exception {
        List<Seen> told = new CopyOnWriteArrayList<>();
        alice.client().addListener(new ClientListener() {
            @Override
            public void onSeen(Username peer, Seen seen) {
                told.add(seen);
            }
        });
        Receipt receipt = alice.say(bob, "are you there?");
        awaitState(receipt, DELIVERED);
        bob.with(alice).markRead(new Position(1));
        awaitState(receipt, READ);
        Person.await(
                () -> !told.isEmpty() && told.get(told.size() - 1).read().equals(new Position(1)),
                () -> "told " + told);
        assertThat(told.get(0)).isEqualTo(new Seen(new Position(1), Position.NONE));
        assertThat(said(alice)).containsExactly("are you there?");
        assertThat(alice.with(bob).unread()).isZero();
        ConversationTest.noFindings(alice, bob);
    }

    @Test
    void receiptsAreAnsweredByNoneAndSaidOnce() throws Exception {
        Receipt first = alice.say(bob, "one");
        awaitState(first, DELIVERED);
        bob.with(alice).markRead(new Position(1));
        awaitState(first, READ);
        alice.with(bob).markRead(new Position(3));
        bob.close();
        Person back = logIn("bob", bob.stores());
        Receipt second = alice.say(back, "two");
        awaitState(second, DELIVERED);
        assertThat(alone(back, alice)).isZero();
        assertThat(alone(alice, back)).isEqualTo(3);
    }

    @Test
    void manyMessagesAreReceiptedTogetherAndByAnAnswerWhereThereIsOne() throws Exception {
        bob.close();
        for (int i = 1; i <= 100; i++) {
            alice.say(bob, "m" + i);
        }
        Receipt last = alice.say(bob, "last");
        alice.awaitAccepted();
        Person back = logIn("bob", bob.stores());
        awaitState(last, DELIVERED);
        assertThat(alone(alice, back)).isLessThan(20);
    }

    /** By the clock of a device that reads it more than a week later. */
    @Test
    void whatIsOlderThanAWeekIsReceiptedByNoMessageOfItsOwn() throws Exception {
        bob.close();
        accepted(alice.say(bob, "long ago"));
        Person late = world.connect(
                "bob",
                bob.stores(),
                world.transport(),
                options -> options.receiptDelay(Duration.ofMillis(20))
                        .clock(Clock.offset(Clock.systemUTC(), Duration.ofDays(8))));
        late.client().logIn(late.user(), World.passphrase("bob"));
        late.awaitTold(1);
        late.with(alice).markRead(new Position(1));
        Person carol = signUp("carol");
        Receipt other = alice.say(carol, "just now");
        awaitState(other, DELIVERED);
        assertThat(alone(alice, late)).isZero();
        late.say(alice, "an answer tells it all the same");
        Person.await(() -> said(alice).size() == 3, () -> "alice was told " + alice.textsTold());
        assertThat(alice.with(late).seenByPeer().read()).isEqualTo(new Position(1));
    }

    @Test
    void switchedOffNothingIsSentAloneAndNoMessageSaysWhatWasRead() throws Exception {
        bob.client().receipts().send(false);
        assertThat(bob.client().receipts().areSent()).isFalse();
        Receipt receipt = alice.say(bob, "did you read it?");
        Position place = accepted(receipt);
        bob.awaitTold(1);
        bob.with(alice).markRead(place);
        accepted(bob.say(alice, "I write, so I had it"));
        awaitState(receipt, DELIVERED);
        assertThat(alone(alice, bob)).isZero();
        assertThat(alice.with(bob).seenByPeer().read()).isEqualTo(Position.NONE);

        bob.client().receipts().send(true);
        awaitState(receipt, READ);
        ConversationTest.noFindings(alice, bob);
    }

    @Test
    void whatWasToldBeforeTheSwitchStaysTold() throws Exception {
        Receipt read = alice.say(bob, "before");
        accepted(read);
        bob.awaitTold(1);
        bob.with(alice).markRead(new Position(1));
        awaitState(read, READ);
        bob.client().receipts().send(false);
        Receipt after = alice.say(bob, "after");
        Position place = accepted(after);
        Person.await(() -> said(bob).size() == 2, () -> "bob was told " + bob.textsTold());
        bob.with(alice).markRead(place);
        accepted(bob.say(alice, "answer"));
        awaitState(after, DELIVERED);
        assertThat(read.state()).isEqualTo(READ);
    }

    @Test
    void everyDeviceOfTheAccountFollowsAlsoOneThatComesLater() throws Exception {
        Person tablet = logIn("bob", new MemoryClientStores());
        assertThat(tablet.client().receipts().areSent()).isTrue();
        bob.client().receipts().send(false);
        Person.await(() -> !areSent(tablet), () -> "the tablet sends receipts still");
        Person phone = logIn("bob", new MemoryClientStores());
        assertThat(phone.client().receipts().areSent()).isFalse();
        tablet.close();
        bob.client().receipts().send(true);
        Person back = logIn("bob", tablet.stores());
        assertThat(back.client().receipts().areSent()).isTrue();
    }

    private static boolean areSent(Person person) {
        try {
            return person.client().receipts().areSent();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void switchedOffOfflineItHoldsHereAtOnceAndElsewhereLater() throws Exception {
        Person tablet = logIn("bob", new MemoryClientStores());
        FaultyTransport faulty = new FaultyTransport(world.transport());
        bob.close();
        Person desk =
                world.connect("bob", bob.stores(), faulty, options -> options.requestTimeout(Duration.ofSeconds(2)));
        desk.client().logIn(desk.user(), World.passphrase("bob"));
        world.stopServer();
        Person.await(
                () -> !desk.states().isEmpty()
                        && desk.states().stream().anyMatch(ClientState.Waiting.class::isInstance),
                () -> "told " + desk.states());
        desk.client().receipts().send(false);
        assertThat(desk.client().receipts().areSent()).isFalse();
        assertThat(desk.awaitNotices(1))
                .last()
                .asString()
                .contains("what you have set for receipts holds on this device");
        world.startServerAgain();
        Person.await(() -> !areSent(tablet), () -> "the tablet sends receipts still");
    }

    @Test
    void messageThatIsRefusedHasFailedWithTheReason() throws Exception {
        bob.client().blocking().block(alice.user());
        Receipt receipt = alice.say(bob, "hello?");
        Person.await(() -> receipt.state() instanceof MessageState.Failed, () -> "it is " + receipt.state());
        assertThat(((MessageState.Failed) receipt.state()).reason()).isInstanceOf(RefusedException.class);
        assertThat(receipt.accepted().toCompletableFuture()).isCompletedExceptionally();
    }
}
