package dev.pychat.testkit.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.client.Receipt;
import dev.pychat.client.RefusedException;
import dev.pychat.model.Position;
import dev.pychat.store.memory.MemoryClientStores;
import dev.pychat.wire.Accepted;
import dev.pychat.wire.ClientFrame;
import dev.pychat.wire.ErrorCode;
import dev.pychat.wire.Failure;
import dev.pychat.wire.GetBundle;
import dev.pychat.wire.Message;
import dev.pychat.wire.ServerFrame;
import dev.pychat.wire.Submit;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Bob deletes his account while Alice does not know yet that the server holds her first message: that one is not refused. */
class DeletedPeerTest {

    private final MovingClock clock = new MovingClock();
    private final CompletableFuture<ServerFrame> answer = new CompletableFuture<>();
    private World world;
    private Person bob;
    private FaultyTransport wire;
    private Person alice;

    @BeforeEach
    void start() throws Exception {
        world = World.start();
        bob = world.signUp("bob");
        wire = new FaultyTransport(world.transport());
        alice = world.connect(
                "alice", new MemoryClientStores(), wire, options -> options.clock(clock.withZone(ZoneOffset.UTC)));
        alice.client().signUp(alice.user(), World.passphrase("alice"));
    }

    @AfterEach
    void stop() {
        world.close();
    }

    /** A message that is stored, of which Alice hears neither the answer nor the delivery. */
    private Receipt stored() throws Exception {
        wire.incoming(frame -> {
            if (frame instanceof Accepted) {
                answer.complete(frame);
                return Optional.empty();
            }
            return isPush(frame) ? Optional.empty() : Optional.of(frame);
        });
        Receipt stored = alice.say(bob, "stored");
        bob.awaitTold(1);
        return stored;
    }

    private static boolean isPush(ServerFrame frame) {
        return frame instanceof Message push && push.re() == 0;
    }

    private Failure unknown(long re) {
        return new Failure(re, ErrorCode.UNKNOWN_USER, "there is no user bob");
    }

    /** The conversation knows that the server gives no keys of Bob any more. */
    private void awaitRefusalOfKeys() {
        Person.await(
                () -> {
                    try {
                        return alice.with(bob).pending().obstacle().isPresent();
                    } catch (Exception e) {
                        throw new AssertionError(e);
                    }
                },
                () -> "nobody has asked for the keys");
    }

    private static RefusedException refusalOf(Receipt receipt) {
        CompletableFuture<Throwable> why = receipt.accepted()
                .handle((accepted, failure) -> failure.getCause())
                .toCompletableFuture();
        assertThat(why).succeedsWithin(Person.PATIENCE).isInstanceOf(RefusedException.class);
        return (RefusedException) why.join();
    }

    @Test
    void messageInFlightIsWaitedForBeforeTheRestIsRefused() throws Exception {
        Receipt stored = stored();
        wire.outgoing(frame -> {
            if (frame instanceof GetBundle keys) {
                wire.deliver(unknown(keys.id()));
                return Optional.<ClientFrame>empty();
            }
            return Optional.of(frame);
        });
        // Too long ago to seal on the bundle that was fetched then.
        clock.goOn(Duration.ofHours(25));
        Receipt draft = alice.say(bob, "draft");
        awaitRefusalOfKeys();
        wire.deliver(answer.get(120, TimeUnit.SECONDS));
        assertThat(stored.accepted()
                        .toCompletableFuture()
                        .get(120, TimeUnit.SECONDS)
                        .position())
                .isEqualTo(Position.FIRST);
        RefusedException why = refusalOf(draft);
        Person.await(() -> alice.refused().contains(why), () -> "refused were " + alice.refused());
        assertThat(alice.refused()).containsExactly(why);
    }

    @Test
    void messageWhoseAnswerIsLostIsLookedForBeforeTheRestIsRefused() throws Exception {
        Receipt stored = stored();
        CompletableFuture<Long> again = new CompletableFuture<>();
        wire.outgoing(frame -> {
            if (frame instanceof Submit submit) {
                again.complete(submit.id());
                return Optional.<ClientFrame>empty();
            }
            if (frame instanceof GetBundle keys) {
                wire.deliver(unknown(keys.id()));
                return Optional.<ClientFrame>empty();
            }
            return Optional.of(frame);
        });
        wire.cut();
        long second = again.get(120, TimeUnit.SECONDS);
        clock.goOn(Duration.ofHours(25));
        Receipt draft = alice.say(bob, "draft");
        awaitRefusalOfKeys();
        wire.deliver(unknown(second));
        assertThat(stored.accepted()
                        .toCompletableFuture()
                        .get(120, TimeUnit.SECONDS)
                        .position())
                .isEqualTo(Position.FIRST);
        RefusedException why = refusalOf(draft);
        Person.await(() -> alice.refused().contains(why), () -> "refused were " + alice.refused());
        assertThat(alice.refused()).containsExactly(why);
        assertThat(Person.texts(alice.history(bob))).containsExactly("alice: stored");
    }

    @Test
    void whatIsSaidLaterFollowsTheLastMessageThatTheServerHas() throws Exception {
        alice.say(bob, "before");
        alice.awaitAccepted();
        CompletableFuture<Long> submitted = new CompletableFuture<>();
        wire.outgoing(frame -> {
            if (frame instanceof Submit submit) {
                submitted.complete(submit.id());
                return Optional.<ClientFrame>empty();
            }
            if (frame instanceof GetBundle keys) {
                wire.deliver(unknown(keys.id()));
                return Optional.<ClientFrame>empty();
            }
            return Optional.of(frame);
        });
        Receipt lost = alice.say(bob, "never arrives");
        long submit = submitted.get(120, TimeUnit.SECONDS);
        clock.goOn(Duration.ofHours(25));
        Receipt draft = alice.say(bob, "never sealed");
        awaitRefusalOfKeys();
        wire.deliver(unknown(submit));
        refusalOf(lost);
        refusalOf(draft);
        wire.outgoing(Optional::of);
        alice.say(bob, "later");
        alice.awaitAccepted();
        bob.awaitTold(2);
        assertThat(bob.textsTold()).containsExactly("alice: before", "alice: later");
        assertThat(alice.notices()).isEmpty();
        ConversationTest.noFindings(bob);
    }

    @Test
    void accountThatIsReallyGoneRefusesWhatIsNotStoredAndNothingElse() throws Exception {
        alice.say(bob, "before");
        alice.awaitAccepted();
        alice.awaitTold(1);
        bob.client().deleteAccount(World.passphrase("bob"));
        Receipt sealed = alice.say(bob, "sealed");
        RefusedException first = refusalOf(sealed);
        Receipt draft = alice.say(bob, "draft");
        RefusedException second = refusalOf(draft);
        Person.await(() -> alice.refused().size() >= 2, () -> "refused were " + alice.refused());
        assertThat(alice.refused()).containsExactly(first, second);
        assertThat(Person.texts(alice.history(bob))).containsExactly("alice: before");
        assertThat(alice.notices()).isEmpty();
    }
}
