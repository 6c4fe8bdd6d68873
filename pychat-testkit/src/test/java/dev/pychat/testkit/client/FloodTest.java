package dev.pychat.testkit.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.model.Position;
import dev.pychat.model.Username;
import dev.pychat.store.memory.MemoryClientStores;
import dev.pychat.wire.Follow;
import dev.pychat.wire.InboxChanged;
import dev.pychat.wire.InboxEntry;
import dev.pychat.wire.Message;
import dev.pychat.wire.Since;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A server tells and pushes far more than an honest one would. */
class FloodTest {

    private static final int MOST_TOLD = 10_000;

    private final Set<Username> followed = ConcurrentHashMap.newKeySet();
    private final AtomicInteger read = new AtomicInteger();
    private World world;
    private Person alice;
    private FaultyTransport wire;
    private FailingStores device;
    private Person bob;

    @BeforeEach
    void start() throws Exception {
        world = World.start();
        alice = world.signUp("alice");
        wire = new FaultyTransport(world.transport());
        wire.outgoing(frame -> {
            if (frame instanceof Follow follow) {
                followed.add(follow.with());
            }
            if (frame instanceof Since) {
                read.incrementAndGet();
            }
            return Optional.of(frame);
        });
        device = new FailingStores(new MemoryClientStores());
        bob = world.connect("bob", device, wire);
        bob.client().signUp(bob.user(), World.passphrase("bob"));
        alice.say(bob, "before");
        bob.awaitTold(1);
    }

    @AfterEach
    void stop() {
        world.close();
    }

    @Test
    void conversationThatNobodyFollowsIsNotBegunByPushes() throws Exception {
        Message pushed = pushOfAlice("pushed");
        for (int i = 0; i < 100; i++) {
            Username name = new Username("nobody" + i);
            wire.deliver(new Message(0, name, pushed.first(), pushed.items(), pushed.headers(), false));
        }
        alice.say(bob, "after");
        bob.awaitTold(3);
        assertThat(followed).containsExactly(alice.user());
        assertThat(bob.textsTold()).containsExactly("alice: before", "alice: pushed", "alice: after");
    }

    @Test
    void conversationsThatAServerTellsOfAreBounded() throws Exception {
        for (int i = 0; i < MOST_TOLD + 200; i++) {
            Username name = new Username("nobody" + i);
            wire.deliver(new InboxChanged(new InboxEntry(name, Position.FIRST, 1, Position.NONE, Instant.now())));
        }
        Person.await(() -> followed.size() >= MOST_TOLD, () -> "followed are " + followed.size());
        Person carl = world.signUp("carl");
        bob.say(carl, "begun here");
        carl.awaitTold(1);
        assertThat(followed).hasSize(MOST_TOLD + 1).contains(alice.user(), carl.user());
        assertThat(bob.notices()).singleElement().asString().contains("more than 10000 conversations");
    }

    @Test
    void pushesThatHaveNoRoomAreReadWhenTheirTurnComes() throws Exception {
        int before = read.get();
        device.transcripts().hold();
        String text = "x".repeat(60_000);
        Message pushed = pushOfAlice(text);
        Person.await(() -> device.transcripts().isHolding(), () -> "nothing was taken");
        for (int i = 0; i < 1_000; i++) {
            wire.deliver(pushed);
        }
        alice.say(bob, "left out");
        alice.awaitAccepted();
        assertThat(read).hasValue(before);
        device.transcripts().goOn();
        bob.awaitTold(3);
        assertThat(read).hasValueGreaterThan(before);
        assertThat(bob.textsTold()).containsExactly("alice: before", "alice: " + text, "alice: left out");
    }

    private Message pushOfAlice(String text) throws Exception {
        AtomicReference<Message> pushed = new AtomicReference<>();
        wire.incoming(frame -> {
            if (frame instanceof Message push && push.re() == 0) {
                pushed.set(push);
            }
            return Optional.of(frame);
        });
        alice.say(bob, text);
        Person.await(() -> pushed.get() != null, () -> "nothing was pushed");
        return pushed.get();
    }
}
