package dev.pychat.testkit.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pychat.client.ClientState;
import dev.pychat.client.ClosedException;
import dev.pychat.client.Receipt;
import dev.pychat.client.RefusedException;
import dev.pychat.model.Position;
import dev.pychat.store.AppendResult;
import dev.pychat.store.memory.MemoryClientStores;
import dev.pychat.testkit.client.Fault.Kind;
import dev.pychat.wire.ErrorCode;
import dev.pychat.wire.Failure;
import dev.pychat.wire.Submit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The store in which the sending side keeps what it sends fails. */
class OutboxFailureTest {

    private World world;
    private Person bob;
    private FailingStores device;
    private FaultyTransport wire;
    private Person alice;

    @BeforeEach
    void start() throws Exception {
        world = World.start();
        bob = world.signUp("bob");
        device = new FailingStores(new MemoryClientStores());
        wire = new FaultyTransport(world.transport());
        alice = world.connect("alice", device, wire);
        alice.client().signUp(alice.user(), World.passphrase("alice"));
        alice.say(bob, "before");
        alice.awaitAccepted();
        bob.awaitTold(1);
        Person.await(() -> outboxIsClear(), () -> "the outbox is not cleared");
    }

    @AfterEach
    void stop() {
        world.close();
    }

    @Test
    void refusedMessageFailsWithANoticeAndTheNextGoes() throws Exception {
        device.outbox().fail(Kind.REFUSED, 1);
        Receipt refused = alice.say(bob, "refused");
        failsAsNotStored(refused);
        Receipt next = alice.say(bob, "next");
        assertThat(positionOf(next)).isEqualTo(new Position(2));
        bob.awaitTold(2);
        assertThat(bob.textsTold()).containsExactly("alice: before", "alice: next");
        assertThat(alice.awaitNotices(1)).singleElement().asString().contains("bob", "could not be stored", "refused");
        assertThat(alice.refused()).extracting(RefusedException::reason).containsExactly("not_stored");
        ConversationTest.noFindings(bob);
    }

    @Test
    void draftsThatCannotBeSealedWaitForTheStore() throws Exception {
        goOffline();
        List<Receipt> drafts = List.of(alice.say(bob, "one"), alice.say(bob, "two"));
        Person.await(() -> stored() == 2, () -> "the drafts are not stored");
        device.outbox().failForEver(Kind.REFUSED);
        world.startServerAgain();
        Person.await(() -> device.outbox().count() >= 2, () -> "nothing was tried again");
        assertThat(drafts)
                .allSatisfy(draft ->
                        assertThat(draft.accepted().toCompletableFuture()).isNotDone());
        assertThat(alice.awaitNotices(1)).singleElement().asString().contains("bob", "could not be stored");

        device.outbox().mend();
        assertThat(positionOf(drafts.get(1))).isEqualTo(new Position(3));
        bob.awaitTold(3);
        assertThat(bob.textsTold()).containsExactly("alice: before", "alice: one", "alice: two");
        ConversationTest.noFindings(bob);
    }

    @ParameterizedTest
    @CsvSource({"UNKNOWN_AND_DONE, 1", "UNKNOWN_AND_NOT_DONE, 1", "UNKNOWN_AND_DONE, 3", "UNKNOWN_AND_NOT_DONE, 4"})
    void stepOfUnknownOutcomeIsTriedAgainUntilItIsKnown(Kind kind, int times) throws Exception {
        device.outbox().fail(kind, times);
        Receipt first = alice.say(bob, "first");
        Receipt second = alice.say(bob, "second");
        assertThat(positionOf(first)).isEqualTo(new Position(2));
        assertThat(positionOf(second)).isEqualTo(new Position(3));
        bob.awaitTold(3);
        assertThat(bob.textsTold()).containsExactly("alice: before", "alice: first", "alice: second");
        int told = times < 3 ? 0 : 1;
        assertThat(alice.awaitNotices(told)).hasSize(told);
        wire.submitted().forEach((id, bytes) -> assertThat(bytes).as("%s", id).hasSize(1));
        ConversationTest.noFindings(bob);
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"UNKNOWN_AND_DONE", "UNKNOWN_AND_NOT_DONE"})
    void outcomeThatStaysUnknownIsSaidAndNothingLeaves(Kind kind) throws Exception {
        int before = wire.submitted().size();
        device.outbox().failForEver(kind);
        Receipt unknown = alice.say(bob, "nobody knows");
        Person.await(() -> !alice.notices().isEmpty(), () -> "no notice");
        Receipt behind = alice.say(bob, "behind it");
        assertThat(alice.client().awaitAccepted(Duration.ofMillis(50))).isFalse();
        assertThat(unknown.accepted().toCompletableFuture()).isNotDone();
        alice.close();
        failsAsClosed(unknown, "could not say");
        failsAsNotStored(behind);
        assertThat(wire.submitted()).hasSize(before);

        Person back = world.logIn("alice", device.copy());
        back.say(bob, "after");
        back.awaitAccepted();
        List<String> all = kind == Kind.UNKNOWN_AND_DONE
                ? List.of("alice: before", "alice: nobody knows", "alice: after")
                : List.of("alice: before", "alice: after");
        bob.awaitTold(all.size());
        assertThat(bob.textsTold()).isEqualTo(all);
        ConversationTest.noFindings(bob, back);
    }

    @Test
    void acceptedMessagesThatTheStoreDoesNotForgetAreNotShownTwice() throws Exception {
        wire.outgoing(frame -> {
            if (frame instanceof Submit) {
                device.outbox().failForEver(Kind.REFUSED);
            }
            return Optional.of(frame);
        });
        Receipt sent = alice.say(bob, "sent");
        positionOf(sent);
        alice.awaitAccepted();
        Person.await(() -> alice.notices().size() == 1, () -> "notices " + alice.notices());
        assertThat(alice.notices().get(0)).contains("could not be cleared");
        MemoryClientStores left = device.copy();
        alice.close();

        Person back = world.logIn("alice", left);
        back.awaitAccepted();
        back.say(bob, "after");
        back.awaitAccepted();
        bob.awaitTold(3);
        assertThat(bob.textsTold()).containsExactly("alice: before", "alice: sent", "alice: after");
        ConversationTest.noFindings(bob, back);
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"REFUSED", "UNKNOWN_AND_DONE"})
    void messagesAreSealedAnewWhenTheStoreIsBack(Kind kind) throws Exception {
        goOffline();
        List<Receipt> receipts = new ArrayList<>();
        for (String text : List.of("one", "two", "three")) {
            receipts.add(alice.say(bob, text));
        }
        Person.await(() -> stored() == 3, () -> "the drafts are not stored");
        world.messages().refuseNext(new AppendResult.Conflict(new Position(1)));
        wire.incoming(frame -> {
            if (frame instanceof Failure failure && failure.code() == ErrorCode.CONFLICT) {
                device.outbox().fail(kind, 4);
            }
            return Optional.of(frame);
        });
        world.startServerAgain();
        for (int i = 0; i < receipts.size(); i++) {
            assertThat(positionOf(receipts.get(i))).isEqualTo(new Position(2 + i));
        }
        bob.awaitTold(4);
        assertThat(bob.textsTold()).containsExactly("alice: before", "alice: one", "alice: two", "alice: three");
        assertThat(alice.notices()).isNotEmpty();
        ConversationTest.noFindings(bob);
    }

    @Test
    void everythingWrittenBeforeTheEndIsInTheOutbox() throws Exception {
        goOffline();
        List<Receipt> receipts = new ArrayList<>();
        List<String> all = new ArrayList<>(List.of("alice: before"));
        for (int i = 1; i <= 1000; i++) {
            receipts.add(alice.say(bob, "message " + i));
            all.add("alice: message " + i);
        }
        alice.close();
        for (Receipt receipt : receipts) {
            failsAsClosed(receipt, "is in the outbox");
        }
        world.startServerAgain();
        Person back = world.logIn("alice", device.copy());
        back.awaitAccepted();
        bob.awaitTold(1001);
        assertThat(bob.textsTold()).isEqualTo(all);
        ConversationTest.noFindings(bob, back);
    }

    @Test
    void secondClientOverOneOutboxIsRefusedAndTheFirstGoesOn() throws Exception {
        Person second = world.logIn("alice", device);
        assertThat(positionOf(alice.say(bob, "first"))).isEqualTo(new Position(2));
        failsAsNotStored(second.say(bob, "second"));
        assertThat(positionOf(alice.say(bob, "third"))).isEqualTo(new Position(3));
        bob.awaitTold(3);
        assertThat(bob.textsTold()).containsExactly("alice: before", "alice: first", "alice: third");
        // The receipt may tell of it before the notice does.
        Person.await(() -> !second.notices().isEmpty(), () -> "no notice");
        assertThat(second.notices()).anySatisfy(notice -> assertThat(notice).contains("used by two clients"));
        ConversationTest.noFindings(bob);
    }

    private void goOffline() throws Exception {
        world.stopServer();
        Person.await(() -> !(alice.client().state() instanceof ClientState.Online), () -> "still online");
    }

    private static Position positionOf(Receipt receipt) throws Exception {
        return receipt.accepted()
                .toCompletableFuture()
                .get(120, TimeUnit.SECONDS)
                .position();
    }

    private static void failsAsNotStored(Receipt receipt) {
        assertThatThrownBy(() -> positionOf(receipt))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        refused -> assertThat(refused.reason()).isEqualTo("not_stored"));
    }

    private static void failsAsClosed(Receipt receipt, String saying) {
        assertThatThrownBy(() -> positionOf(receipt))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOf(ClosedException.class)
                .hasMessageContaining(saying);
    }

    private boolean outboxIsClear() {
        return stored() == 0;
    }

    private int stored() {
        try {
            return device.copy().outbox(DeviceKeys.account(alice)).load().stream()
                    .mapToInt(lane -> lane.entries().size())
                    .sum();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
