package dev.pychat.testkit.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pychat.client.KeysRefusedException;
import dev.pychat.crypto.open.Ed25519PublicKey;
import dev.pychat.key.KeyBundle;
import dev.pychat.key.KeySection;
import dev.pychat.key.Suite;
import dev.pychat.keyring.Keyring;
import dev.pychat.model.Bytes;
import dev.pychat.model.DeviceId;
import dev.pychat.model.Realm;
import dev.pychat.store.VersionedBytes;
import dev.pychat.wire.Bundle;
import dev.pychat.wire.ServerFrame;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The server hands out bundles of a pinned peer's own identity that are not to be taken. */
class RefusedBundleTest {

    private static final Instant LONG_AGO = Instant.parse("2020-01-01T00:00:00Z");
    private static final Realm NOWHERE = new Realm(Bytes.adopt(new byte[Realm.SIZE]));

    private final AtomicInteger answers = new AtomicInteger();
    private volatile Optional<Bytes> offered = Optional.empty();
    private World world;
    private Person bob;
    private Person alice;
    private FaultyTransport lying;

    /** What is wrong with the bundle, and how the client says it. */
    enum Fault {
        MALFORMED("is malformed"),
        LOWER_SERIAL("is older than one already seen: 1 after 2"),
        SAME_SERIAL("is a second one with the same serial: serial 2"),
        OTHER_PREDECESSOR("does not follow the one before it"),
        BAD_SIGNATURE("is not signed by the identity that it names"),
        OTHER_NAME("belongs to another user"),
        OTHER_REALM("belongs to another server"),
        WEAK_KEY("carries an unusable wrapping key"),
        NO_KEY("carries no wrapping key that can be used here"),
        EXPIRED("has expired");

        private final String sentence;

        Fault(String sentence) {
            this.sentence = sentence;
        }
    }

    @BeforeEach
    void start() throws Exception {
        world = World.start();
        bob = world.signUp("bob");
        Person before = world.signUp("alice");
        offered = Optional.of(second());
        lying = new FaultyTransport(world.transport());
        lying.incoming(this::handOut);
        before.close();
        alice = world.connect("alice", before.stores(), lying);
        alice.client().logIn(alice.user(), World.passphrase("alice"));
        alice.say(bob, "before");
        bob.awaitTold(1);
    }

    @AfterEach
    void stop() {
        world.close();
    }

    private Optional<ServerFrame> handOut(ServerFrame frame) {
        if (!(frame instanceof Bundle answer) || !answer.user().equals(bob.user())) {
            return Optional.of(frame);
        }
        answers.incrementAndGet();
        Bytes bundle = offered.orElse(answer.bundle());
        return Optional.of(new Bundle(answer.re(), answer.user(), answer.serial(), answer.time(), bundle));
    }

    @ParameterizedTest
    @EnumSource
    void sendingStopsWithItsOwnSentenceAndGoesOnWithTheRightBundle(Fault fault) throws Exception {
        Optional<Bytes> right = offered;
        Optional<VersionedBytes> pin = pin();
        offered = Optional.of(faulty(fault));
        restartAlice();
        alice.say(bob, "while the server lies");
        Person.await(() -> !alice.refusedKeys().isEmpty(), () -> "nothing was told");
        String sentence = "(this key bundle " + fault.sentence;
        assertThat(alice.refusedKeys())
                .singleElement()
                .extracting(Exception::getMessage)
                .asString()
                .contains(sentence);
        assertThatThrownBy(() -> alice.say(bob, "not taken"))
                .isInstanceOf(KeysRefusedException.class)
                .hasMessageContaining(sentence);
        reconnect();
        assertThat(lying.submitted()).isEmpty();
        assertThat(alice.refusedKeys()).hasSize(1);
        assertThat(pin()).isEqualTo(pin);

        offered = right;
        reconnect();
        alice.awaitAccepted();
        bob.awaitTold(2);
        assertThat(bob.textsTold()).containsExactly("alice: before", "alice: while the server lies");
        ConversationTest.noFindings(bob);
    }

    private Optional<VersionedBytes> pin() throws Exception {
        return alice.stores().pins(DeviceKeys.account(alice)).load(bob.user());
    }

    /** A process that knows the pin and has no bundle yet. */
    private void restartAlice() throws Exception {
        alice.close();
        lying = new FaultyTransport(world.transport());
        lying.incoming(this::handOut);
        alice = world.connect("alice", alice.stores(), lying);
        alice.client().logIn(alice.user(), World.passphrase("alice"));
    }

    /** A new connection asks for the bundle again; what is read behind the answer says that it was looked at. */
    private void reconnect() throws Exception {
        int before = answers.get();
        lying.cut();
        Person.await(() -> answers.get() > before, () -> "the bundle was not asked for again");
        alice.history(bob);
    }

    /** Bob's second bundle, which the server has not published but may well have. */
    private Bytes second() throws Exception {
        try (Keyring keys = DeviceKeys.of(bob)) {
            return keys.nextBundle(Instant.now()).bytes();
        }
    }

    private Bytes faulty(Fault fault) throws Exception {
        try (Keyring keys = DeviceKeys.of(bob)) {
            KeyBundle first = keys.bundle().orElseThrow();
            KeyBundle second = KeyBundle.parse(offered.orElseThrow());
            BundleDraft draft = new BundleDraft(second);
            return switch (fault) {
                case MALFORMED -> second.bytes().slice(0, second.bytes().size() - 1);
                case LOWER_SERIAL -> first.bytes();
                case SAME_SERIAL ->
                    keys.nextBundle(Instant.now().plusSeconds(60)).bytes();
                case OTHER_PREDECESSOR -> draft.following(first.hash()).signedBy(keys);
                case BAD_SIGNATURE -> flipped(second.bytes());
                case OTHER_NAME -> draft.name("bobby").signedBy(keys);
                case OTHER_REALM -> draft.realm(NOWHERE).signedBy(keys);
                case WEAK_KEY -> draft.offering(Suite.RSA, weakKey()).signedBy(keys);
                case NO_KEY ->
                    draft.offering(new Suite(9), second.fields().sections().get(0))
                            .signedBy(keys);
                case EXPIRED -> draft.following(second.hash()).until(LONG_AGO).signedBy(keys);
            };
        }
    }

    private static Bytes flipped(Bytes bundle) {
        byte[] bytes = bundle.toArray();
        bytes[bytes.length - Ed25519PublicKey.SIGNATURE_SIZE] ^= 1;
        return Bytes.adopt(bytes);
    }

    private static KeySection weakKey() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(1024);
        Bytes key = Bytes.adopt(generator.generateKeyPair().getPublic().getEncoded());
        return new KeySection(Suite.RSA, DeviceId.ACCOUNT, key);
    }
}
