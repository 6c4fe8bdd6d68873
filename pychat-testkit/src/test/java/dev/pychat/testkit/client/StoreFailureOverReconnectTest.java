package dev.pychat.testkit.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.store.memory.MemoryClientStores;
import dev.pychat.testkit.client.Fault.Kind;
import dev.pychat.wire.ErrorCode;
import dev.pychat.wire.ErrorDetails;
import dev.pychat.wire.Failure;
import dev.pychat.wire.Message;
import dev.pychat.wire.Since;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** What could not be taken is to be asked for later, and before that the connection is lost. */
class StoreFailureOverReconnectTest {

    private final AtomicBoolean lost = new AtomicBoolean();
    private final AtomicBoolean refused = new AtomicBoolean();

    @Test
    void messageThatFailsAgainOverTheNextConnectionIsShown() throws Exception {
        try (World world = World.start()) {
            Person alice = world.signUp("alice");
            FailingStores device = new FailingStores(new MemoryClientStores());
            FaultyTransport wire = new FaultyTransport(world.transport());
            Person bob = world.connect("bob", device, wire);
            bob.client().signUp(bob.user(), World.passphrase("bob"));
            alice.say(bob, "before");
            bob.awaitTold(1);
            loseOnePushAndRefuseToRepeatItForAMinute(wire);
            alice.say(bob, "lost on the way");
            Person.await(lost::get, () -> "nothing was pushed");
            alice.say(bob, "behind it");
            Person.await(refused::get, () -> "nothing was asked for");
            device.transcripts().fail(Kind.REFUSED, 1);
            wire.cut();
            bob.awaitTold(3);
            assertThat(device.transcripts().count()).isEqualTo(1);
            assertThat(bob.textsTold()).containsExactly("alice: before", "alice: lost on the way", "alice: behind it");
        }
    }

    private void loseOnePushAndRefuseToRepeatItForAMinute(FaultyTransport wire) {
        wire.incoming(frame -> {
            boolean lose = frame instanceof Message push && push.re() == 0 && lost.compareAndSet(false, true);
            return lose ? Optional.empty() : Optional.of(frame);
        });
        wire.outgoing(frame -> {
            if (frame instanceof Since since && !refused.get()) {
                wire.deliver(new Failure(
                        since.id(), ErrorCode.BUSY, "not now", ErrorDetails.ofRetryAfter(Duration.ofMinutes(1))));
                refused.set(true);
                return Optional.empty();
            }
            return Optional.of(frame);
        });
    }
}
