package dev.pychat.keyring;

import static dev.pychat.keyring.TestKeyrings.HEADER;
import static dev.pychat.keyring.TestKeyrings.TESTS;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.pychat.crypto.SeededRandom;
import dev.pychat.crypto.open.Label;
import dev.pychat.crypto.secret.SealedBox;
import dev.pychat.crypto.secret.SecretBytes;
import dev.pychat.crypto.secret.UnsealException;
import dev.pychat.model.Bytes;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever lies where a keyring should be, and whatever is sealed in one: a keyring, or one exception type. */
class KeyringFuzzTest {

    private static final SeededRandom RANDOM = new SeededRandom(1);
    private static final SecretBytes KEY = SecretBytes.random(RANDOM, 32);

    static Stream<byte[]> files() {
        try (Keyring grown = TestKeyrings.grown(RANDOM)) {
            return Stream.of(grown.seal(KEY, RANDOM).toArray());
        }
    }

    static Stream<byte[]> contents() throws UnsealException {
        try (Keyring grown = TestKeyrings.grown(RANDOM);
                Keyring fresh = TestKeyrings.fresh(RANDOM)) {
            return Stream.of(content(grown.seal(KEY, RANDOM)), content(fresh.seal(KEY, RANDOM)));
        }
    }

    private static byte[] content(Bytes sealed) throws UnsealException {
        int header = HEADER.encode().size();
        Bytes box = sealed.slice(header, sealed.size() - header);
        return SealedBox.open(Label.KEYRING, KEY, HEADER.encode(), box);
    }

    @MethodSource("files")
    @FuzzTest
    void anyFileIsAKeyringOrRefused(byte[] input) {
        check(Bytes.copyOf(input));
    }

    @MethodSource("contents")
    @FuzzTest
    void anyContentIsAKeyringOrRefused(byte[] input) {
        Bytes header = HEADER.encode();
        check(Bytes.concat(header, SealedBox.seal(Label.KEYRING, KEY, header, input, RANDOM)));
    }

    private static void check(Bytes sealed) {
        try (Keyring keyring = Keyring.open(KEY, sealed, TESTS);
                Keyring again = Keyring.open(KEY, keyring.seal(KEY, RANDOM), TESTS)) {
            assertThat(again.device()).isEqualTo(keyring.device());
            assertThat(again.bundle()).isEqualTo(keyring.bundle());
        } catch (UnreadableException expected) {
            assertThat(expected).hasMessageStartingWith("this ");
        }
    }
}
