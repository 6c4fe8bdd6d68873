package dev.pychat.testkit.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pychat.client.IdentityChangedException;
import dev.pychat.client.KeysRefusedException;
import dev.pychat.key.BundleDefect;
import dev.pychat.key.BundleFields;
import dev.pychat.key.KeyBundle;
import dev.pychat.key.KeySection;
import dev.pychat.key.Suite;
import dev.pychat.model.Bytes;
import dev.pychat.model.DeviceId;
import dev.pychat.model.Realm;
import dev.pychat.model.Username;
import dev.pychat.store.memory.MemoryClientStores;
import dev.pychat.testkit.key.PublishedKeys;
import java.math.BigInteger;
import java.security.KeyFactory;
import java.security.spec.RSAPublicKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each way in which the keys that a server gives for a peer may be wrong stops sending, and says so in its own words. */
class BundleDefectTest {

    /** The one moment that all bundles are made from: two calls for the same bundle have to give the same bytes. */
    @SuppressWarnings("TimeInStaticInitializer")
    private static final Instant NOW = Instant.now();

    private World world;
    private FaultyTransport faulty;
    private Person alice;
    private Person bob;
    private StoredKeys bobs;

    @BeforeEach
    void start() throws Exception {
        world = World.start();
        bob = world.signUp("bob");
        bobs = StoredKeys.of(bob);
        faulty = new FaultyTransport(world.transport());
        alice = world.connect("alice", new MemoryClientStores(), faulty);
        alice.client().signUp(alice.user(), World.passphrase("alice"));
        alice.with(bob).identity();
        faulty.incoming(Swaps.bundle(signed(fields(5, NOW)).bytes()));
        alice.with(bob).identity();
        assertThat(alice.refusedKeys()).isEmpty();
    }

    @AfterEach
    void stop() {
        bobs.close();
        world.close();
    }

    private interface Making {
        Bytes of(BundleDefectTest test) throws Exception;
    }

    private record Wrong(String name, BundleDefect defect, String says, Making making) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Wrong> wrong() throws Exception {
        BigInteger good = modulus();
        return Stream.of(
                new Wrong(
                        "lower serial",
                        BundleDefect.SERIAL_WENT_BACK,
                        "set back, or lies",
                        test -> test.signed(test.fields(4, NOW)).bytes()),
                new Wrong(
                        "forked serial",
                        BundleDefect.BUNDLE_FORKED,
                        "two different sets of keys",
                        test -> test.signed(test.fields(5, NOW.plusSeconds(1))).bytes()),
                new Wrong(
                        "other predecessor",
                        BundleDefect.WRONG_PREDECESSOR,
                        "do not follow",
                        test -> test.signed(test.fields(6, NOW)).bytes()),
                new Wrong(
                        "bad signature",
                        BundleDefect.BAD_SIGNATURE,
                        "not signed by the identity",
                        test -> changed(test.signed(test.fields(6, NOW)).bytes(), -1)),
                new Wrong(
                        "not one form",
                        BundleDefect.MALFORMED,
                        "can't be read",
                        test -> Bytes.concat(test.signed(test.fields(6, NOW)).bytes(), Bytes.fromHex("00"))),
                new Wrong(
                        "newer version",
                        BundleDefect.NEWER_VERSION,
                        "newer form",
                        test -> changed(test.signed(test.fields(6, NOW)).bytes(), 21)),
                new Wrong("other name", BundleDefect.WRONG_NAME, "somebody else's", test -> test.named("robert")),
                new Wrong("other realm", BundleDefect.WRONG_REALM, "another server", BundleDefectTest::elsewhere),
                new Wrong(
                        "expired",
                        BundleDefect.BUNDLE_STALE,
                        "have expired",
                        test -> test.signed(test.fields(7, NOW.minus(Duration.ofDays(61))))
                                .bytes()),
                new Wrong(
                        "not yet valid",
                        BundleDefect.NOT_YET_VALID,
                        "the clock of",
                        test -> test.signed(test.fields(7, NOW.plus(Duration.ofDays(3))))
                                .bytes()),
                new Wrong("no key", BundleDefect.NO_KNOWN_KEY, "have none", test -> test.with(List.of())),
                key("even modulus", "even modulus", good.clearBit(0), 65537),
                key("exponent 3", "another exponent", good, 3),
                key("exponent 65539", "another exponent", good, 65539),
                key("2,048 bits", "below 3072 bits", good.shiftRight(1024).setBit(0), 65537),
                key("5,120 bits", "above 4096 bits", good.shiftLeft(2048).setBit(0), 65537),
                key("small factor", "small factor", multipleOf(good, 65_521), 65537),
                new Wrong(
                        "key of garbage",
                        BundleDefect.WEAK_KEY,
                        "canonical encoding",
                        test -> test.with(List.of(section(Bytes.fromHex("3003020101"))))));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void wrongKeysStopSendingWithTheirOwnSentence(Wrong wrong) throws Exception {
        faulty.incoming(Swaps.bundle(wrong.making.of(this)));
        alice.with(bob).identity();
        assertThatThrownBy(() -> alice.say(bob, "secret"))
                .isInstanceOf(KeysRefusedException.class)
                .isNotInstanceOf(IdentityChangedException.class)
                .hasMessageContainingAll(wrong.says, "Nothing is sent to bob")
                .satisfies(e -> assertThat(((KeysRefusedException) e).defect()).isEqualTo(wrong.defect));
        Person.await(() -> !alice.refusedKeys().isEmpty(), () -> "nothing was told");
        alice.with(bob).identity();
        assertThat(alice.refusedKeys()).extracting(KeysRefusedException::defect).containsExactly(wrong.defect);
        assertThat(alice.with(bob).identity().change()).isEmpty();

        faulty.incoming(Swaps.bundle(signed(fields(5, NOW)).bytes()));
        alice.with(bob).identity();
        alice.say(bob, "now it goes");
        bob.awaitTold(1);
        assertThat(bob.textsTold()).containsExactly("alice: now it goes");
    }

    @Test
    void wrongKeysAtTheFirstContactPinNothing() throws Exception {
        Person carol = world.signUp("carol");
        faulty.incoming(Swaps.bundle(signed(fields(5, NOW)).bytes()));
        assertThatThrownBy(() -> alice.with(carol).identity()).isInstanceOf(KeysRefusedException.class);
        faulty.incoming(Optional::of);
        assertThat(alice.with(carol).identity().fingerprint())
                .isNotEqualTo(alice.with(bob).identity().fingerprint());
    }

    private static Wrong key(String name, String says, BigInteger modulus, long exponent) throws Exception {
        RSAPublicKeySpec spec = new RSAPublicKeySpec(modulus, BigInteger.valueOf(exponent));
        Bytes der =
                Bytes.copyOf(KeyFactory.getInstance("RSA").generatePublic(spec).getEncoded());
        return new Wrong(name, BundleDefect.WEAK_KEY, says, test -> test.with(List.of(section(der))));
    }

    private static BigInteger modulus() {
        byte[] der = PublishedKeys.number(1).publicKey().subjectPublicKeyInfo().toArray();
        byte[] modulus = new byte[385];
        System.arraycopy(der, der.length - 385 - 5, modulus, 0, 385);
        return new BigInteger(modulus);
    }

    private static BigInteger multipleOf(BigInteger about, long factor) {
        BigInteger prime = BigInteger.valueOf(factor);
        BigInteger multiple = about.subtract(about.mod(prime));
        return multiple.testBit(0) ? multiple : multiple.subtract(prime);
    }

    private static KeySection section(Bytes key) {
        return new KeySection(Suite.RSA, DeviceId.ACCOUNT, key);
    }

    private static Bytes changed(Bytes bundle, int index) {
        byte[] raw = bundle.toArray();
        raw[index < 0 ? raw.length + index : index] ^= 1;
        return Bytes.adopt(raw);
    }

    private KeyBundle signed(BundleFields fields) {
        return bobs.sign(fields);
    }

    private Bytes named(String name) {
        return signed(like(6, NOW, bobs.bundle().fields().realm(), new Username(name), sections()))
                .bytes();
    }

    private Bytes elsewhere() {
        Realm other = new Realm(Bytes.fromHex("5e".repeat(Realm.SIZE)));
        return signed(like(6, NOW, other, bob.user(), sections())).bytes();
    }

    private Bytes with(List<KeySection> sections) {
        return signed(like(6, NOW, bobs.bundle().fields().realm(), bob.user(), sections))
                .bytes();
    }

    private List<KeySection> sections() {
        return bobs.bundle().fields().sections();
    }

    private BundleFields fields(long serial, Instant begin) {
        return like(serial, begin, bobs.bundle().fields().realm(), bob.user(), sections());
    }

    private BundleFields like(long serial, Instant begin, Realm realm, Username user, List<KeySection> sections) {
        Instant from = begin.truncatedTo(ChronoUnit.MILLIS);
        return new BundleFields(
                realm,
                user,
                bobs.bundle().fields().identity(),
                serial,
                Bytes.fromHex("77".repeat(32)),
                from,
                from.plus(Duration.ofDays(60)),
                List.of(Suite.RSA, Suite.HYBRID),
                sections);
    }
}
