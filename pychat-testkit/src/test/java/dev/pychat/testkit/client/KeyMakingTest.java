package dev.pychat.testkit.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.crypto.open.KeyPolicy;
import dev.pychat.crypto.secret.RsaKeySource;
import dev.pychat.crypto.secret.RsaPrivateKey;
import dev.pychat.store.memory.MemoryClientStores;
import dev.pychat.testkit.key.PublishedKeys;
import java.security.SecureRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Making a wrapping key takes its time, and nobody waits for it but who has asked for it. */
class KeyMakingTest {

    private final SlowSource source = new SlowSource();
    private World world;
    private Person alice;
    private Person bob;

    @BeforeEach
    void meet() throws Exception {
        world = World.start();
        alice = world.signUp("alice");
        bob = world.connect("bob", new MemoryClientStores(), world.transport(), builder -> builder.keySource(source));
        bob.client().signUp(bob.user(), World.passphrase("bob"));
        alice.say(bob, "before");
        alice.awaitAccepted();
        bob.awaitTold(1);
        alice.close();
        alice = world.logIn("alice", alice.stores());
    }

    @AfterEach
    void end() {
        source.goOn.countDown();
        world.close();
    }

    @Test
    void messageIsOpenedWhileAKeyIsMade() throws Exception {
        source.slow.set(true);
        CompletableFuture<Void> rotation = CompletableFuture.runAsync(() -> {
            try {
                bob.client().rotateKeys();
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });
        assertThat(source.begun.await(60, TimeUnit.SECONDS)).isTrue();
        // A new epoch takes one of bob's one-time keys, which he notes among his keys before he shows the message.
        alice.say(bob, "meanwhile");
        bob.awaitTold(2);
        assertThat(source.made.get()).isFalse();
        source.goOn.countDown();
        rotation.get(60, TimeUnit.SECONDS);
        assertThat(source.made.get()).isTrue();
        ConversationTest.noFindings(alice, bob);
    }

    private static final class SlowSource implements RsaKeySource {
        private final PublishedKeys keys = new PublishedKeys();
        private final AtomicBoolean slow = new AtomicBoolean();
        private final AtomicBoolean made = new AtomicBoolean();
        private final CountDownLatch begun = new CountDownLatch(1);
        private final CountDownLatch goOn = new CountDownLatch(1);

        @Override
        public RsaPrivateKey next(SecureRandom random) {
            if (slow.get()) {
                begun.countDown();
                try {
                    assertThat(goOn.await(8, TimeUnit.SECONDS)).isTrue();
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
                made.set(true);
            }
            return keys.next(random);
        }

        @Override
        public KeyPolicy policy() {
            return keys.policy();
        }
    }
}
