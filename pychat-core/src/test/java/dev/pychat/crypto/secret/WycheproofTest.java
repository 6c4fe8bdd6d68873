package dev.pychat.crypto.secret;

import static dev.pychat.crypto.Wycheproof.hex;
import static dev.pychat.crypto.Wycheproof.number;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.pychat.crypto.Wycheproof;
import dev.pychat.crypto.Wycheproof.Outcome;
import dev.pychat.crypto.open.KeyDefect;
import dev.pychat.crypto.open.KeyPolicy;
import dev.pychat.crypto.open.RsaPublicKey;
import dev.pychat.crypto.open.UnusableKeyException;
import dev.pychat.model.Bytes;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Outside vectors for what needs a secret key. */
class WycheproofTest {

    private static final String OUR_HASH = "SHA-256";

    @TestFactory
    Stream<DynamicTest> aesGcm() {
        return Wycheproof.tests(
                "aes_gcm_test.json",
                Set.of(Outcome.TAKEN, Outcome.REFUSED, Outcome.OTHER_KEY_SIZE, Outcome.OTHER_NONCE_SIZE),
                WycheproofTest::gcmLimit,
                WycheproofTest::sealAndOpen);
    }

    @TestFactory
    Stream<DynamicTest> rsaOaep2048() {
        return oaep("rsa_oaep_2048_sha256_mgf1sha256_test.json", Set.of(Outcome.OTHER_KEY_SIZE));
    }

    @TestFactory
    Stream<DynamicTest> rsaOaep3072() {
        return oaep(
                "rsa_oaep_3072_sha256_mgf1sha256_test.json", Set.of(Outcome.TAKEN, Outcome.REFUSED, Outcome.LABELLED));
    }

    @TestFactory
    Stream<DynamicTest> rsaOaep4096() {
        return oaep(
                "rsa_oaep_4096_sha256_mgf1sha256_test.json", Set.of(Outcome.TAKEN, Outcome.REFUSED, Outcome.LABELLED));
    }

    @TestFactory
    Stream<DynamicTest> rsaOaepOfManyKinds() {
        return oaep(
                "rsa_oaep_misc_test.json",
                Set.of(Outcome.TAKEN, Outcome.OTHER_KEY_SIZE, Outcome.OTHER_HASH, Outcome.LABELLED));
    }

    @TestFactory
    Stream<DynamicTest> mlKem768KeyGeneration() {
        return Wycheproof.tests(
                "mlkem_768_keygen_seed_test.json",
                Set.of(Outcome.TAKEN),
                (group, vector) -> Optional.empty(),
                WycheproofTest::generate);
    }

    @TestFactory
    Stream<DynamicTest> mlKem768Decapsulation() {
        return Wycheproof.tests(
                "mlkem_768_test.json",
                Set.of(Outcome.TAKEN, Outcome.REFUSED),
                (group, vector) -> Optional.empty(),
                WycheproofTest::decapsulate);
    }

    private static Stream<DynamicTest> oaep(String file, Set<Outcome> outcomes) {
        return Wycheproof.tests(file, outcomes, WycheproofTest::oaepLimit, WycheproofTest::unwrap);
    }

    private static Optional<Outcome> gcmLimit(JsonObject group, JsonObject vector) {
        if (number(group, "keySize") != 8 * AesGcm.KEY_SIZE) {
            return Optional.of(Outcome.OTHER_KEY_SIZE);
        }
        boolean ours = number(group, "ivSize") == 8 * AesGcm.NONCE_SIZE;
        return ours ? Optional.empty() : Optional.of(Outcome.OTHER_NONCE_SIZE);
    }

    private static Outcome sealAndOpen(JsonObject group, JsonObject vector) {
        Bytes sealed = Bytes.concat(hex(vector, "ct"), hex(vector, "tag"));
        Bytes nonce = hex(vector, "iv");
        Bytes aad = hex(vector, "aad");
        try (SecretBytes key = SecretBytes.adopt(hex(vector, "key").toArray())) {
            byte[] opened = AesGcm.open(key, nonce, aad, sealed);
            assertThat(Bytes.adopt(opened)).isEqualTo(hex(vector, "msg"));
            assertThat(AesGcm.seal(key, nonce, aad, opened)).isEqualTo(sealed);
            return Outcome.TAKEN;
        } catch (UnsealException e) {
            return Outcome.REFUSED;
        } catch (IllegalArgumentException e) {
            boolean keyFits = hex(vector, "key").size() == AesGcm.KEY_SIZE;
            return keyFits ? Outcome.OTHER_NONCE_SIZE : Outcome.OTHER_KEY_SIZE;
        }
    }

    private static Optional<Outcome> oaepLimit(JsonObject group, JsonObject vector) {
        int bits = number(group, "keySize");
        if (bits < RsaPublicKey.MIN_BITS || bits > RsaPublicKey.MAX_BITS) {
            return Optional.of(Outcome.OTHER_KEY_SIZE);
        }
        return hashOrLabel(group, vector);
    }

    private static Optional<Outcome> hashOrLabel(JsonObject group, JsonObject vector) {
        boolean ours = group.get("sha").getAsString().equals(OUR_HASH)
                && group.get("mgfSha").getAsString().equals(OUR_HASH);
        if (!ours) {
            return Optional.of(Outcome.OTHER_HASH);
        }
        boolean labelled = !vector.get("label").getAsString().isEmpty();
        return labelled ? Optional.of(Outcome.LABELLED) : Optional.empty();
    }

    private static Outcome unwrap(JsonObject group, JsonObject vector) throws UnusableKeyException {
        try (SecretBytes pkcs8 = SecretBytes.adopt(hex(group, "privateKeyPkcs8").toArray())) {
            RsaPrivateKey key = RsaPrivateKey.parse(pkcs8, KeyPolicy.production());
            Optional<SecretBytes> secret = new Unwrapper().decrypt(key, hex(vector, "ct"));
            if (secret.isPresent()) {
                assertHolds(secret.get(), hex(vector, "msg"));
                return Outcome.TAKEN;
            }
            // What was made with another hash or a label is refused like everything else that does not decrypt.
            return hashOrLabel(group, vector).orElse(Outcome.REFUSED);
        } catch (UnusableKeyException e) {
            if (e.defect() == KeyDefect.TOO_SMALL || e.defect() == KeyDefect.TOO_LARGE) {
                return Outcome.OTHER_KEY_SIZE;
            }
            throw e;
        }
    }

    private static Outcome generate(JsonObject group, JsonObject vector) {
        try (SecretBytes seed = SecretBytes.adopt(hex(vector, "seed").toArray());
                MlKemPrivateKey key = MlKemPrivateKey.ofSeed(seed)) {
            assertThat(key.publicKey().value()).isEqualTo(hex(vector, "ek"));
            assertThat(key.seed()).isEqualTo(seed);
            return Outcome.TAKEN;
        }
    }

    private static Outcome decapsulate(JsonObject group, JsonObject vector) {
        try (SecretBytes seed = SecretBytes.adopt(hex(vector, "seed").toArray());
                MlKemPrivateKey key = MlKemPrivateKey.ofSeed(seed);
                SecretBytes secret = key.decapsulate(hex(vector, "c"))) {
            assertThat(key.publicKey().value()).isEqualTo(hex(vector, "ek"));
            assertHolds(secret, hex(vector, "K"));
            return Outcome.TAKEN;
        } catch (IllegalArgumentException e) {
            return Outcome.REFUSED;
        }
    }

    private static void assertHolds(SecretBytes secret, Bytes expected) {
        Bytes revealed = secret.reveal(Bytes::copyOf);
        assertThat(revealed).isEqualTo(expected);
    }
}
