package dev.pychat.crypto.open;

import static dev.pychat.crypto.Wycheproof.hex;
import static dev.pychat.crypto.Wycheproof.number;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.pychat.crypto.FixedRandom;
import dev.pychat.crypto.Wycheproof;
import dev.pychat.crypto.Wycheproof.Outcome;
import dev.pychat.model.Bytes;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Outside vectors for what needs no secret key. */
class WycheproofTest {

    private static final int FULL_TAG = 8 * HmacSha256.SIZE;

    @TestFactory
    Stream<DynamicTest> ed25519() {
        return Wycheproof.tests(
                "ed25519_test.json",
                Set.of(Outcome.TAKEN, Outcome.REFUSED),
                WycheproofTest::noLimit,
                WycheproofTest::verify);
    }

    @TestFactory
    Stream<DynamicTest> hkdfSha256() {
        return Wycheproof.tests(
                "hkdf_sha256_test.json",
                Set.of(Outcome.TAKEN, Outcome.REFUSED),
                WycheproofTest::noLimit,
                WycheproofTest::derive);
    }

    @TestFactory
    Stream<DynamicTest> hmacSha256() {
        return Wycheproof.tests(
                "hmac_sha256_test.json",
                Set.of(Outcome.TAKEN, Outcome.REFUSED, Outcome.SHORTENED_TAG),
                (group, vector) ->
                        number(group, "tagSize") == FULL_TAG ? Optional.empty() : Optional.of(Outcome.SHORTENED_TAG),
                WycheproofTest::tag);
    }

    @TestFactory
    Stream<DynamicTest> mlKem768Encapsulation() {
        return Wycheproof.tests(
                "mlkem_768_encaps_test.json",
                Set.of(Outcome.TAKEN, Outcome.REFUSED),
                WycheproofTest::noLimit,
                WycheproofTest::encapsulate);
    }

    private static Optional<Outcome> noLimit(JsonObject group, JsonObject vector) {
        return Optional.empty();
    }

    private static Outcome verify(JsonObject group, JsonObject vector) throws UnusableKeyException {
        Ed25519PublicKey key = Ed25519PublicKey.parse(hex(group.getAsJsonObject("publicKey"), "pk"));
        assertThat(key.subjectPublicKeyInfo()).isEqualTo(hex(group, "publicKeyDer"));
        return key.verifies(hex(vector, "msg"), hex(vector, "sig")) ? Outcome.TAKEN : Outcome.REFUSED;
    }

    private static Outcome derive(JsonObject group, JsonObject vector) {
        byte[] input = hex(vector, "ikm").toArray();
        try {
            byte[] output = HkdfSha256.derive(hex(vector, "salt"), input, hex(vector, "info"), number(vector, "size"));
            assertThat(Bytes.adopt(output)).isEqualTo(hex(vector, "okm"));
            return Outcome.TAKEN;
        } catch (IllegalArgumentException e) {
            return Outcome.REFUSED;
        }
    }

    private static Outcome tag(JsonObject group, JsonObject vector) {
        Bytes computed = Bytes.adopt(
                HmacSha256.tag(hex(vector, "key").toArray(), hex(vector, "msg").toArray()));
        Bytes given = hex(vector, "tag");
        if (HmacSha256.same(computed, given)) {
            return Outcome.TAKEN;
        }
        return given.size() < HmacSha256.SIZE ? Outcome.SHORTENED_TAG : Outcome.REFUSED;
    }

    private static Outcome encapsulate(JsonObject group, JsonObject vector) {
        try {
            MlKemPublicKey key = MlKemPublicKey.parse(hex(vector, "ek"));
            byte[] secret = new byte[MlKem.SECRET_SIZE];
            Bytes ciphertext = MlKem.encapsulate(key, secret, new FixedRandom(hex(vector, "m")));
            assertThat(ciphertext).isEqualTo(hex(vector, "c"));
            assertThat(Bytes.adopt(secret)).isEqualTo(hex(vector, "K"));
            return Outcome.TAKEN;
        } catch (UnusableKeyException e) {
            return Outcome.REFUSED;
        }
    }
}
