package dev.pychat.testkit.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.crypto.open.KeyPolicy;
import dev.pychat.crypto.secret.RsaKeySource;
import dev.pychat.crypto.secret.RsaPrivateKey;
import dev.pychat.store.ClientStores;
import dev.pychat.store.memory.MemoryClientStores;
import dev.pychat.testkit.key.PublishedKeys;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a device computes takes longer than the server keeps a connection without a session. */
class SignInTimeTest {

    private static final Duration SIGN_IN_TIME = Duration.ofSeconds(4);

    private final AtomicInteger waits = new AtomicInteger();
    private final PublishedKeys keys = new PublishedKeys();
    private World world;
    private FaultyTransport wire;

    @BeforeEach
    void start() throws Exception {
        world = World.start(SIGN_IN_TIME);
        wire = new FaultyTransport(world.transport());
    }

    @AfterEach
    void stop() {
        world.close();
    }

    @Test
    void signUpEndsWellThoughTheServerHasHungUp() throws Exception {
        try (Person alice = connect(new MemoryClientStores(), new SlowToMake())) {
            alice.client().signUp(alice.user(), World.passphrase("alice"));
            assertThat(waits).hasValue(1);
            assertTalks(alice);
        }
    }

    @Test
    void logInEndsWellThoughTheServerHasHungUp() throws Exception {
        Person before = world.signUp("alice");
        before.close();
        try (Person alice = connect(before.stores(), new SlowToOpen())) {
            alice.client().logIn(alice.user(), World.passphrase("alice"));
            assertThat(waits).hasValue(1);
            assertTalks(alice);
        }
    }

    private Person connect(ClientStores stores, RsaKeySource source) throws Exception {
        return Person.connect("alice", stores, World.options(wire, stores, made -> made.keySource(source)));
    }

    private void assertTalks(Person alice) throws Exception {
        Person bob = world.signUp("bob");
        alice.say(bob, "that took a while");
        bob.awaitTold(1);
        bob.say(alice, "never mind");
        alice.awaitTold(2);
        assertThat(alice.textsTold()).containsExactly("alice: that took a while", "bob: never mind");
        ConversationTest.noFindings(alice, bob);
    }

    /** Nobody but the server closes a connection here. */
    private void waitForTheServerToHangUp() {
        if (waits.compareAndSet(0, 1)) {
            Person.await(() -> wire.open() == 0, () -> "the server has not hung up");
        }
    }

    private class SlowToMake implements RsaKeySource {

        @Override
        public RsaPrivateKey next(SecureRandom random) {
            waitForTheServerToHangUp();
            return keys.next(random);
        }

        @Override
        public KeyPolicy policy() {
            return keys.policy();
        }
    }

    /** It is asked for its policy when the passphrase has been stretched and the keyring is opened. */
    private final class SlowToOpen extends SlowToMake {

        @Override
        public KeyPolicy policy() {
            waitForTheServerToHangUp();
            return super.policy();
        }
    }
}
