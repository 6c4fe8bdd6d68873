package dev.pychat.testkit.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pychat.client.KeysRefusedException;
import dev.pychat.store.memory.MemoryClientStores;
import dev.pychat.wire.ErrorCode;
import dev.pychat.wire.ErrorDetails;
import dev.pychat.wire.Failure;
import dev.pychat.wire.GetBundle;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The first message of somebody whose keys can't be had, or not be sent to, at that moment. */
class FirstContactTest {

    private World world;
    private Person alice;
    private final MovingClock clock = new MovingClock();

    @BeforeEach
    void start() throws Exception {
        world = World.start();
        alice = world.signUp("alice");
    }

    @AfterEach
    void stop() {
        world.close();
    }

    @Test
    void offlineMessageOfSomebodyWhoseBundleHasExpiredIsReadable() throws Exception {
        MemoryClientStores device = new MemoryClientStores();
        Person away = bob(device, new FaultyTransport(world.transport()));
        away.client().signUp(away.user(), World.passphrase("bob"));
        away.close();
        alice.say(away, "hello");
        alice.awaitAccepted();
        alice.close();

        clock.goOn(Duration.ofDays(61));
        Person bob = bob(device, new FaultyTransport(world.transport()));
        bob.client().logIn(bob.user(), World.passphrase("bob"));
        bob.awaitTold(1);
        assertThat(bob.textsTold()).containsExactly("alice: hello");
        assertThat(bob.told().get(0).findings()).isEmpty();
        Person.await(() -> !bob.refusedKeys().isEmpty(), () -> "no refusal");
        assertThat(bob.refusedKeys())
                .singleElement()
                .extracting(Throwable::getMessage)
                .asString()
                .contains("alice", "expired");
        assertThatThrownBy(() -> bob.say(alice, "not to old keys"))
                .isInstanceOf(KeysRefusedException.class)
                .hasMessageContaining("expired");
    }

    @Test
    void messageIsNotLostWhenTheServerGivesNoAnswerAboutTheBundle() throws Exception {
        FaultyTransport wire = new FaultyTransport(world.transport());
        AtomicBoolean refused = new AtomicBoolean();
        wire.outgoing(frame -> {
            if (frame instanceof GetBundle get
                    && get.user().equals(alice.user())
                    && refused.compareAndSet(false, true)) {
                wire.deliver(new Failure(get.id(), ErrorCode.LISTING_OFF, "no answer to what was asked"));
                return Optional.empty();
            }
            return Optional.of(frame);
        });
        Person bob = bob(new MemoryClientStores(), wire);
        bob.client().signUp(bob.user(), World.passphrase("bob"));
        alice.say(bob, "hello");
        Person.await(refused::get, () -> "the bundle was not asked for");
        alice.say(bob, "again");
        bob.awaitTold(2);
        assertThat(bob.textsTold()).containsExactly("alice: hello", "alice: again");
        ConversationTest.noFindings(bob);
    }

    @Test
    void busyServerIsAskedAgainWhenItSays() throws Exception {
        FaultyTransport wire = new FaultyTransport(world.transport());
        List<Long> asked = new CopyOnWriteArrayList<>();
        wire.outgoing(frame -> {
            if (frame instanceof GetBundle get && get.user().equals(alice.user()) && asked.isEmpty()) {
                asked.add(System.nanoTime());
                wire.deliver(new Failure(
                        get.id(), ErrorCode.BUSY, "later", ErrorDetails.ofRetryAfter(Duration.ofMillis(2_500))));
                return Optional.empty();
            }
            if (frame instanceof GetBundle get && get.user().equals(alice.user())) {
                asked.add(System.nanoTime());
            }
            return Optional.of(frame);
        });
        Person bob = bob(new MemoryClientStores(), wire);
        bob.client().signUp(bob.user(), World.passphrase("bob"));
        alice.say(bob, "hello");
        bob.awaitTold(1);
        assertThat(bob.textsTold()).containsExactly("alice: hello");
        assertThat(Duration.ofNanos(asked.get(1) - asked.get(0))).isGreaterThan(Duration.ofMillis(2_400));
    }

    private Person bob(MemoryClientStores device, FaultyTransport over) throws Exception {
        return world.connect("bob", device, over, builder -> builder.clock(clock.withZone(ZoneOffset.UTC)));
    }
}
