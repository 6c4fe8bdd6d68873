package dev.pychat.testkit.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pychat.crypto.open.KeyDefect;
import dev.pychat.crypto.open.RsaPublicKey;
import dev.pychat.crypto.open.UnusableKeyException;
import dev.pychat.model.Bytes;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PublishedKeysTest {

    private final SecureRandom random = new SecureRandom();

    @Test
    void handsOutSixteenKeysAndBeginsAgain() {
        PublishedKeys keys = new PublishedKeys();
        Set<Bytes> seen = new HashSet<>();
        for (int i = 0; i < PublishedKeys.COUNT; i++) {
            seen.add(keys.next(random).publicKey().subjectPublicKeyInfo());
        }
        assertThat(seen).hasSize(16);
        assertThat(keys.next(random).publicKey())
                .isEqualTo(PublishedKeys.number(1).publicKey());
    }

    @Test
    void productionRefusesEachOfThemAndTheSourcesPolicyDoesNot() throws Exception {
        for (int number = 1; number <= PublishedKeys.COUNT; number++) {
            Bytes encoded = PublishedKeys.number(number).publicKey().subjectPublicKeyInfo();
            assertThatThrownBy(() -> RsaPublicKey.parse(encoded))
                    .isInstanceOfSatisfying(
                            UnusableKeyException.class,
                            e -> assertThat(e.defect()).isEqualTo(KeyDefect.PUBLISHED_TEST_KEY));
            assertThat(RsaPublicKey.parse(encoded, new PublishedKeys().policy()).subjectPublicKeyInfo())
                    .isEqualTo(encoded);
        }
    }

    @Test
    void thereIsNoSeventeenth() {
        assertThatIllegalArgumentException().isThrownBy(() -> PublishedKeys.number(0));
        assertThatIllegalArgumentException().isThrownBy(() -> PublishedKeys.number(17));
    }
}
