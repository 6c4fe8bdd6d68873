package dev.pychat.testkit.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.client.AcceptedChange;
import dev.pychat.client.ClientState;
import dev.pychat.client.IdentityChange;
import dev.pychat.client.Receipt;
import dev.pychat.client.ServerUnreachableException;
import dev.pychat.envelope.FindingCode;
import dev.pychat.model.Bytes;
import dev.pychat.model.Envelope;
import dev.pychat.model.MessageId;
import dev.pychat.model.Position;
import dev.pychat.store.AppendResult;
import dev.pychat.store.memory.MemoryClientStores;
import dev.pychat.wire.ErrorCode;
import dev.pychat.wire.Failure;
import dev.pychat.wire.Message;
import dev.pychat.wire.Since;
import dev.pychat.wire.VaultGet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of a conversation when a person accepts another identity of the peer. */
class AcceptedIdentityTest {

    private World world;
    private FaultyTransport faulty;
    private Person alice;
    private Person bob;

    @BeforeEach
    void start() throws Exception {
        world = World.start();
        faulty = new FaultyTransport(world.transport());
        alice = world.connect("alice", new MemoryClientStores(), faulty);
        alice.client().signUp(alice.user(), World.passphrase("alice"));
        bob = world.signUp("bob");
    }

    @AfterEach
    void stop() {
        world.close();
    }

    @Test
    void whatCameBeforeItWasAcceptedOpensByItself() throws Exception {
        bob.say(alice, "one");
        alice.awaitTold(1);
        alice.say(bob, "two");
        bob.awaitTold(2);
        renewBob();
        bob.say(alice, "three");
        bob.say(alice, "four");
        List<String> before = Person.texts(alice.awaitTold(4));
        assertThat(before.subList(2, 4)).allMatch(text -> text.contains("UNPINNED_IDENTITY"));
        accept();
        Person.await(() -> alice.openedLate().size() == 2, () -> "opened " + alice.openedLate());
        assertThat(Person.texts(alice.openedLate())).containsExactly("bob: three", "bob: four");
        assertThat(Person.texts(alice.history(bob)))
                .containsExactly("bob: one", "alice: two", "bob: three", "bob: four");
        assertThat(alice.history(bob)).allMatch(message -> message.findings().isEmpty());

        bob.say(alice, "five");
        alice.awaitTold(5);
        alice.say(bob, "six");
        bob.awaitTold(6 - 2);
        assertThat(Person.texts(alice.history(bob))).containsSubsequence("bob: five", "alice: six");
        assertThat(Person.texts(bob.history(alice)))
                .containsExactly("bob: one", "alice: two", "bob: three", "bob: four", "bob: five", "alice: six");
        assertThat(bob.history(alice)).allMatch(message -> message.findings().isEmpty());
    }

    @Test
    void messageOfAnUnknownIdentityTellsOfTheChange() throws Exception {
        bob.say(alice, "one");
        alice.awaitTold(1);
        renewBob();
        bob.say(alice, "two");
        alice.awaitTold(2);
        Person.await(() -> !alice.changes().isEmpty(), () -> "nothing was told");
        assertThat(alice.changes()).hasSize(1);
        assertThat(alice.changes().get(0).peer()).isEqualTo(bob.user());
    }

    @Test
    void placeOfTheChangeIsInTheHistory() throws Exception {
        bob.say(alice, "one");
        alice.awaitTold(1);
        alice.say(bob, "two");
        alice.awaitTold(2);
        bob.awaitTold(2);
        renewBob();
        bob.say(alice, "three");
        alice.awaitTold(3);
        IdentityChange change = accept();
        assertThat(changes(Position.NONE, 256)).hasSize(1).first().satisfies(place -> {
            assertThat(place.from()).isEqualTo(new Position(3));
            assertThat(place.before()).isEqualTo(change.before());
            assertThat(place.after()).isEqualTo(change.after());
        });
        assertThat(changes(new Position(3), 2)).isEmpty();
        assertThat(changes(new Position(4), 1)).hasSize(1);

        renewBob();
        accept();
        assertThat(changes(Position.NONE, 256))
                .extracting(AcceptedChange::from)
                .containsExactly(new Position(3), new Position(4));
        assertThat(changes(Position.NONE, 1))
                .as("behind the last message")
                .extracting(AcceptedChange::from)
                .containsExactly(new Position(3), new Position(4));
        assertThat(changes(new Position(3), 1)).isEmpty();
    }

    @Test
    void unsentMessagesAreSealedAnewForIt() throws Exception {
        bob.say(alice, "one");
        alice.awaitTold(1);
        alice.say(bob, "two");
        alice.awaitAccepted();
        alice.awaitTold(2);
        world.messages().refuseNext(new AppendResult.ReadFirst(new Position(2)));
        faulty.outgoing(frame -> frame instanceof Since ? Optional.empty() : Optional.of(frame));
        Receipt receipt = alice.say(bob, "three");
        MessageId firstId = receipt.id();
        Person.await(() -> faulty.submitted().containsKey(firstId), () -> "never sealed");
        Person.await(() -> !world.messages().isWaiting(), () -> "never refused");
        renewBob();
        bob.say(alice, "four");
        alice.awaitTold(3);
        Person.await(() -> !alice.changes().isEmpty(), () -> "nothing was told");
        faulty.outgoing(Optional::of);
        faulty.cut();
        acceptWhenBack();
        var accepted = receipt.accepted().toCompletableFuture().get(120, TimeUnit.SECONDS);
        assertThat(accepted.id()).isNotEqualTo(firstId);
        bob.awaitTold(2);
        assertThat(Person.texts(bob.history(alice)))
                .containsExactly("bob: one", "alice: two", "bob: four", "alice: three");
        assertThat(bob.history(alice)).allMatch(message -> message.findings().isEmpty());
        assertThat(faulty.submitted().values()).allMatch(bytes -> bytes.size() == 1);
    }

    @Test
    void openingIsTriedAgainOverTheSameConnectionWhenTheServerFails() throws Exception {
        bob.say(alice, "one");
        alice.awaitTold(1);
        alice.say(bob, "two");
        alice.awaitAccepted();
        renewBob();
        bob.say(alice, "three");
        alice.awaitTold(3);
        AtomicInteger failures = new AtomicInteger();
        // Alice holds the third message, so it is read once more only to be opened.
        world.liar()
                .answer(
                        alice.user(),
                        truth -> truth instanceof Message page
                                        && page.re() > 0
                                        && page.first().equals(new Position(3))
                                        && failures.get() < 2
                                        && failures.incrementAndGet() > 0
                                ? new Failure(page.re(), ErrorCode.INTERNAL, "not now")
                                : truth);
        accept();
        Person.await(() -> alice.openedLate().size() == 1, () -> "opened " + alice.openedLate() + " after " + failures);
        assertThat(failures).hasValue(2);
        assertThat(alice.states()).noneMatch(ClientState.Waiting.class::isInstance);
    }

    @Test
    void openingGoesOnAfterItWasCut() throws Exception {
        bob.say(alice, "one");
        alice.awaitTold(1);
        renewBob();
        bob.say(alice, "two");
        alice.awaitTold(2);
        IdentityChange change = alice.with(bob).identity().change().orElseThrow();
        faulty.outgoing(frame -> frame instanceof Since since && since.after().equals(new Position(1))
                ? Optional.empty()
                : Optional.of(frame));
        alice.with(bob).acceptIdentity(change.after());
        assertThat(alice.openedLate()).isEmpty();
        alice.close();

        Person back = world.logIn("alice", alice.stores());
        back.with(bob);
        Person.await(() -> !back.openedLate().isEmpty(), () -> "nothing opened");
        assertThat(Person.texts(back.history(bob))).containsExactly("bob: one", "bob: two");
    }

    @Test
    void formerIdentityCountsNoMore() throws Exception {
        bob.say(alice, "one");
        alice.awaitTold(1);
        FaultyTransport cutOff = new FaultyTransport(world.transport());
        Person thief = world.connect("bob", ((MemoryClientStores) bob.stores()).copy(), cutOff);
        thief.client().logIn(thief.user(), World.passphrase("bob"));
        // What would tell of the new identity does not come through.
        cutOff.outgoing(frame -> frame instanceof VaultGet ? Optional.empty() : Optional.of(frame));
        renewBob();
        bob.say(alice, "two");
        alice.awaitTold(2);
        accept();
        Person.await(() -> !alice.openedLate().isEmpty(), () -> "nothing opened");
        thief.say(alice, "it is me");
        alice.awaitTold(3);
        assertThat(alice.told().get(2).content()).isEmpty();
        assertThat(alice.told().get(2).findings())
                .extracting(finding -> finding.code())
                .containsExactly(FindingCode.UNPINNED_IDENTITY);
    }

    @Test
    void whatOneDeviceAcceptsTheOtherOneHasToo() throws Exception {
        bob.say(alice, "one");
        alice.awaitTold(1);
        Person tablet = world.logIn("alice", new MemoryClientStores());
        tablet.awaitTold(1);
        renewBob();
        bob.say(alice, "two");
        tablet.awaitTold(2);
        alice.awaitTold(2);
        accept();
        alice.say(bob, "three");
        Person.await(() -> tablet.openedLate().size() == 2 || tablet.told().size() == 3, () -> "nothing came");
        Person.await(
                () -> tablet.openedLate().stream()
                        .anyMatch(message -> message.text().equals(Optional.of("two"))),
                () -> "opened " + tablet.openedLate());
        assertThat(tablet.with(bob).identity().change()).isEmpty();
        assertThat(Person.texts(tablet.history(bob))).containsExactly("bob: one", "bob: two", "alice: three");
        assertThat(tablet.with(bob).history(Position.NONE, 9).changes()).hasSize(1);
        tablet.say(bob, "four");
        bob.awaitTold(3);
        assertThat(bob.textsTold()).endsWith("alice: three", "alice: four");
    }

    @Test
    void otherBytesThanBeforeStayClosed() throws Exception {
        bob.say(alice, "one");
        alice.awaitTold(1);
        renewBob();
        bob.say(alice, "two");
        bob.say(alice, "three");
        alice.awaitTold(3);
        faulty.incoming(frame -> Optional.of(frame instanceof Message told && told.re() != 0 ? swapped(told) : frame));
        accept();
        Person.await(() -> alice.notices().size() > 1, () -> "nothing was noticed");
        assertThat(alice.notices()).hasSize(2);
        assertThat(alice.notices().get(1)).contains("other messages of the history with bob");
        assertThat(alice.openedLate()).isEmpty();
    }

    private static Message swapped(Message told) {
        List<Message.Item> items = told.items().stream()
                .map(item -> new Message.Item(
                        item.id(),
                        item.by(),
                        item.lane(),
                        item.epoch(),
                        item.ordinal(),
                        item.quiet(),
                        item.time(),
                        new Envelope(Bytes.concat(item.envelope().value(), Bytes.fromHex("00")))))
                .toList();
        return new Message(told.re(), told.with(), told.first(), items, told.headers(), told.more());
    }

    private List<AcceptedChange> changes(Position before, int limit) throws Exception {
        return alice.with(bob).history(before, limit).changes();
    }

    private IdentityChange accept() throws Exception {
        IdentityChange change = alice.with(bob).identity().change().orElseThrow();
        alice.with(bob).acceptIdentity(change.after());
        return change;
    }

    private void acceptWhenBack() throws Exception {
        IdentityChange change = alice.with(bob).identity().change().orElseThrow();
        Person.await(
                () -> {
                    try {
                        alice.with(bob).acceptIdentity(change.after());
                        return true;
                    } catch (ServerUnreachableException notYet) {
                        return false;
                    } catch (Exception e) {
                        throw new AssertionError(e);
                    }
                },
                () -> "not back");
    }

    private void renewBob() throws Exception {
        bob.close();
        try (StoredKeys keys = StoredKeys.of(bob)) {
            keys.renewIdentity(world);
        }
        bob = world.logIn("bob", bob.stores());
    }
}
