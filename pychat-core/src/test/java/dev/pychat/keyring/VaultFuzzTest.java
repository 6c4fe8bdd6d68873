package dev.pychat.keyring;

import static dev.pychat.keyring.TestKeyrings.ANN;
import static dev.pychat.keyring.TestKeyrings.HEADER;
import static dev.pychat.keyring.TestKeyrings.NOW;
import static dev.pychat.keyring.TestKeyrings.REALM;
import static dev.pychat.keyring.TestKeyrings.TESTS;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.pychat.crypto.SeededRandom;
import dev.pychat.crypto.open.Label;
import dev.pychat.crypto.secret.SealedBox;
import dev.pychat.crypto.secret.SecretBytes;
import dev.pychat.crypto.secret.UnsealException;
import dev.pychat.model.Bytes;
import dev.pychat.model.DeviceId;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a server serves as a vault, and whatever is sealed in one: a vault whose keys can be taken, or one exception type. */
class VaultFuzzTest {

    private static final SeededRandom RANDOM = new SeededRandom(1);
    private static final SecretBytes KEY = SecretBytes.random(RANDOM, 32);
    private static final Keyring OWN = TestKeyrings.grown(RANDOM);
    private static final Bytes SEALED = sealed();
    private static final int HEADER_SIZE = headerSize();

    private static Bytes sealed() {
        try (Vault vault = new Vault(1, Vault.NO_PREDECESSOR, VaultedKeys.of(OWN))) {
            return vault.seal(KEY, false, REALM, ANN, RANDOM);
        }
    }

    private static int headerSize() {
        int name = ANN.value().length();
        return Label.VAULT.bytes().size() + 1 + 16 + 1 + name + 8 + 32;
    }

    static Stream<byte[]> vaults() {
        return Stream.of(SEALED.toArray());
    }

    static Stream<byte[]> contents() throws UnsealException {
        return Stream.of(SealedBox.open(
                Label.VAULT,
                KEY,
                SEALED.slice(0, HEADER_SIZE),
                SEALED.slice(HEADER_SIZE, SEALED.size() - HEADER_SIZE)));
    }

    @MethodSource("vaults")
    @FuzzTest
    void anyBytesAreAVaultOrRefused(byte[] input) {
        check(Bytes.copyOf(input));
    }

    @MethodSource("contents")
    @FuzzTest
    void anyContentIsAVaultOrRefused(byte[] input) {
        Bytes header = SEALED.slice(0, HEADER_SIZE);
        check(Bytes.concat(header, SealedBox.seal(Label.VAULT, KEY, header, input, RANDOM)));
    }

    private static void check(Bytes sealed) {
        Vault.needsRecoverySecret(sealed);
        try (Vault vault = Vault.open(KEY, REALM, ANN, sealed)) {
            restore(vault);
            join(vault);
            try (Vault again = Vault.open(KEY, REALM, ANN, vault.seal(KEY, false, REALM, ANN, RANDOM))) {
                assertThat(again.entries()).hasSameSizeAs(vault.entries());
            }
        } catch (UnreadableException expected) {
            assertThat(expected).hasMessageStartingWith("this vault ");
        }
    }

    private static void restore(Vault vault) {
        DeviceId device = DeviceId.random(RANDOM);
        try {
            VaultedKeys.restore(HEADER, vault, device, KEY, TESTS, () -> TestKeyrings.key(3))
                    .close();
        } catch (UnreadableException expected) {
            assertThat(expected).hasMessageStartingWith("this vault ");
        }
    }

    private static void join(Vault vault) {
        try {
            VaultedKeys.join(OWN, vault, TESTS, NOW).close();
        } catch (UnreadableException expected) {
            assertThat(expected).hasMessageStartingWith("this vault ");
        }
    }
}
