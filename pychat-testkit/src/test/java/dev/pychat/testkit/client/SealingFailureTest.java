package dev.pychat.testkit.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pychat.client.ClosedException;
import dev.pychat.client.Receipt;
import dev.pychat.crypto.open.Sha256;
import dev.pychat.store.ClientStores;
import dev.pychat.store.OutboxLane;
import dev.pychat.store.OutboxStep;
import dev.pychat.store.OutboxStore;
import dev.pychat.store.memory.MemoryClientStores;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A message that can't be sealed at the moment is not lost by that. */
class SealingFailureTest {

    private final LeapingClock clock = new LeapingClock();
    private World world;
    private Person bob;
    private Person alice;

    @BeforeEach
    void start() throws Exception {
        world = World.start();
        bob = world.signUp("bob");
        alice = alice(new MemoryClientStores());
        alice.client().signUp(alice.user(), World.passphrase("alice"));
        alice.say(bob, "before");
        alice.awaitAccepted();
    }

    @AfterEach
    void stop() {
        world.close();
    }

    private Person alice(ClientStores device) throws Exception {
        return world.connect(
                "alice", device, world.transport(), builder -> builder.clock(clock.withZone(ZoneOffset.UTC)));
    }

    @Test
    void bundleThatGetsTooOldWhileAMessageIsSealedIsFetchedAgain() throws Exception {
        clock.leapAfterNextRead(Duration.ofHours(25));
        Receipt receipt = alice.say(bob, "at that moment");
        assertThat(receipt.accepted().toCompletableFuture()).succeedsWithin(Person.PATIENCE);
        bob.awaitTold(2);
        assertThat(bob.textsTold()).containsExactly("alice: before", "alice: at that moment");
    }

    @Test
    void messagesBehindADamagedHeadAreKeptAndTheirReceiptsComplete() throws Exception {
        ClientStores device = alice.stores();
        OutboxStore outbox = device.outbox(DeviceKeys.account(alice));
        Person.await(() -> isClear(outbox), () -> "the outbox is not cleared");
        alice.close();
        OutboxLane lane = outbox.load().get(0);
        outbox.keep(new OutboxStep(bob.user(), lane.head(), Sha256.of(lane.head()), List.of(), List.of(), List.of()));

        Person back = alice(device);
        back.client().logIn(back.user(), World.passphrase("alice"));
        Receipt receipt = back.say(bob, "kept");
        Person.await(() -> !back.notices().isEmpty(), () -> "no notice");
        assertThat(back.notices()).singleElement().asString().contains("the head of the lane to bob is damaged");
        back.close();
        assertThatThrownBy(() -> receipt.accepted().toCompletableFuture().get(120, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOf(ClosedException.class)
                .hasMessageContaining("is in the outbox");
        assertThat(outbox.load().get(0).entries()).hasSize(1);
    }

    private static boolean isClear(OutboxStore outbox) {
        try {
            return outbox.load().stream().allMatch(lane -> lane.entries().isEmpty());
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** Goes ahead at once, behind one reading that is still of before. */
    private static final class LeapingClock implements InstantSource {

        private final AtomicInteger readings = new AtomicInteger(Integer.MIN_VALUE);
        private volatile Duration leap = Duration.ZERO;

        void leapAfterNextRead(Duration ahead) {
            leap = ahead;
            readings.set(0);
        }

        @Override
        public Instant instant() {
            return Clock.systemUTC().instant().plus(readings.getAndIncrement() > 0 ? leap : Duration.ZERO);
        }
    }
}
