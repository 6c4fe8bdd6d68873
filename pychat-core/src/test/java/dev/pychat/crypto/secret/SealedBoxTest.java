package dev.pychat.crypto.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pychat.crypto.SeededRandom;
import dev.pychat.crypto.open.HkdfSha256;
import dev.pychat.crypto.open.Label;
import dev.pychat.crypto.secret.UnsealException.Reason;
import dev.pychat.model.Bytes;
import org.junit.jupiter.api.Test;

class SealedBoxTest {

    private final SeededRandom random = new SeededRandom(1);
    private final SecretBytes key = SecretBytes.random(random, 32);
    private final Bytes context = Bytes.fromHex("0102");
    private final byte[] content = {9, 8, 7};
    private final Bytes box = SealedBox.seal(Label.DRAFT, key, context, content, random);

    @Test
    void opensWhatWasSealed() throws Exception {
        assertThat(box.size()).isEqualTo(content.length + SealedBox.OVERHEAD);
        assertThat(SealedBox.open(Label.DRAFT, key, context, box)).isEqualTo(content);
    }

    @Test
    void hasTheDocumentedForm() {
        Bytes info = Bytes.concat(Label.SEALED_BOX.bytes(), Label.DRAFT.bytes(), Bytes.fromHex("00000002"), context);
        byte[] derived = key.reveal(raw -> HkdfSha256.derive(box.slice(0, 32), raw, info, 76));
        assertThat(Bytes.copyOf(derived, 44, 32)).isEqualTo(box.slice(32, 32));
        SecretBytes boxKey = SecretBytes.adopt(Bytes.copyOf(derived, 0, 32).toArray());
        Bytes sealed = AesGcm.seal(boxKey, Bytes.copyOf(derived, 32, 12), info, content);
        assertThat(box.slice(64, box.size() - 64)).isEqualTo(sealed);
    }

    @Test
    void anotherKeyPurposeOrContextIsAWrongKey() {
        assertFails(Label.DRAFT, SecretBytes.random(random, 32), context, box, Reason.WRONG_KEY);
        assertFails(Label.PIN, key, context, box, Reason.WRONG_KEY);
        assertFails(Label.DRAFT, key, Bytes.fromHex("0103"), box, Reason.WRONG_KEY);
        assertFails(Label.DRAFT, key, Bytes.EMPTY, box, Reason.WRONG_KEY);
    }

    @Test
    void everyFlippedBitIsNoticed() {
        for (int bit = 0; bit < 8 * box.size(); bit++) {
            byte[] flipped = box.toArray();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            Reason reason = bit < 8 * 64 ? Reason.WRONG_KEY : Reason.DAMAGED;
            assertFails(Label.DRAFT, key, context, Bytes.adopt(flipped), reason);
        }
    }

    @Test
    void everyShorterBoxIsDamaged() {
        for (int length = 0; length < box.size(); length++) {
            assertFails(Label.DRAFT, key, context, box.slice(0, length), Reason.DAMAGED);
        }
    }

    @Test
    void twoBoxesOfTheSameContentShareNothing() {
        Bytes other = SealedBox.seal(Label.DRAFT, key, context, content, random);
        assertThat(other.slice(0, 32)).isNotEqualTo(box.slice(0, 32));
        assertThat(other.slice(32, 32)).isNotEqualTo(box.slice(32, 32));
        assertThat(other.slice(64, 19)).isNotEqualTo(box.slice(64, 19));
    }

    private static void assertFails(Label purpose, SecretBytes key, Bytes context, Bytes box, Reason reason) {
        assertThatThrownBy(() -> SealedBox.open(purpose, key, context, box))
                .isInstanceOfSatisfying(
                        UnsealException.class, e -> assertThat(e.reason()).isEqualTo(reason));
    }
}
