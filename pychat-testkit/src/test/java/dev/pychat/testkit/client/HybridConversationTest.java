package dev.pychat.testkit.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.crypto.open.MlKem;
import dev.pychat.crypto.open.RsaOaep;
import dev.pychat.crypto.secret.Unwrapper;
import dev.pychat.key.BundleFields;
import dev.pychat.key.KeyBundle;
import dev.pychat.key.KeySection;
import dev.pychat.key.Suite;
import dev.pychat.keyring.KemKey;
import dev.pychat.keyring.KemKeys;
import dev.pychat.keyring.Keyring;
import dev.pychat.model.Bytes;
import dev.pychat.model.DeviceId;
import dev.pychat.store.KeyDirectory;
import dev.pychat.store.StoredBundle;
import dev.pychat.store.memory.MemoryClientStores;
import dev.pychat.wire.PutEpoch;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two people whose clients seal to RSA and ML-KEM together, and their devices' one-time keys. */
class HybridConversationTest {

    private static final int SUITE_AT = "pychat/1 epoch name".length() + 3;

    private final List<Bytes> headers = new CopyOnWriteArrayList<>();
    private World world;
    private FaultyTransport wire;
    private Person alice;
    private Person bob;

    @BeforeEach
    void start() throws Exception {
        world = World.start();
        wire = new FaultyTransport(world.transport());
        wire.outgoing(frame -> {
            if (frame instanceof PutEpoch put) {
                headers.add(put.header());
            }
            return Optional.of(frame);
        });
        alice = signUp("alice", new SecureRandom());
        bob = world.signUp("bob");
    }

    @AfterEach
    void stop() {
        world.close();
    }

    private Person signUp(String name, SecureRandom random) throws Exception {
        Person person = world.connect(name, new MemoryClientStores(), wire, builder -> builder.random(random));
        person.client().signUp(person.user(), World.passphrase(name));
        return person;
    }

    private void says(Person speaker, Person to, String text) throws Exception {
        int before = to.told().size();
        speaker.say(to, text);
        speaker.awaitAccepted();
        to.awaitTold(before + 1);
    }

    /** Alice begins a new epoch, since she was away. */
    private void aliceComesBack() throws Exception {
        alice.close();
        alice = world.connect("alice", alice.stores(), wire);
        alice.client().logIn(alice.user(), World.passphrase("alice"));
    }

    private static KemKeys kem(Person person) throws Exception {
        return DeviceKeys.of(person).kemKeys();
    }

    private int pool(Person of) throws Exception {
        return keys().oneTimeKeys(of.user(), DeviceKeys.of(of).device());
    }

    private KeyDirectory keys() {
        return world.stores().keys();
    }

    @Test
    void epochIsOfSuiteTwoAndItsHeaderSmallForOneDeviceOnEachSide() throws Exception {
        says(alice, bob, "one");
        assertThat(headers).singleElement().satisfies(header -> {
            assertThat(header.at(SUITE_AT)).isEqualTo((byte) 2);
            assertThat(header.size())
                    .as("bytes of a header for one device on each side")
                    .isLessThan(4096);
        });
        ConversationTest.noFindings(alice, bob);
    }

    @Test
    void epochUsesAOneTimeKeyThatItsDeviceErases() throws Exception {
        int before = pool(bob);
        says(alice, bob, "one");
        says(alice, bob, "two");
        assertThat(pool(bob)).isEqualTo(before - 1);
        KemKeys held = kem(bob);
        assertThat(held.all()).noneMatch(key -> key.number() == 1);
        assertThat(held.unused()).isEqualTo(before - 1);
        aliceComesBack();
        says(alice, bob, "three");
        assertThat(kem(bob).unused()).isEqualTo(before - 2);
        bob.close();
        Person back = world.logIn("bob", bob.stores());
        assertThat(Person.texts(back.history(alice))).containsExactly("alice: one", "alice: two", "alice: three");
        ConversationTest.noFindings(alice, back);
    }

    @Test
    void crashAfterTheUseIsNotedAndBeforeTheEpochIsStoredLosesNothing() throws Exception {
        MemoryClientStores disk = new MemoryClientStores();
        FailingStores device = new FailingStores(disk);
        Person dave = world.connect("dave", device, world.transport());
        dave.client().signUp(dave.user(), World.passphrase("dave"));
        device.transcripts().fail(Fault.Kind.REFUSED, 1_000);
        alice.say(dave, "one");
        alice.awaitAccepted();
        Person.await(() -> device.transcripts().count() > 0, () -> "nothing was to be stored");
        dave.close();
        KemKeys held = kem(dave);
        assertThat(held.all()).anyMatch(key -> held.useOf(key.id()).isPresent());
        Person back = world.logIn("dave", disk);
        back.awaitTold(1);
        assertThat(back.textsTold()).containsExactly("alice: one");
        assertThat(kem(back).all()).noneMatch(key -> key.number() == 1);
        ConversationTest.noFindings(alice, back);
    }

    @Test
    void deviceThatJoinsLaterOpensWhatWasWrappedToKeysThatTheOtherHasErased() throws Exception {
        says(alice, bob, "one");
        says(bob, alice, "two");
        bob.close();
        Person tablet = world.logIn("bob", new MemoryClientStores());
        assertThat(Person.texts(tablet.history(alice))).containsExactly("alice: one", "bob: two");
        says(alice, tablet, "to both devices");
        Person phone = world.logIn("bob", bob.stores());
        assertThat(phone.history(alice)).hasSize(3);
        ConversationTest.noFindings(alice, tablet, phone);
    }

    @Test
    void poolThatRunsLowIsFilledAgain() throws Exception {
        int full = pool(bob);
        for (int taken = 0; taken < full; taken++) {
            keys().takeOneTimeKey(bob.user(), DeviceKeys.of(bob).device());
        }
        assertThat(pool(bob)).isZero();
        bob.client().rotateKeys();
        assertThat(pool(bob)).isEqualTo(full);
        says(alice, bob, "one");
        assertThat(kem(bob).all()).noneMatch(key -> key.number() == full + 1L);
        ConversationTest.noFindings(alice, bob);
    }

    @Test
    void lastResortKeyServesADryPool() throws Exception {
        while (keys().takeOneTimeKey(bob.user(), DeviceKeys.of(bob).device()).isPresent()) {
            assertThat(pool(bob)).isNotNegative();
        }
        says(alice, bob, "one");
        assertThat(kem(bob).all()).filteredOn(KemKey::isLastResort).hasSize(1);
        assertThat(headers.get(0).at(SUITE_AT)).isEqualTo((byte) 2);
        ConversationTest.noFindings(alice, bob);
    }

    @Test
    void lastResortKeyIsReplacedWithTheWrappingKeyAndTheOldOneOpensStill() throws Exception {
        says(alice, bob, "one");
        bob.client().rotateKeys();
        assertThat(kem(bob).all()).filteredOn(KemKey::isLastResort).hasSize(2);
        try (Keyring present = DeviceKeys.of(bob)) {
            assertThat(present.offersPresentKeys(present.bundle().orElseThrow()))
                    .isTrue();
        }
    }

    /** Another device of Bob has a newer program. */
    @Test
    void suiteAndSectionThatThisProgramDoesNotKnowAreCarriedOver() throws Exception {
        KeySection newer =
                new KeySection(new Suite(3), new DeviceId(Bytes.fromHex("0d".repeat(16))), Bytes.fromHex("07"));
        try (Keyring present = DeviceKeys.of(bob)) {
            KeyBundle last = present.bundle().orElseThrow();
            long serial = last.fields().serial();
            Bytes draft =
                    new BundleDraft(last).following(last.hash()).adding(newer).signedBy(present);
            keys().putBundle(bob.user(), serial, new StoredBundle(serial + 1, draft));
        }
        bob.client().rotateKeys();
        Bytes published = keys().latestBundle(bob.user()).orElseThrow().bytes();
        BundleFields fields = KeyBundle.parse(published).fields();
        assertThat(fields.suites()).containsExactly(Suite.RSA, Suite.HYBRID, newer.suite());
        assertThat(fields.sections()).contains(newer).hasSize(3);
        says(alice, bob, "one");
        ConversationTest.noFindings(alice, bob);
    }

    /** What stands in the pool was signed by the identity before. */
    @Test
    void poolIsReplacedWithTheIdentity() throws Exception {
        says(alice, bob, "one");
        DeviceId device = DeviceKeys.of(bob).device();
        bob.client().resetIdentity(World.passphrase("bob"), World.passphrase("bob again"));
        Person.await(() -> alice.changes().size() == 1 || isAsked(), () -> "nothing has changed");
        alice.with(bob).acceptIdentity(alice.changes().get(0).after());
        says(alice, bob, "two");
        assertThat(keys().oneTimeKeys(bob.user(), device)).isEqualTo(19);
        assertThat(alice.notices()).hasSize(1);
        assertThat(bob.notices()).isEmpty();
        assertThat(Scene.texts(bob)).containsExactly("one", "two");
        assertThat(Scene.found(bob)).isEmpty();
    }

    private boolean isAsked() {
        try {
            alice.with(bob).identity();
            return false;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void noMessageCostsAPublicKeyOperation() throws Exception {
        Watched random = new Watched();
        Person carol = signUp("carol", random);
        Watched reading = new Watched();
        MemoryClientStores device = new MemoryClientStores();
        Person dave = world.connect("dave", device, world.transport(), builder -> builder.random(reading));
        dave.client().signUp(dave.user(), World.passphrase("dave"));
        for (int i = 0; i < 20; i++) {
            says(carol, dave, "message " + i);
        }
        assertThat(random.wraps).hasValue(2);
        assertThat(random.encapsulations).hasValue(2);
        assertThat(reading.unwraps).hasValue(1);
    }

    @Test
    void epochIsWrappedForEachDeviceAndOnceToEachAccountsWrappingKey() throws Exception {
        Watched random = new Watched();
        Person carol = signUp("carol", random);
        Person tablet = world.logIn("bob", new MemoryClientStores());
        int phones = pool(bob);
        int tablets = pool(tablet);
        carol.say(bob, "to both devices");
        carol.awaitAccepted();
        bob.awaitTold(1);
        tablet.awaitTold(1);
        assertThat(random.wraps).hasValue(2);
        assertThat(random.encapsulations).hasValue(3);
        assertThat(pool(bob)).isEqualTo(phones - 1);
        assertThat(pool(tablet)).isEqualTo(tablets - 1);
        ConversationTest.noFindings(bob, tablet, carol);
    }

    /** Counts the operations that draw from it. */
    private static final class Watched extends SecureRandom {

        private static final long serialVersionUID = 1L;

        private final transient AtomicInteger wraps = new AtomicInteger();
        private final transient AtomicInteger encapsulations = new AtomicInteger();
        private final transient AtomicInteger unwraps = new AtomicInteger();

        @Override
        public void nextBytes(byte[] bytes) {
            super.nextBytes(bytes);
            count(RsaOaep.class, wraps);
            count(MlKem.class, encapsulations);
            count(Unwrapper.class, unwraps);
        }

        private static void count(Class<?> caller, AtomicInteger calls) {
            boolean called = StackWalker.getInstance()
                    .walk(frames ->
                            frames.anyMatch(frame -> frame.getClassName().equals(caller.getName())));
            if (called) {
                calls.incrementAndGet();
            }
        }
    }
}
