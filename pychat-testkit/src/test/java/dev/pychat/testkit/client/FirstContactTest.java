package dev.pychat.testkit.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pychat.client.IdentityChangedException;
import dev.pychat.store.memory.MemoryClientStores;
import java.time.Duration;

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
        assertThat(bob.notices()).singleElement().asString().contains("alice", "has expired");
        assertThatThrownBy(() -> bob.say(alice, "not to old keys"))
                .isInstanceOf(IdentityChangedException.class)
                .hasMessageContaining("has expired");
    }

    private Person bob(MemoryClientStores device, FaultyTransport over) throws Exception {
        return world.connect("bob", device, over, builder -> builder.clock(clock));
    }
}
