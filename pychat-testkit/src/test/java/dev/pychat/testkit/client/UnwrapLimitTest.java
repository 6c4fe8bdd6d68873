package dev.pychat.testkit.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.crypto.secret.Unwrapper;
import dev.pychat.store.memory.MemoryClientStores;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** A peer makes an epoch for every message, and so brings about a private-key operation with each. */
class UnwrapLimitTest {

    private static final int AT_ONCE = 512;
    private static final int MORE = 128;
    private static final Duration LEAST_FOR_MORE = Duration.ofMillis(1_900);

    @Test
    void privateOperationsAreLimitedForEachPeerAndRunApart() throws Exception {
        try (World world = World.start()) {
            Person alice = world.signUp("alice");
            Person before = world.signUp("bob");
            before.close();
            try (Bulk bulk = new Bulk(world, alice, before)) {
                bulk.writeEachInItsOwnEpoch(AT_ONCE + MORE);
            }
            WatchedRandom random = new WatchedRandom();
            MemoryClientStores device = (MemoryClientStores) before.stores();
            Person bob = world.connect("bob", device, world.transport(), builder -> builder.random(random));
            bob.client().logIn(bob.user(), World.passphrase("bob"));
            bob.awaitTold(AT_ONCE + MORE);
            ConversationTest.noFindings(bob);
            List<Unwrap> unwraps = random.unwraps;
            assertThat(unwraps).hasSize(AT_ONCE + MORE);
            assertThat(unwraps)
                    .extracting(Unwrap::thread)
                    .allSatisfy(thread -> assertThat(thread).startsWith("pychat-unwrap-"));
            long nanos = unwraps.get(AT_ONCE + MORE - 1).at - unwraps.get(0).at;
            assertThat(Duration.ofNanos(nanos)).isGreaterThan(LEAST_FOR_MORE);
        }
    }

    private record Unwrap(String thread, long at) {}

    /** Notes the drawing of what would stand in for a secret that does not unwrap. */
    private static final class WatchedRandom extends SecureRandom {

        private static final long serialVersionUID = 1L;

        private final transient List<Unwrap> unwraps = new CopyOnWriteArrayList<>();

        @Override
        public void nextBytes(byte[] bytes) {
            super.nextBytes(bytes);
            boolean unwrapping = StackWalker.getInstance()
                    .walk(frames ->
                            frames.anyMatch(frame -> frame.getClassName().equals(Unwrapper.class.getName())));
            if (unwrapping) {
                unwraps.add(new Unwrap(Thread.currentThread().getName(), System.nanoTime()));
            }
        }
    }
}
