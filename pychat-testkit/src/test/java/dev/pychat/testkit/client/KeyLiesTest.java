package dev.pychat.testkit.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pychat.client.BadCredentialsException;
import dev.pychat.client.ClientOptions;
import dev.pychat.client.KdfChangedException;
import dev.pychat.client.KeysRefusedException;
import dev.pychat.crypto.open.PasswordCost;
import dev.pychat.key.KeyBundle;
import dev.pychat.keyring.Keyring;
import dev.pychat.keyring.KeyringHeader;
import dev.pychat.model.Bytes;
import dev.pychat.model.Realm;
import dev.pychat.model.Username;
import dev.pychat.store.ClientStores;
import dev.pychat.store.memory.MemoryClientStores;
import dev.pychat.testkit.key.PublishedKeys;
import dev.pychat.testkit.liar.AnswerLie;
import dev.pychat.testkit.liar.AnswerLies;
import dev.pychat.testkit.liar.Parts;
import dev.pychat.wire.ClientFrame;
import dev.pychat.wire.KdfCost;
import dev.pychat.wire.LogIn;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The server lies about keys and about how the passphrase is stretched. */
class KeyLiesTest {

    private final SecureRandom random = new SecureRandom();
    private Scene scene;

    @BeforeEach
    void start() throws Exception {
        scene = new Scene();
    }

    @AfterEach
    void stop() {
        scene.close();
    }

    /** A bundle that somebody else has made in a user's name. */
    private KeyBundle forged(Realm realm, Username user) {
        KeyringHeader header = new KeyringHeader(realm, user, Bytes.random(random, 32), World.CHEAP);
        Instant now = Instant.now();
        try (Keyring keyring = Keyring.create(header, new PublishedKeys(), now, random)) {
            return keyring.nextBundle(now);
        }
    }

    private Bytes bundle(Person person) throws Exception {
        return scene.world
                .stores()
                .keys()
                .latestBundle(person.user())
                .orElseThrow()
                .bytes();
    }

    /** Alice comes back and is given this as Bob's bundle; she is told why nothing is sent, and nothing is. */
    private void notTaken(Bytes bundle, String because) throws Exception {
        scene.liar.answer(scene.alice.user(), AnswerLies.bundle(scene.bob.user(), bundle, 1));
        scene.alice.close();
        Person alice = scene.world.logIn("alice", scene.alice.stores());
        alice.say(scene.bob, "not to be sent on these keys");
        Person.await(() -> !alice.notices().isEmpty(), () -> "nothing was noticed");
        assertThat(alice.notices()).singleElement().asString().contains(because);
        assertThatThrownBy(() -> alice.say(scene.bob, "more")).isInstanceOf(KeysRefusedException.class);
        assertThat(scene.liar.truth(scene.alice.user(), scene.bob.user())).hasSize(2);
        assertThat(Person.texts(alice.history(scene.bob))).containsExactly("alice: one", "bob: two");

        scene.liar.beHonest();
        scene.bob.say(scene.alice, "what bob sends is read meanwhile");
        alice.awaitTold(1);
        ConversationTest.noFindings(scene.bob);
        assertThat(Scene.found(alice)).isEmpty();
    }

    @Test
    void forgedBundleInAUsersNameIsNotTaken() throws Exception {
        Bytes forged = forged(scene.alice.client().realm(), scene.bob.user()).bytes();
        notTaken(forged, "has changed");
    }

    @Test
    void bundleOfAnotherUserIsNotTaken() throws Exception {
        notTaken(bundle(scene.world.signUp("carol")), "belongs to another user");
    }

    @Test
    void bundleOfAnotherRealmIsNotTaken() throws Exception {
        try (World elsewhere = World.start()) {
            Person bob = elsewhere.signUp("bob");
            notTaken(
                    elsewhere
                            .stores()
                            .keys()
                            .latestBundle(bob.user())
                            .orElseThrow()
                            .bytes(),
                    "belongs to another server");
        }
    }

    @Test
    void olderBundleIsNotTaken() throws Exception {
        Bytes old = bundle(scene.bob);
        Clock later = Clock.offset(Clock.systemUTC(), Duration.ofDays(31));
        scene.bob.close();
        Person bob = logIn(scene.bob, options -> options.clock(later));
        assertThat(KeyBundle.parse(bundle(bob)).fields().serial()).isEqualTo(2);
        scene.alice.close();
        Person alice = logIn(scene.alice, options -> options.clock(later));
        alice.say(bob, "on the new keys");
        alice.awaitAccepted();
        bob.awaitTold(1);
        alice.close();

        scene.liar.answer(alice.user(), AnswerLies.bundle(bob.user(), old, 1));
        Person back = logIn(alice, options -> options.clock(later));
        back.say(bob, "not on the old ones");
        Person.await(() -> !back.notices().isEmpty(), () -> "nothing was noticed");
        assertThat(back.notices()).singleElement().asString().contains("is older than one already seen");
        assertThat(scene.liar.truth(alice.user(), bob.user())).hasSize(3);
    }

    @TestFactory
    Stream<DynamicTest> bundleWithAnEditedFieldIsNotTaken() throws Exception {
        Scene shared = new Scene();
        Bytes honest = shared.world
                .stores()
                .keys()
                .latestBundle(shared.bob.user())
                .orElseThrow()
                .bytes();
        shared.alice.close();
        shared.liar.answer(shared.alice.user(), AnswerLies.bundle(shared.bob.user(), Bytes.fromHex("00"), 1));
        try (Person alice = shared.world.logIn("alice", shared.alice.stores())) {
            alice.say(shared.bob, "not to be sent on any of them");
        }
        return Parts.ofBundle(honest).stream()
                .map(part -> DynamicTest.dynamicTest(part.name(), () -> {
                    AnswerLie lie = AnswerLies.bundle(shared.bob.user(), part.flipIn(honest), 1);
                    shared.liar.answer(shared.alice.user(), lie);
                    try (Person alice = shared.world.logIn("alice", shared.alice.stores())) {
                        Person.await(() -> !alice.notices().isEmpty(), () -> "nothing was noticed");
                        assertThat(alice.notices())
                                .singleElement()
                                .asString()
                                .contains("Nothing is sent to bob until the server gives");
                    }
                    assertThat(shared.liar.truth(shared.alice.user(), shared.bob.user()))
                            .hasSize(2);
                }))
                .onClose(shared::close);
    }

    /** Nothing can tell at the first contact, before safety numbers are compared; the first message either way does. */
    @Test
    void bundleSwappedAtTheFirstContactIsFoundWithTheFirstMessages() throws Exception {
        Person carol = scene.world.signUp("carol");
        Bytes forged = forged(scene.alice.client().realm(), carol.user()).bytes();
        scene.liar.answer(scene.alice.user(), AnswerLies.bundle(carol.user(), forged, 1));
        scene.alice.say(carol, "for whoever holds these keys");
        scene.alice.awaitAccepted();
        carol.awaitTold(1);
        carol.say(scene.alice, "what have you sent?");
        carol.awaitAccepted();
        scene.alice.awaitTold(4);
        carol.awaitTold(2);

        assertThat(Scene.texts(carol)).containsExactly("-", "what have you sent?");
        assertThat(Scene.found(carol)).containsExactly("1 MOVED");
        assertThat(Scene.texts(scene.alice)).containsExactly("one", "two", "for whoever holds these keys", "-");
        assertThat(Scene.found(scene.alice)).containsExactly("2 UNPINNED_IDENTITY");
    }

    @Test
    void otherCostOnAKnownDeviceIsRefused() throws Exception {
        scene.liar.answer(scene.alice.user(), AnswerLies.cost(new KdfCost(16, 1, 1)));
        passphraseIsNotUsed(scene.alice.stores(), World.CHEAP, "another salt or cost");
    }

    @Test
    void otherSaltOnAKnownDeviceIsRefused() throws Exception {
        scene.liar.answer(scene.alice.user(), AnswerLies.salt(Bytes.random(random, 32)));
        passphraseIsNotUsed(scene.alice.stores(), World.CHEAP, "another salt or cost");
    }

    @Test
    void costBelowTheFloorIsRefusedByADeviceThatKnowsNone() throws Exception {
        scene.liar.answer(scene.alice.user(), AnswerLies.cost(new KdfCost(8, 1, 1)));
        passphraseIsNotUsed(new MemoryClientStores(), PasswordCost.RECOMMENDED, "the least that is accepted");
    }

    @Test
    void highestCostIsRefusedByADeviceThatKnowsNone() throws Exception {
        scene.liar.answer(scene.alice.user(), AnswerLies.cost(new KdfCost(1 << 20, 16, 16)));
        passphraseIsNotUsed(new MemoryClientStores(), World.CHEAP, "a device takes that does not know it");
    }

    @Test
    void costAboveTheCeilingIsRefusedInEitherPartAndTakenWhereTheCodeAllowsIt() throws Exception {
        for (KdfCost above : List.of(new KdfCost((256 << 10) + 1, 1, 1), new KdfCost(64, 9, 1))) {
            scene.liar.answer(scene.alice.user(), AnswerLies.cost(above));
            passphraseIsNotUsed(new MemoryClientStores(), World.CHEAP, "a device takes that does not know it");
        }
        MemoryClientStores device = new MemoryClientStores();
        ClientOptions allowing = World.options(
                scene.world.transport(), device, builder -> builder.passwordCeiling(new PasswordCost(64, 9, 1)));
        try (Person alice = Person.connect("alice", device, allowing)) {
            assertThatThrownBy(() -> alice.client().logIn(alice.user(), World.passphrase("alice")))
                    .as("the passphrase gives other keys at this cost")
                    .isInstanceOf(BadCredentialsException.class);
        }
    }

    private void passphraseIsNotUsed(ClientStores device, PasswordCost own, String because) throws Exception {
        scene.alice.close();
        FaultyTransport wire = new FaultyTransport(scene.world.transport());
        List<ClientFrame> sent = new CopyOnWriteArrayList<>();
        wire.outgoing(frame -> {
            sent.add(frame);
            return Optional.of(frame);
        });
        ClientOptions options = World.options(wire, device, builder -> builder.passwordCost(own));
        try (Person alice = Person.connect("alice", device, options)) {
            assertThatThrownBy(() -> alice.client().logIn(alice.user(), World.passphrase("alice")))
                    .isInstanceOf(KdfChangedException.class)
                    .hasMessageContaining(because);
        }
        assertThat(sent).noneMatch(LogIn.class::isInstance);
    }

    private Person logIn(Person before, UnaryOperator<ClientOptions.Builder> changes) throws Exception {
        World world = scene.world;
        Person person = world.connect(before.user().value(), before.stores(), world.transport(), changes);
        person.client().logIn(person.user(), World.passphrase(person.user().value()));
        return person;
    }
}
