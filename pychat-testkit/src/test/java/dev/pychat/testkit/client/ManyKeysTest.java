package dev.pychat.testkit.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.crypto.secret.RsaPrivateKey;
import dev.pychat.key.KeyId;
import dev.pychat.keyring.Keyring;
import dev.pychat.keyring.WrappingKey;
import dev.pychat.store.memory.MemoryClientStores;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An account that has made as many wrapping keys as it keeps. */
class ManyKeysTest {

    private static final int MOST = Keyring.MAX_WRAPPING_KEYS;

    private static List<RsaPrivateKey> mixed;

    private World world;
    private Person alice;
    private Person bob;

    @BeforeAll
    static void makeKeys() throws Exception {
        mixed = MixedKeys.make(MOST - 1);
    }

    @BeforeEach
    void start() throws Exception {
        world = World.start();
        Clock anHourAgo = Clock.offset(Clock.systemUTC(), Duration.ofHours(-1));
        alice = world.connect(
                "alice", new MemoryClientStores(), world.transport(), builder -> builder.clock(anHourAgo));
        alice.client().signUp(alice.user(), World.passphrase("alice"));
        bob = world.signUp("bob");
        bob.say(alice, "under the first key");
        alice.awaitTold(1);
    }

    @AfterEach
    void stop() {
        world.close();
    }

    @Test
    void rotationGoesOnAndTheOldestKeyGivesWayOnEveryDevice() throws Exception {
        Person tablet = world.logIn("alice", new MemoryClientStores());
        tablet.close();
        KeyId first = ids(alice).get(0);
        Person desk = backWith(MOST);
        desk.client().rotateKeys();
        desk.client().rotateKeys();
        assertThat(ids(desk)).hasSize(MOST).doesNotContain(first);
        Person carol = world.signUp("carol");
        carol.say(desk, "under the newest key");
        assertThat(desk.awaitTold(1).get(0).text()).contains("under the newest key");
        desk.client().changePassphrase(World.passphrase("alice"), World.passphrase("alice"));
        assertThat(Person.texts(desk.history(bob))).containsExactly("bob: under the first key");

        Person phone = world.logIn("alice", new MemoryClientStores());
        assertThat(ids(phone)).isEqualTo(ids(desk));
        // No device of hers opens it any more, so his is asked.
        phone.history(bob);
        Person.await(() -> !phone.openedLate().isEmpty(), () -> "the phone was told " + phone.textsTold());
        assertThat(phone.told())
                .filteredOn(message -> message.sender().equals(bob.user())
                        && !message.findings().isEmpty())
                .singleElement()
                .satisfies(message -> assertThat(message.findings().toString()).contains("UNKNOWN_KEY"));
        assertThat(Person.texts(phone.openedLate())).containsExactly("bob: under the first key");
        assertThat(phone.history(carol).get(0).text()).contains("under the newest key");

        Person again = world.connect("alice", tablet.stores(), world.transport());
        again.client().logInAfterChange(again.user(), World.passphrase("alice"), World.passphrase("alice"));
        assertThat(ids(again)).isEqualTo(ids(desk));
    }

    @Test
    void personIsToldLongBefore() throws Exception {
        Person desk = backWith(MOST - 26);
        desk.client().rotateKeys();
        desk.client().rotateKeys();
        assertThat(desk.awaitNotices(1))
                .singleElement()
                .asString()
                .contains((MOST - 24) + " keys")
                .contains("at most " + MOST);
    }

    /** The same device, as if it had made new keys for years. */
    private Person backWith(int count) throws Exception {
        alice.close();
        try (StoredKeys keys = StoredKeys.of(alice)) {
            keys.rotate(mixed.subList(0, count - 1));
        }
        return world.logIn("alice", alice.stores());
    }

    private static List<KeyId> ids(Person person) throws Exception {
        try (Keyring keyring = DeviceKeys.of(person)) {
            return keyring.wrappingKeys().stream().map(WrappingKey::id).toList();
        }
    }
}
