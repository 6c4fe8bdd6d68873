package dev.pychat.crypto.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pychat.crypto.SeededRandom;
import dev.pychat.crypto.open.MlKem;
import dev.pychat.crypto.open.MlKemPublicKey;
import dev.pychat.crypto.open.UnusableKeyException;
import dev.pychat.model.Bytes;
import org.bouncycastle.crypto.params.MLKEMPublicKeyParameters;
import org.bouncycastle.crypto.util.PublicKeyFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MlKemPrivateKeyTest {

    private final SeededRandom random = new SeededRandom(1);
    private final MlKemPrivateKey key = MlKemPrivateKey.generate(random);
    private final byte[] secret = new byte[MlKem.SECRET_SIZE];
    private final Bytes ciphertext = MlKem.encapsulate(key.publicKey(), secret, random);

    @Test
    void findsTheSecretThatWasMade() {
        assertThat(key.decapsulate(ciphertext)).isEqualTo(SecretBytes.copyOf(secret));
        assertThat(secret).isNotEqualTo(new byte[MlKem.SECRET_SIZE]);
    }

    @Test
    void everyEncapsulationMakesAnotherSecret() {
        byte[] other = new byte[MlKem.SECRET_SIZE];
        assertThat(MlKem.encapsulate(key.publicKey(), other, random)).isNotEqualTo(ciphertext);
        assertThat(other).isNotEqualTo(secret);
    }

    @Test
    void anAlteredCiphertextGivesAnotherSecretAndAlwaysTheSame() {
        byte[] altered = ciphertext.toArray();
        altered[500] ^= 1;
        SecretBytes rejected = key.decapsulate(Bytes.copyOf(altered));
        assertThat(rejected).isNotEqualTo(SecretBytes.copyOf(secret));
        assertThat(key.decapsulate(Bytes.copyOf(altered))).isEqualTo(rejected);
    }

    @Test
    void aKeyComesBackFromItsSeed() {
        try (SecretBytes seed = key.seed();
                MlKemPrivateKey again = MlKemPrivateKey.ofSeed(seed)) {
            assertThat(again.publicKey()).isEqualTo(key.publicKey());
            assertThat(again.decapsulate(ciphertext)).isEqualTo(SecretBytes.copyOf(secret));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 1087, 1089})
    void aCiphertextOfAnotherLengthIsTheCallersBug(int length) {
        assertThatIllegalArgumentException().isThrownBy(() -> key.decapsulate(Bytes.adopt(new byte[length])));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 31, 33})
    void roomForASecretOfAnotherLengthIsTheCallersBug(int length) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MlKem.encapsulate(key.publicKey(), new byte[length], random));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 32, 63, 65})
    void aSeedOfAnotherLengthIsTheCallersBug(int length) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MlKemPrivateKey.ofSeed(SecretBytes.adopt(new byte[length])));
    }

    @Test
    void closingErasesIt() {
        key.close();
        assertThatIllegalStateException().isThrownBy(key::seed);
        assertThatIllegalStateException().isThrownBy(() -> key.decapsulate(ciphertext));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 1149, 1150, 1151})
    void aPublicKeyWithACoefficientThatIsNotReducedIsRefused(int at) {
        byte[] encoded = key.publicKey().value().toArray();
        int first = at - at % 3;
        encoded[first] = encoded[first + 1] = encoded[first + 2] = 0;
        encoded[at] = (byte) 0xff;
        encoded[first + 1] = at % 3 == 0 ? (byte) 0x0f : (byte) 0xff;
        assertRefused(Bytes.adopt(encoded));
    }

    @Test
    void theLargestReducedCoefficientsAreTaken() throws Exception {
        byte[] encoded = new byte[MlKemPublicKey.SIZE];
        for (int at = 0; at < 1152; at += 3) {
            encoded[at] = 0x00;
            encoded[at + 1] = 0x0d;
            encoded[at + 2] = (byte) 0xd0;
        }
        assertThat(MlKemPublicKey.parse(Bytes.copyOf(encoded)).value()).isEqualTo(Bytes.copyOf(encoded));
        encoded[0] = 0x01;
        assertRefused(Bytes.copyOf(encoded));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 32, 800, 1183, 1185, 1568})
    void aPublicKeyOfAnotherLengthIsRefused(int length) {
        assertRefused(Bytes.adopt(new byte[length]));
    }

    @Test
    void itsSubjectPublicKeyInfoIsTheOneThatOthersRead() throws Exception {
        Bytes info = key.publicKey().subjectPublicKeyInfo();
        assertThat(info.size()).isEqualTo(1206);
        assertThat(PublicKeyFactory.createKey(info.toArray()))
                .isInstanceOfSatisfying(
                        MLKEMPublicKeyParameters.class,
                        read -> assertThat(Bytes.adopt(read.getEncoded()))
                                .isEqualTo(key.publicKey().value()));
    }

    @Test
    void noSecretIsShown() {
        assertThat(key).hasToString("private half of " + key.publicKey());
    }

    private static void assertRefused(Bytes encoded) {
        assertThatThrownBy(() -> MlKemPublicKey.parse(encoded)).isInstanceOf(UnusableKeyException.class);
        assertThatIllegalArgumentException().isThrownBy(() -> new MlKemPublicKey(encoded));
    }
}
