package dev.pychat.keyring;

import dev.pychat.crypto.SeededRandom;
import dev.pychat.crypto.TestKeys;
import dev.pychat.crypto.open.KeyPolicy;
import dev.pychat.crypto.open.PasswordCost;
import dev.pychat.model.Bytes;
import dev.pychat.model.Realm;
import dev.pychat.model.Username;
import java.security.SecureRandom;
import java.time.Instant;

/** Keyrings of one user. */
final class TestKeyrings {

    static final KeyPolicy TESTS = KeyPolicy.acceptPublishedTestKeysInsecurely();
    static final Realm REALM = new Realm(Bytes.fromHex("00112233445566778899aabbccddeeff"));
    static final Username ANN = new Username("ann");
    static final Instant NOW = Instant.parse("2026-11-22T12:00:00.123Z");
    static final KeyringHeader HEADER =
            new KeyringHeader(REALM, ANN, Bytes.fromHex("07".repeat(32)), new PasswordCost(32, 1, 1));

    private TestKeyrings() {}

    static Keyring fresh(SecureRandom random) {
        return Keyring.create(HEADER, source -> TestKeys.rsa(1), NOW, random);
    }

    /** One with something in each field. */
    static Keyring grown(SeededRandom random) {
        try (Keyring fresh = fresh(random);
                Keyring published = fresh.withBundle(fresh.nextBundle(NOW));
                Keyring rotated = published.withWrappingKey(key(2));
                Identity next = Identity.generate(random);
                Keyring renewed = rotated.withIdentity(next, NOW.plusSeconds(60))) {
            return renewed.withSeenVault(new SeenVault(3, Bytes.fromHex("33".repeat(32))));
        }
    }

    static WrappingKey key(int number) {
        return new WrappingKey(TestKeys.rsa(number), NOW.plusSeconds(number));
    }
}
