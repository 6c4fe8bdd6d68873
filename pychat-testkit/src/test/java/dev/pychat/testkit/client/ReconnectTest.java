package dev.pychat.testkit.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.client.ChatMessage;
import dev.pychat.client.ClientState;
import dev.pychat.client.Receipt;
import dev.pychat.store.memory.MemoryClientStores;
import dev.pychat.wire.ErrorCode;
import dev.pychat.wire.Failure;
import dev.pychat.wire.Inbox;
import dev.pychat.wire.Resume;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReconnectTest {

    private World world;

    @BeforeEach
    void start() throws Exception {
        world = World.start();
    }

    @AfterEach
    void stop() {
        world.close();
    }

    @Test
    void conversationGoesOnOverARestartOfTheServer() throws Exception {
        Person alice = world.signUp("alice");
        Person bob = world.signUp("bob");
        for (int i = 1; i <= 20; i++) {
            alice.say(bob, "a" + i);
        }
        bob.awaitTold(5);
        world.stopServer();
        Person.await(
                () -> alice.client().state() instanceof ClientState.Waiting
                        || alice.client().state() instanceof ClientState.Connecting,
                () -> "alice is " + alice.client().state());
        Receipt offline = alice.say(bob, "written without a server");
        bob.say(alice, "so was this");
        assertThat(offline.accepted().toCompletableFuture()).isNotDone();

        world.startServerAgain();
        offline.accepted().toCompletableFuture().get(120, TimeUnit.SECONDS);
        alice.awaitAccepted();
        bob.awaitAccepted();
        alice.awaitTold(22);
        bob.awaitTold(22);
        assertThat(bob.textsTold()).isEqualTo(alice.textsTold()).doesNotHaveDuplicates();
        Person.await(
                () -> alice.states().stream().anyMatch(ClientState.Waiting.class::isInstance),
                () -> "alice was told " + alice.states());
        ConversationTest.noFindings(alice, bob);
    }

    @Test
    void connectionCutAgainAndAgainLosesNothingAndDoublesNothing() throws Exception {
        Person bob = world.signUp("bob");
        FaultyTransport faulty = new FaultyTransport(world.transport());
        Person alice = world.connect("alice", new MemoryClientStores(), faulty);
        alice.client().signUp(alice.user(), World.passphrase("alice"));
        for (int round = 1; round <= 10; round++) {
            for (int i = 1; i <= 20; i++) {
                alice.say(bob, "round " + round + " message " + i);
            }
            bob.say(alice, "round " + round);
            int told = 10 * round;
            Person.await(() -> alice.told().size() >= told, () -> "alice was told " + alice.textsTold());
            faulty.cut();
        }
        alice.awaitAccepted();
        alice.awaitTold(210);
        bob.awaitTold(210);
        assertThat(bob.textsTold()).isEqualTo(alice.textsTold()).doesNotHaveDuplicates();
        assertThat(bob.told()).extracting(ChatMessage::position).isSorted();
        faulty.submitted().forEach((id, bytes) -> assertThat(bytes).as("%s", id).hasSize(1));
        ConversationTest.noFindings(alice, bob);
    }

    @Test
    void attemptThatFailsInAWayThatNobodyForesawLeavesNoConnection() throws Exception {
        FaultyTransport faulty = new FaultyTransport(world.transport());
        Person alice = world.connect("alice", new MemoryClientStores(), faulty);
        alice.client().signUp(alice.user(), World.passphrase("alice"));
        AtomicBoolean failed = new AtomicBoolean();
        faulty.outgoing(frame -> {
            if (frame instanceof Resume) {
                failed.set(true);
                throw new IllegalStateException("as a test wants it");
            }
            return Optional.of(frame);
        });
        faulty.cut();
        Person.await(failed::get, () -> "alice is " + alice.client().state());
        Person.await(() -> faulty.open() == 0, () -> "open are " + faulty.open());
    }

    @Test
    void inboxThatTheServerIsTooBusyForIsReadALittleLater() throws Exception {
        Person alice = world.signUp("alice");
        Person bob = world.signUp("bob");
        bob.close();
        alice.say(bob, "while you were away");
        alice.awaitAccepted();
        FaultyTransport faulty = new FaultyTransport(world.transport());
        AtomicBoolean refused = new AtomicBoolean();
        faulty.outgoing(frame -> {
            if (frame instanceof Inbox inbox && refused.compareAndSet(false, true)) {
                faulty.deliver(new Failure(inbox.id(), ErrorCode.BUSY, "as a test wants it"));
                return Optional.empty();
            }
            return Optional.of(frame);
        });
        Person back = world.connect("bob", bob.stores(), faulty);
        back.client().logIn(back.user(), World.passphrase("bob"));
        back.awaitTold(1);
        assertThat(back.textsTold()).containsExactly("alice: while you were away");
    }

    @Test
    void attemptForWhichThereIsNoThreadIsFollowedByAnother() throws Exception {
        assertFollowedByAnother(() -> {
            throw new OutOfMemoryError("unable to create native thread, as a test wants it");
        });
    }

    @Test
    void attemptThatFailsInAWayThatNobodyForesawIsFollowedByAnother() throws Exception {
        assertFollowedByAnother(() -> {
            throw new IllegalStateException("as a test wants it");
        });
    }

    private void assertFollowedByAnother(Runnable failure) throws Exception {
        FaultyTransport faulty = new FaultyTransport(world.transport());
        Person alice = world.connect("alice", new MemoryClientStores(), faulty);
        alice.client().signUp(alice.user(), World.passphrase("alice"));
        AtomicBoolean failed = new AtomicBoolean();
        faulty.outgoing(frame -> {
            if (frame instanceof Resume && failed.compareAndSet(false, true)) {
                failure.run();
            }
            return Optional.of(frame);
        });
        faulty.cut();
        Person.await(failed::get, () -> "alice is " + alice.client().state());
        Person.await(
                () -> alice.client().state() instanceof ClientState.Online,
                () -> "alice is " + alice.client().state());
    }
}
