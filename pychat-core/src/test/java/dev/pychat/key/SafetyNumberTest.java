package dev.pychat.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.pychat.crypto.SeededRandom;
import dev.pychat.crypto.open.Ed25519PublicKey;
import dev.pychat.crypto.secret.Ed25519PrivateKey;
import dev.pychat.model.Bytes;
import dev.pychat.model.Realm;
import dev.pychat.model.Username;
import org.junit.jupiter.api.Test;

class SafetyNumberTest {

    private static final Realm REALM = new Realm(Bytes.fromHex("00112233445566778899aabbccddeeff"));
    private static final Username ANN = new Username("ann");
    private static final Username BOB = new Username("bob");

    private final Ed25519PublicKey annKey = key(1);
    private final Ed25519PublicKey bobKey = key(2);
    private final SafetyNumber number = SafetyNumber.of(REALM, ANN, annKey, BOB, bobKey);

    @Test
    void bothSidesSeeTheSame() {
        assertThat(SafetyNumber.of(REALM, BOB, bobKey, ANN, annKey)).isEqualTo(number);
    }

    @Test
    void showsTwelveGroupsOfFiveDigits() {
        assertThat(number.toString()).matches("([0-9]{5} ){11}[0-9]{5}");
        assertThat(number.toString().replace(" ", "")).isEqualTo(number.digits());
    }

    @Test
    void everyInputChangesIt() {
        assertThat(SafetyNumber.of(REALM, ANN, key(3), BOB, bobKey)).isNotEqualTo(number);
        assertThat(SafetyNumber.of(REALM, ANN, annKey, BOB, key(3))).isNotEqualTo(number);
        assertThat(SafetyNumber.of(REALM, ANN, annKey, new Username("bobby"), bobKey))
                .isNotEqualTo(number);
        assertThat(SafetyNumber.of(REALM, ANN, bobKey, BOB, annKey)).isNotEqualTo(number);
        Realm other = new Realm(Bytes.fromHex("ff112233445566778899aabbccddeeff"));
        assertThat(SafetyNumber.of(other, ANN, annKey, BOB, bobKey)).isNotEqualTo(number);
    }

    /** Computed with the description alone, in Python. */
    @Test
    void isWhatTheDescriptionSays() {
        assertThat(annKey.value().hex()).isEqualTo("069d8d6980eaf1bca2e4118bc612a13f23791bf2c60ceef2692b581d27b0a159");
        assertThat(bobKey.value().hex()).isEqualTo("9e83fee80d6160df1ae98ae390bbb2b9dfe03d473b1848cbca290405b446a98b");
        assertThat(number.digits()).isEqualTo("227170285056275591988644627236742549088454516450491093504178");
    }

    @Test
    void takesSixtyDigitsOnly() {
        assertThatIllegalArgumentException().isThrownBy(() -> new SafetyNumber("1".repeat(59)));
        assertThatIllegalArgumentException().isThrownBy(() -> new SafetyNumber("1".repeat(59) + "a"));
    }

    private static Ed25519PublicKey key(long seed) {
        return Ed25519PrivateKey.generate(new SeededRandom(seed)).publicKey();
    }
}
