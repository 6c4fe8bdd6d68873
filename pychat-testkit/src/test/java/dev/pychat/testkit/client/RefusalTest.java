package dev.pychat.testkit.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.client.Receipt;
import dev.pychat.model.Bytes;
import dev.pychat.model.Position;
import dev.pychat.store.AppendResult;
import dev.pychat.store.AppendResult.Conflict;
import dev.pychat.store.AppendResult.ReadFirst;
import dev.pychat.store.AppendResult.UnknownLane;
import dev.pychat.store.memory.MemoryClientStores;
import dev.pychat.wire.Accepted;
import dev.pychat.wire.ErrorCode;
import dev.pychat.wire.Failure;
import dev.pychat.wire.Message;
import dev.pychat.wire.PutEpoch;
import dev.pychat.wire.Submit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the sending side does about the refusals that have a remedy. */
class RefusalTest {

    /** Where a header has its lane, the ordinal behind it, and what follows (ENVELOPE.md, section 6). */
    private static final int LANE = 135;

    private static final int ORDINAL = 151;
    private static final int PREVIOUS_HEAD = 155;

    private World world;

    @BeforeEach
    void start() throws Exception {
        world = World.start();
    }

    @AfterEach
    void stop() {
        world.close();
    }

    static Stream<AppendResult> refusals() {
        return Stream.of(new UnknownLane(), new ReadFirst(new Position(2)), new Conflict(new Position(1)));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void refusedMessageAndThoseBehindItArriveOnceAndInOrder(AppendResult refusal) throws Exception {
        Person alice = world.signUp("alice");
        Person bob = world.signUp("bob");
        alice.say(bob, "one");
        bob.awaitTold(1);
        bob.say(alice, "two");
        alice.awaitTold(2);

        world.messages().refuseNext(refusal);
        List<Receipt> receipts = new ArrayList<>();
        for (String text : List.of("three", "four", "five")) {
            receipts.add(alice.say(bob, text));
        }
        bob.awaitTold(5);
        alice.awaitTold(5);

        assertThat(world.messages().isWaiting()).isFalse();
        for (int i = 0; i < receipts.size(); i++) {
            var accepted = receipts.get(i).accepted().toCompletableFuture().get(120, TimeUnit.SECONDS);
            assertThat(accepted.position()).isEqualTo(new Position(3 + i));
            assertThat(accepted.id()).isEqualTo(receipts.get(i).id());
        }
        assertThat(bob.textsTold())
                .containsExactly("alice: one", "bob: two", "alice: three", "alice: four", "alice: five");
        assertThat(alice.textsTold()).isEqualTo(bob.textsTold());
        ConversationTest.noFindings(alice, bob);
    }

    @Test
    void ordinalOfAnEpochWhoseMessagesWereRefusedIsNotUsedAgain() throws Exception {
        Person before = world.signUp("alice");
        Person bob = world.signUp("bob");
        before.say(bob, "one");
        bob.awaitTold(1);
        before.close();

        FaultyTransport wire = new FaultyTransport(world.transport());
        List<Bytes> places = new CopyOnWriteArrayList<>();
        wire.outgoing(frame -> {
            if (frame instanceof PutEpoch put) {
                places.add(put.header().slice(LANE, PREVIOUS_HEAD - LANE));
            }
            return Optional.of(frame);
        });
        Person alice = world.connect("alice", before.stores(), wire);
        alice.client().logIn(alice.user(), World.passphrase("alice"));
        alice.history(bob);
        world.messages().refuseNext(new Conflict(new Position(1)));
        alice.say(bob, "two");
        bob.awaitTold(2);
        assertThat(places).hasSize(2).doesNotHaveDuplicates();
        assertThat(places).extracting(place -> place.slice(0, ORDINAL - LANE)).containsOnly(lane(places));
        ConversationTest.noFindings(alice, bob);
    }

    @Test
    void messageThatIsStoredIsNotCalledRefusedWhateverTheServerSays() throws Exception {
        Person bob = world.signUp("bob");
        FaultyTransport wire = new FaultyTransport(world.transport());
        Person alice = world.connect("alice", new MemoryClientStores(), wire);
        alice.client().signUp(alice.user(), World.passphrase("alice"));
        wire.incoming(frame -> {
            if (frame instanceof Accepted accepted) {
                return Optional.of(new Failure(accepted.answered().get(0), ErrorCode.BLOCKED, "not so"));
            }
            return frame instanceof Message push && push.re() == 0 ? Optional.empty() : Optional.of(frame);
        });
        Receipt receipt = alice.say(bob, "stored");
        bob.awaitTold(1);
        assertThat(receipt.accepted()
                        .toCompletableFuture()
                        .get(120, TimeUnit.SECONDS)
                        .position())
                .isEqualTo(Position.FIRST);
        wire.incoming(Optional::of);
        alice.say(bob, "next");
        alice.awaitAccepted();
        bob.awaitTold(2);
        assertThat(alice.refused()).isEmpty();
    }

    @Test
    void ofThreeInFlightTheOneRefusedForGoodLeavesNoTraceAndTheOthersArriveInOrder() throws Exception {
        Person bob = world.signUp("bob");
        FaultyTransport wire = new FaultyTransport(world.transport());
        Person alice = world.connect("alice", new MemoryClientStores(), wire);
        alice.client().signUp(alice.user(), World.passphrase("alice"));
        alice.say(bob, "one");
        alice.awaitAccepted();
        bob.awaitTold(1);
        List<Submit> held = new CopyOnWriteArrayList<>();
        wire.outgoing(frame -> {
            if (frame instanceof Submit submit && held.size() < 3) {
                held.add(submit);
                return Optional.empty();
            }
            return Optional.of(frame);
        });
        Receipt two = alice.say(bob, "two");
        Receipt three = alice.say(bob, "three");
        Receipt four = alice.say(bob, "four");
        Person.await(() -> held.size() == 3, () -> held.size() + " were in flight");
        // What is sealed behind the one that the server does not have, it refuses by itself.
        wire.outgoing(Optional::of);
        wire.inject(held.get(0));
        wire.deliver(new Failure(held.get(1).id(), ErrorCode.INVALID, "no"));
        wire.inject(held.get(2));
        alice.awaitAccepted();
        bob.awaitTold(3);

        assertThat(Scene.texts(bob)).containsExactly("one", "two", "four");
        assertThat(two.accepted()).isCompleted();
        assertThat(three.accepted()).isCompletedExceptionally();
        assertThat(four.accepted()).isCompleted();
        assertThat(alice.refused()).hasSize(1);
        ConversationTest.noFindings(alice, bob);
    }

    private static Bytes lane(List<Bytes> places) {
        return places.get(0).slice(0, ORDINAL - LANE);
    }
}
