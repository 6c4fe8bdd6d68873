package dev.pychat.crypto.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pychat.crypto.SeededRandom;
import dev.pychat.crypto.open.PasswordCost;
import dev.pychat.model.Bytes;
import dev.pychat.model.Realm;
import dev.pychat.model.Username;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PasswordKeysTest {

    private static final PasswordCost SMALL = new PasswordCost(32, 1, 1);
    private static final Realm REALM = new Realm(Bytes.fromHex("00112233445566778899aabbccddeeff"));
    private static final Bytes SALT = Bytes.fromHex("07".repeat(32));

    @Test
    void everyInputChangesBothKeys() throws Exception {
        Set<String> seen = new HashSet<>();
        seen.addAll(keys("correct horse", REALM, "ann", SALT, SMALL));
        seen.addAll(keys("Correct horse", REALM, "ann", SALT, SMALL));
        seen.addAll(keys("correct horse", Realm.random(new SeededRandom(1)), "ann", SALT, SMALL));
        seen.addAll(keys("correct horse", REALM, "ann2", SALT, SMALL));
        seen.addAll(keys("correct horse", REALM, "ann", Bytes.fromHex("08".repeat(32)), SMALL));
        seen.addAll(keys("correct horse", REALM, "ann", SALT, new PasswordCost(64, 1, 1)));
        seen.addAll(keys("correct horse", REALM, "ann", SALT, new PasswordCost(32, 2, 1)));
        seen.addAll(keys("correct horse", REALM, "ann", SALT, new PasswordCost(32, 1, 2)));
        assertThat(seen).hasSize(16);
        assertThat(keys("correct horse", REALM, "ann", SALT, SMALL)).isSubsetOf(seen);
    }

    /** Computed with the description alone, in Python with the reference implementation of Argon2 in C. */
    @Test
    void bothAreWhatTheDescriptionSays() throws Exception {
        try (Passphrase passphrase = Passphrase.of("correct horse".toCharArray());
                PasswordKeys keys =
                        PasswordKeys.derive(passphrase, REALM, new Username("ann"), SALT, new PasswordCost(64, 3, 2))) {
            assertThat(hex(keys.loginSecret()))
                    .isEqualTo("a34b4162ae042ed456ac013412aa3edf8946ca423b0edc2274af437c514cb63c");
            assertThat(hex(keys.vaultKey()))
                    .isEqualTo("935a25eb150bb76a3239609c77969270a468ded12317f5ad3cc7f32fbb802348");
        }
    }

    /** RFC 9106's parameters once at full cost, so that they are known to run. */
    @Test
    void theRecommendedCostIsReallyPaid() throws Exception {
        assertThat(keys("correct horse", REALM, "ann", SALT, PasswordCost.RECOMMENDED))
                .hasSize(2);
    }

    @Test
    void closingErasesBoth() throws Exception {
        PasswordKeys keys;
        try (Passphrase passphrase = Passphrase.of("correct horse".toCharArray())) {
            keys = PasswordKeys.derive(passphrase, REALM, new Username("ann"), SALT, SMALL);
        }
        keys.close();
        assertThat(keys.loginSecret().isErased()).isTrue();
        assertThat(keys.vaultKey().isErased()).isTrue();
    }

    @Test
    void aSaltOfAnotherSizeIsTheCallersBug() throws Exception {
        Passphrase passphrase = Passphrase.of("correct horse".toCharArray());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PasswordKeys.derive(passphrase, REALM, new Username("ann"), Bytes.EMPTY, SMALL));
    }

    @Test
    void anInterruptedWaitDerivesNothingAndGivesItsPlaceBack() throws Exception {
        Passphrase passphrase = Passphrase.of("correct horse".toCharArray());
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> PasswordKeys.derive(passphrase, REALM, new Username("ann"), SALT, SMALL))
                .isInstanceOf(InterruptedException.class);
        assertThat(Argon2id.SLOTS.availablePermits()).isEqualTo(Argon2id.slots());
    }

    private static Set<String> keys(String typed, Realm realm, String name, Bytes salt, PasswordCost cost)
            throws Exception {
        try (Passphrase passphrase = Passphrase.of(typed.toCharArray());
                PasswordKeys keys = PasswordKeys.derive(passphrase, realm, new Username(name), salt, cost)) {
            return Set.of(hex(keys.loginSecret()), hex(keys.vaultKey()));
        }
    }

    private static String hex(SecretBytes secret) {
        return secret.reveal(raw -> Bytes.copyOf(raw).hex());
    }
}
