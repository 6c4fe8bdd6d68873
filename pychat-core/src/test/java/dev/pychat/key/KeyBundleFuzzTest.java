package dev.pychat.key;

import static dev.pychat.key.TestBundles.ANN;
import static dev.pychat.key.TestBundles.BEGIN;
import static dev.pychat.key.TestBundles.IDENTITY;
import static dev.pychat.key.TestBundles.REALM;
import static dev.pychat.key.TestBundles.TESTS;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.pychat.crypto.SeededRandom;
import dev.pychat.crypto.open.Ed25519PublicKey;
import dev.pychat.crypto.secret.MlKemPrivateKey;
import dev.pychat.model.Bytes;
import dev.pychat.model.DeviceId;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a server serves as a key bundle, and whatever the account itself has signed as one. */
class KeyBundleFuzzTest {

    static Stream<byte[]> bundles() {
        SeededRandom random = new SeededRandom(3);
        try (MlKemPrivateKey kem = MlKemPrivateKey.generate(random)) {
            KeySection hybrid = new KeySection(
                    Suite.HYBRID, DeviceId.random(random), kem.publicKey().subjectPublicKeyInfo());
            return Stream.of(
                            TestBundles.bundle(1, BundleFields.NO_PREDECESSOR),
                            TestBundles.signed(TestBundles.fields(
                                    List.of(Suite.RSA, Suite.HYBRID), List.of(TestBundles.RSA_SECTION, hybrid))))
                    .map(bundle -> bundle.bytes().toArray());
        }
    }

    @MethodSource("bundles")
    @FuzzTest
    void anyBundleIsReadOrRefused(byte[] input) {
        check(Bytes.copyOf(input));
        int unsigned = input.length - Ed25519PublicKey.SIGNATURE_SIZE;
        if (unsigned > 0) {
            Bytes content = Bytes.copyOf(input, 0, unsigned);
            check(Bytes.concat(content, TestBundles.signature(IDENTITY, content)));
        }
    }

    private static void check(Bytes bytes) {
        try {
            KeyBundle bundle = KeyBundle.parse(bytes);
            assertThat(bundle.bytes()).isEqualTo(bytes);
            assertThat(Bytes.concat(bundle.fields().encode(), signature(bytes))).isEqualTo(bytes);
            bundle.check(REALM, ANN, TESTS);
            bundle.checkTime(BEGIN);
        } catch (BundleException expected) {
            assertThat(expected.defect()).isNotNull();
        }
    }

    private static Bytes signature(Bytes bundle) {
        return bundle.slice(bundle.size() - Ed25519PublicKey.SIGNATURE_SIZE, Ed25519PublicKey.SIGNATURE_SIZE);
    }
}
