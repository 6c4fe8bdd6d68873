package dev.pychat.testkit.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pychat.client.ChatMessage;
import dev.pychat.client.ClientState;
import dev.pychat.client.Receipt;
import dev.pychat.client.RefusedException;
import dev.pychat.model.Bytes;
import dev.pychat.model.MessageId;
import dev.pychat.model.Position;
import dev.pychat.store.LocalAccount;
import dev.pychat.store.memory.MemoryClientStores;
import dev.pychat.wire.Accepted;
import dev.pychat.wire.ClientFrame;
import dev.pychat.wire.Failure;
import dev.pychat.wire.GetBundle;
import dev.pychat.wire.Ok;
import dev.pychat.wire.PutEpoch;
import dev.pychat.wire.ServerFrame;
import dev.pychat.wire.Submit;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The sending side dies at every step of a message's way, and starts again from what its stores held at that moment. */
class SendingCrashTest {

    private World world;
    private Person bob;
    private MemoryClientStores stores;
    private FaultyTransport faulty;
    private Person alice;
    private final CompletableFuture<MemoryClientStores> disk = new CompletableFuture<>();

    @BeforeEach
    void start() throws Exception {
        world = World.start();
        bob = world.signUp("bob");
        stores = new MemoryClientStores();
        faulty = new FaultyTransport(world.transport());
        alice = world.connect("alice", stores, faulty);
        alice.client().signUp(alice.user(), World.passphrase("alice"));
        alice.say(bob, "before");
        alice.awaitAccepted();
        bob.awaitTold(1);
    }

    @AfterEach
    void stop() {
        world.close();
    }

    /** At which moment the process is killed. */
    enum Moment {
        SEALED,
        SENT,
        STORED,
        ACCEPTED,
        THREE_IN_FLIGHT
    }

    @ParameterizedTest
    @EnumSource
    void killedSenderLosesNothingAndDoublesNothing(Moment moment) throws Exception {
        AtomicInteger submits = new AtomicInteger();
        faulty.outgoing(frame -> outgoing(moment, frame, submits));
        faulty.incoming(frame -> incoming(moment, frame));
        for (int i = 1; i <= 3; i++) {
            alice.say(bob, "message " + i);
        }
        MemoryClientStores copy = disk.get(120, TimeUnit.SECONDS);
        alice.close();

        FaultyTransport second = new FaultyTransport(world.transport());
        Person back = world.connect("alice", copy, second);
        back.client().logIn(back.user(), World.passphrase("alice"));
        back.awaitAccepted();
        back.say(bob, "after");
        back.awaitAccepted();

        List<String> sent = sentBeforeTheCrash(moment);
        Person.await(() -> bob.textsTold().contains("alice: after"), () -> "bob was told " + bob.textsTold());
        assertThat(bob.textsTold())
                .startsWith("alice: before")
                .endsWith("alice: after")
                .doesNotHaveDuplicates();
        assertThat(bob.textsTold()).containsAll(sent);
        assertThat(bob.told()).extracting(ChatMessage::id).doesNotHaveDuplicates();
        assertThat(Person.texts(back.history(bob))).isEqualTo(bob.textsTold());
        sameBytesForEachId(faulty.submitted(), second.submitted());
        ConversationTest.noFindings(bob, back);
    }

    private Optional<ClientFrame> outgoing(Moment moment, ClientFrame frame, AtomicInteger submits) {
        if (!(frame instanceof Submit)) {
            return Optional.of(frame);
        }
        int count = submits.incrementAndGet();
        if (moment == Moment.SEALED) {
            die();
            return Optional.empty();
        }
        if (moment == Moment.SENT || moment == Moment.THREE_IN_FLIGHT && count == 3) {
            faulty.inject(frame);
            disk.complete(stores.copy());
            faulty.incoming(reply -> Optional.empty());
            faulty.outgoing(later -> Optional.empty());
            return Optional.empty();
        }
        return Optional.of(frame);
    }

    private Optional<ServerFrame> incoming(Moment moment, ServerFrame frame) {
        if (frame instanceof Accepted) {
            if (moment == Moment.STORED) {
                die();
                return Optional.empty();
            }
            if (moment == Moment.ACCEPTED) {
                faulty.deliver(frame);
                die();
                return Optional.empty();
            }
            if (moment == Moment.THREE_IN_FLIGHT) {
                return Optional.empty();
            }
        }
        return Optional.of(frame);
    }

    /** Nothing leaves any more, and only then the disk is looked at: what is sealed meanwhile is on it and nowhere else. */
    private void die() {
        faulty.kill();
        disk.complete(stores.copy());
    }

    /** What was stored in the outbox at that moment is never lost; what came later died with the process. */
    private static List<String> sentBeforeTheCrash(Moment moment) {
        return moment == Moment.THREE_IN_FLIGHT
                ? List.of("alice: message 1", "alice: message 2", "alice: message 3")
                : List.of("alice: message 1");
    }

    private static void sameBytesForEachId(Map<MessageId, Set<Bytes>> first, Map<MessageId, Set<Bytes>> second) {
        assertThat(second).isNotEmpty();
        second.forEach((id, bytes) -> {
            Set<Bytes> all = new HashSet<>(bytes);
            all.addAll(first.getOrDefault(id, Set.of()));
            assertThat(all).as("bytes of %s", id).hasSize(1);
        });
    }

    @Test
    void messageRefusedForGoodFailsAndTheOthersFollowUnderNewIds() throws Exception {
        AtomicInteger submits = new AtomicInteger();
        faulty.outgoing(frame -> {
            boolean second = frame instanceof Submit && submits.incrementAndGet() == 2;
            return Optional.of(second ? withWrongHash((Submit) frame) : frame);
        });
        AtomicBoolean said = new AtomicBoolean();
        faulty.incoming(frame -> {
            if (frame instanceof Failure) {
                Person.await(() -> said.get() && submits.get() >= 3, () -> "three messages were not submitted");
            }
            return Optional.of(frame);
        });
        Receipt one = alice.say(bob, "one");
        Receipt two = alice.say(bob, "two");
        Receipt three = alice.say(bob, "three");
        MessageId sealedFirst = three.id();
        said.set(true);
        assertThat(one.accepted()
                        .toCompletableFuture()
                        .get(120, TimeUnit.SECONDS)
                        .position()
                        .value())
                .isEqualTo(2);
        assertThatThrownBy(() -> two.accepted().toCompletableFuture().get(120, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(RefusedException.class);
        var accepted = three.accepted().toCompletableFuture().get(120, TimeUnit.SECONDS);
        assertThat(three.id()).isEqualTo(accepted.id()).isNotEqualTo(sealedFirst);

        bob.say(alice, "answer");
        alice.awaitTold(4);
        bob.awaitTold(4);
        assertThat(bob.textsTold()).containsExactly("alice: before", "alice: one", "alice: three", "bob: answer");
        assertThat(alice.textsTold()).isEqualTo(bob.textsTold());
        ConversationTest.noFindings(alice, bob);
    }

    private static Submit withWrongHash(Submit frame) {
        return new Submit(
                frame.id(),
                frame.to(),
                frame.mid(),
                Bytes.adopt(new byte[32]),
                frame.epoch(),
                frame.lane(),
                frame.after(),
                frame.seen(),
                frame.quiet(),
                frame.envelope());
    }

    @Test
    void epochThatTheServerDoesNotKnowIsPutAgain() throws Exception {
        alice.close();
        FaultyTransport forgetful = new FaultyTransport(world.transport());
        AtomicInteger puts = new AtomicInteger();
        Person back = world.connect("alice", stores, forgetful);
        forgetful.outgoing(frame -> {
            if (frame instanceof PutEpoch put && puts.incrementAndGet() == 1) {
                forgetful.deliver(new Ok(put.id(), Position.NONE, Position.NONE));
                return Optional.empty();
            }
            return Optional.of(frame);
        });
        back.client().logIn(back.user(), World.passphrase("alice"));
        back.say(bob, "one");
        back.say(bob, "two");
        back.awaitAccepted();
        bob.awaitTold(3);
        assertThat(puts).hasValue(2);
        assertThat(bob.textsTold()).containsExactly("alice: before", "alice: one", "alice: two");
        forgetful
                .submitted()
                .forEach((id, bytes) -> assertThat(bytes).as("%s", id).hasSize(1));
        ConversationTest.noFindings(back, bob);
    }

    @Test
    void draftToAPeerWhoseKeysAreNotKnownYetSurvivesACrash() throws Exception {
        Person carol = world.signUp("carol");
        faulty.outgoing(frame -> frame instanceof GetBundle ask && ask.user().equals(carol.user())
                ? Optional.empty()
                : Optional.of(frame));
        alice.client().close();
        Person offline = world.connect("alice", stores, faulty);
        offline.client().logIn(offline.user(), World.passphrase("alice"));
        faulty.kill();
        Person.await(() -> !(offline.client().state() instanceof ClientState.Online), () -> "still online");
        Receipt receipt = offline.say(carol, "draft");
        Person.await(() -> holdsDraft(offline, carol), () -> "no draft in the outbox");
        MemoryClientStores copy = stores.copy();
        offline.close();

        Person back = world.logIn("alice", copy);
        back.awaitAccepted();
        carol.awaitTold(1);
        assertThat(carol.textsTold()).containsExactly("alice: draft");
        assertThat(carol.told().get(0).id()).isEqualTo(receipt.id());
        ConversationTest.noFindings(carol);
    }

    private boolean holdsDraft(Person person, Person peer) {
        try {
            var account = new LocalAccount(person.client().realm(), person.user());
            return stores.outbox(account).load().stream()
                    .anyMatch(lane ->
                            lane.peer().equals(peer.user()) && !lane.entries().isEmpty());
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
