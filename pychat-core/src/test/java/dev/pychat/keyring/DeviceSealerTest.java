package dev.pychat.keyring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pychat.crypto.SeededRandom;
import dev.pychat.crypto.open.Label;
import dev.pychat.crypto.secret.SecretBytes;
import dev.pychat.crypto.secret.UnsealException;
import dev.pychat.model.Bytes;
import org.junit.jupiter.api.Test;

class DeviceSealerTest {

    private final SeededRandom random = new SeededRandom(1);
    private final SecretBytes key = SecretBytes.random(random, 32);
    private final DeviceSealer sealer = new DeviceSealer(key, random);
    private final Bytes place = Bytes.fromHex("0102");
    private final Bytes box = sealer.seal(Label.EPOCH_CACHE, place, new byte[] {1, 2, 3});

    @Test
    void opensInItsOwnPlaceOnly() throws Exception {
        assertThat(sealer.open(Label.EPOCH_CACHE, place, box)).containsExactly(1, 2, 3);
        assertThatThrownBy(() -> sealer.open(Label.DRAFT, place, box)).isInstanceOf(UnsealException.class);
        assertThatThrownBy(() -> sealer.open(Label.EPOCH_CACHE, Bytes.EMPTY, box))
                .isInstanceOf(UnsealException.class);
    }

    @Test
    void outlivesTheKeyItWasMadeOf() throws Exception {
        key.close();
        assertThat(sealer.open(Label.EPOCH_CACHE, place, box)).containsExactly(1, 2, 3);
    }

    @Test
    void aClosedOneSealsNothing() {
        sealer.close();
        assertThatIllegalStateException().isThrownBy(() -> sealer.seal(Label.DRAFT, place, new byte[1]));
    }
}
