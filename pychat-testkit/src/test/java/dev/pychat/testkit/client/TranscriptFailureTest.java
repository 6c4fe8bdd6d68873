package dev.pychat.testkit.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.client.ChatMessage;
import dev.pychat.client.ClientState;
import dev.pychat.client.Receipt;
import dev.pychat.model.Position;
import dev.pychat.store.memory.MemoryClientStores;
import dev.pychat.testkit.client.Fault.Kind;
import dev.pychat.wire.ErrorCode;
import dev.pychat.wire.ErrorDetails;
import dev.pychat.wire.Failure;
import dev.pychat.wire.GetBundle;
import dev.pychat.wire.Message;
import dev.pychat.wire.Since;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The stores in which the receiving side keeps what it reads and whom it knows fail, or the server can't answer it. */
class TranscriptFailureTest {

    private World world;
    private Person alice;
    private FailingStores device;
    private FaultyTransport wire;
    private Person bob;

    @BeforeEach
    void start() throws Exception {
        world = World.start();
        alice = world.signUp("alice");
        device = new FailingStores(new MemoryClientStores());
        wire = new FaultyTransport(world.transport());
        bob = world.connect("bob", device, wire);
        bob.client().signUp(bob.user(), World.passphrase("bob"));
    }

    @AfterEach
    void stop() {
        world.close();
    }

    @ParameterizedTest
    @CsvSource({"REFUSED, 1", "UNKNOWN_AND_DONE, 1", "UNKNOWN_AND_NOT_DONE, 2"})
    void messageIsShownOnceWhenTheStoreIsBack(Kind kind, int times) throws Exception {
        begin();
        device.transcripts().fail(kind, times);
        alice.say(bob, "one");
        bob.awaitTold(2);
        alice.say(bob, "two");
        bob.awaitTold(3);
        assertShown("alice: before", "alice: one", "alice: two");
        assertThat(bob.awaitNotices(1)).singleElement().asString().contains("alice", "could not be stored");
        assertThat(bob.with(alice).unread()).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource({"REFUSED", "UNKNOWN_AND_DONE", "UNKNOWN_AND_NOT_DONE"})
    void messagesThatFollowAtOnceAreShownInOrder(Kind kind) throws Exception {
        begin();
        device.transcripts().fail(kind, 1);
        List<String> all = new ArrayList<>(List.of("alice: before"));
        for (int i = 1; i <= 100; i++) {
            alice.say(bob, "message " + i);
            all.add("alice: message " + i);
        }
        bob.awaitTold(101);
        assertShown(all.toArray(String[]::new));
    }

    @Test
    void storeThatIsAwayForAWhileHoldsUpNothingThatNeedsNone() throws Exception {
        begin();
        device.transcripts().breakDown();
        alice.say(bob, "one");
        alice.say(bob, "two");
        Person.await(() -> device.transcripts().count() >= 3, () -> "not tried again");
        Receipt answer = bob.say(alice, "my store is broken");
        assertThat(answer.accepted()
                        .toCompletableFuture()
                        .get(120, TimeUnit.SECONDS)
                        .position())
                .isEqualTo(new Position(4));
        alice.awaitTold(4);
        assertThat(bob.told()).hasSize(1);
        assertThat(bob.awaitNotices(1)).hasSize(1);

        device.transcripts().mend();
        bob.awaitTold(4);
        assertShown("alice: before", "alice: one", "alice: two", "bob: my store is broken");
        bob.say(alice, "it is mended");
        alice.awaitTold(5);
        ConversationTest.noFindings(alice);
    }

    @Test
    void storeThatFailsWhileAGapIsFilledIsAskedAgain() throws Exception {
        begin();
        AtomicBoolean lost = new AtomicBoolean();
        wire.incoming(frame -> {
            boolean lose = frame instanceof Message push && push.re() == 0 && lost.compareAndSet(false, true);
            return lose ? Optional.empty() : Optional.of(frame);
        });
        alice.say(bob, "lost on the way");
        Person.await(lost::get, () -> "nothing was pushed");
        device.transcripts().fail(Kind.REFUSED, 1);
        alice.say(bob, "behind it");
        bob.awaitTold(3);
        assertShown("alice: before", "alice: lost on the way", "alice: behind it");
    }

    @Test
    void serverThatCannotReadForAMomentIsAskedAgain() throws Exception {
        begin();
        AtomicBoolean lost = new AtomicBoolean();
        AtomicBoolean refused = new AtomicBoolean();
        wire.incoming(frame -> {
            boolean lose = frame instanceof Message push && push.re() == 0 && lost.compareAndSet(false, true);
            return lose ? Optional.empty() : Optional.of(frame);
        });
        wire.outgoing(frame -> {
            if (frame instanceof Since since && refused.compareAndSet(false, true)) {
                wire.deliver(unavailable(since.id()));
                return Optional.empty();
            }
            return Optional.of(frame);
        });
        alice.say(bob, "lost on the way");
        Person.await(lost::get, () -> "nothing was pushed");
        alice.say(bob, "behind it");
        bob.awaitTold(3);
        assertThat(refused).isTrue();
        assertShown("alice: before", "alice: lost on the way", "alice: behind it");
        assertThat(bob.notices()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"REFUSED", "UNKNOWN_AND_DONE"})
    void firstMessageIsReadThoughThePinCouldNotBeStoredAtFirst(Kind kind) throws Exception {
        device.pins().fail(kind, 1);
        alice.say(bob, "hello");
        bob.awaitTold(1);
        bob.say(alice, "hello yourself");
        alice.awaitTold(2);
        bob.awaitTold(2);
        assertShown("alice: hello", "bob: hello yourself");
        assertThat(bob.awaitNotices(1)).hasSize(1);
        ConversationTest.noFindings(alice);
    }

    @Test
    void firstMessageIsReadThoughTheServerCouldNotGiveTheBundleAtFirst() throws Exception {
        AtomicBoolean refused = new AtomicBoolean();
        wire.outgoing(frame -> {
            if (frame instanceof GetBundle get && refused.compareAndSet(false, true)) {
                wire.deliver(unavailable(get.id()));
                return Optional.empty();
            }
            return Optional.of(frame);
        });
        alice.say(bob, "hello");
        bob.awaitTold(1);
        assertThat(refused).isTrue();
        assertShown("alice: hello");
        assertThat(bob.notices()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"REFUSED", "UNKNOWN_AND_DONE"})
    void messageIsSentThoughThePinCouldNotBeStoredAtFirst(Kind kind) throws Exception {
        device.pins().fail(kind, 1);
        bob.say(alice, "hello");
        bob.awaitAccepted();
        alice.awaitTold(1);
        assertThat(alice.textsTold()).containsExactly("bob: hello");
        assertThat(bob.awaitNotices(1)).singleElement().asString().contains("the keys of alice");
        ConversationTest.noFindings(alice);
    }

    @Test
    void outboxIsNotTouchedBeforeTheConversationCanBeRead() throws Exception {
        world.stopServer();
        Person.await(() -> !(bob.client().state() instanceof ClientState.Online), () -> "still online");
        bob.say(alice, "draft");
        Person.await(() -> stored() == 1, () -> "the draft is not stored");
        bob.close();
        world.startServerAgain();
        device.transcripts().breakDown();
        Person back = world.connect("bob", device, wire);
        back.client().logIn(back.user(), World.passphrase("bob"));
        Person.await(() -> !back.notices().isEmpty(), () -> "no notice");
        Receipt second = back.say(alice, "second");
        Person.await(() -> device.transcripts().count() >= 2, () -> "not tried again");
        assertThat(second.accepted().toCompletableFuture()).isNotDone();
        assertThat(back.notices()).singleElement().asString().contains("alice", "can't be read");

        device.transcripts().mend();
        back.awaitAccepted();
        alice.awaitTold(2);
        assertThat(alice.textsTold()).containsExactly("bob: draft", "bob: second");
        back.awaitTold(2);
        ConversationTest.noFindings(alice);
    }

    private void begin() throws Exception {
        alice.say(bob, "before");
        bob.awaitTold(1);
    }

    private static Failure unavailable(long re) {
        return new Failure(re, ErrorCode.STORAGE_UNAVAILABLE, "not now", ErrorDetails.NONE);
    }

    private void assertShown(String... texts) throws Exception {
        assertThat(bob.textsTold()).containsExactly(texts);
        assertThat(bob.told()).extracting(ChatMessage::position).isSorted();
        assertThat(bob.told())
                .allSatisfy(message -> assertThat(message.findings()).isEmpty());
        assertThat(bob.history(alice)).isEqualTo(bob.told());
    }

    private int stored() {
        try {
            return device.copy().outbox(DeviceKeys.account(bob)).load().stream()
                    .mapToInt(lane -> lane.entries().size())
                    .sum();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
