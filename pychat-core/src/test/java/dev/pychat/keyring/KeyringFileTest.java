package dev.pychat.keyring;

import static dev.pychat.keyring.TestKeyrings.HEADER;
import static dev.pychat.keyring.TestKeyrings.TESTS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pychat.crypto.SeededRandom;
import dev.pychat.crypto.open.KeyPolicy;
import dev.pychat.crypto.open.Label;
import dev.pychat.crypto.secret.SealedBox;
import dev.pychat.crypto.secret.SecretBytes;
import dev.pychat.keyring.UnreadableException.Reason;
import dev.pychat.model.Bytes;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class KeyringFileTest {

    private static final int HEADER_SIZE = "pychat/1 keyring".length() + 1 + 1 + 16 + 4 + 32 + 6;

    private final SeededRandom random = new SeededRandom(1);
    private final SecretBytes key = SecretBytes.random(random, 32);
    private final Keyring keyring = TestKeyrings.grown(random);
    private final Bytes sealed = keyring.seal(key, random);

    @Test
    void everythingComesBack() throws Exception {
        try (Keyring opened = Keyring.open(key, sealed, TESTS)) {
            assertThat(opened.header()).isEqualTo(keyring.header());
            assertThat(opened.device()).isEqualTo(keyring.device());
            assertThat(opened.identity().publicKey())
                    .isEqualTo(keyring.identity().publicKey());
            assertThat(opened.pastIdentities())
                    .isEqualTo(keyring.pastIdentities())
                    .hasSize(1);
            assertThat(opened.wrappingKeys().stream().map(WrappingKey::id))
                    .isEqualTo(
                            keyring.wrappingKeys().stream().map(WrappingKey::id).toList())
                    .hasSize(2);
            assertThat(opened.wrappingKeys().stream().map(WrappingKey::created))
                    .isEqualTo(keyring.wrappingKeys().stream()
                            .map(WrappingKey::created)
                            .toList());
            assertThat(opened.bundle()).isEqualTo(keyring.bundle()).isPresent();
            assertThat(opened.seenVault()).isEqualTo(keyring.seenVault());
        }
    }

    @Test
    void whatOneSealerSealedTheReopenedOneOpens() throws Exception {
        try (Keyring opened = Keyring.open(key, sealed, TESTS);
                DeviceSealer before = keyring.deviceSealer(random);
                DeviceSealer after = opened.deviceSealer(random)) {
            Bytes box = before.seal(Label.DRAFT, Bytes.EMPTY, new byte[] {5});
            assertThat(after.open(Label.DRAFT, Bytes.EMPTY, box)).containsExactly(5);
        }
    }

    @Test
    void theHeaderIsReadWithoutAKey() throws Exception {
        assertThat(KeyringHeader.read(sealed)).isEqualTo(HEADER);
        assertThat(HEADER.encode().size()).isEqualTo(HEADER_SIZE);
    }

    @Test
    void anotherKeyIsToldFromDamage() {
        assertFails(Reason.WRONG_KEY, () -> Keyring.open(SecretBytes.random(random, 32), sealed, TESTS));
        byte[] damaged = sealed.toArray();
        damaged[damaged.length - 1] ^= 1;
        assertFails(Reason.DAMAGED, () -> Keyring.open(key, Bytes.adopt(damaged), TESTS));
    }

    @Test
    void anotherVersionIsNamedAsSuch() {
        byte[] newer = sealed.toArray();
        newer["pychat/1 keyring".length() + 1] = 5;
        assertFails(Reason.NEWER_VERSION, () -> Keyring.open(key, Bytes.copyOf(newer), TESTS));
        assertFails(Reason.NEWER_VERSION, () -> KeyringHeader.read(Bytes.copyOf(newer)));
    }

    @Test
    void whatIsNoKeyringIsDamaged() {
        assertFails(Reason.DAMAGED, () -> Keyring.open(key, Bytes.EMPTY, TESTS));
        assertFails(Reason.DAMAGED, () -> Keyring.open(key, Bytes.adopt(new byte[500]), TESTS));
    }

    @Test
    void everyByteOfTheHeaderAndTheFirstOfTheBoxIsAuthenticated() {
        for (int i = 0; i < HEADER_SIZE + 64; i++) {
            byte[] altered = sealed.toArray();
            altered[i] ^= 1;
            assertThatThrownBy(() -> Keyring.open(key, Bytes.adopt(altered), TESTS))
                    .as("byte %d", i)
                    .isInstanceOf(UnreadableException.class);
        }
    }

    @Test
    void everyShorterFileIsRefused() {
        for (int length = 0; length < sealed.size(); length += 7) {
            Bytes cut = sealed.slice(0, length);
            assertThatThrownBy(() -> Keyring.open(key, cut, TESTS)).isInstanceOf(UnreadableException.class);
        }
    }

    @Test
    void anAuthenticContentThatMakesNoSenseIsRefused() {
        byte[] junk = new byte[300];
        random.nextBytes(junk);
        Bytes clear = HEADER.encode();
        Bytes file = Bytes.concat(clear, SealedBox.seal(Label.KEYRING, key, clear, junk, random));
        assertFails(Reason.DAMAGED, () -> Keyring.open(key, file, TESTS));
    }

    @Test
    void publishedTestKeysAreRefusedInProduction() {
        assertThatThrownBy(() -> Keyring.open(key, sealed, KeyPolicy.production()))
                .isInstanceOf(UnreadableException.class)
                .hasMessageContaining("published test key");
    }

    @Test
    void noSecretStandsInTheFile() {
        String file = sealed.hex();
        try (SecretBytes seed = keyring.identity().seed()) {
            assertThat(file)
                    .doesNotContain(seed.<String, RuntimeException>reveal(
                            raw -> Bytes.copyOf(raw, 0, 8).hex()));
        }
        assertThat(file)
                .doesNotContain(keyring.currentWrappingKey()
                        .key()
                        .publicKey()
                        .modulus()
                        .toString(16)
                        .substring(0, 32));
    }

    private static void assertFails(Reason reason, ThrowingCallable opening) {
        assertThatThrownBy(opening)
                .isInstanceOfSatisfying(
                        UnreadableException.class, e -> assertThat(e.reason()).isEqualTo(reason));
    }
}
