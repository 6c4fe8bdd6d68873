package dev.pychat.crypto.open.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ErasableKeyTest {

    @Test
    void closingErasesItsOwnCopyAndNoOther() {
        byte[] given = {1, 2, 3};
        ErasableKey key = new ErasableKey("AES", given);
        assertThat(key.getEncoded()).containsExactly(1, 2, 3);
        assertThat(key.getAlgorithm()).isEqualTo("AES");
        assertThat(key.getFormat()).isEqualTo("RAW");
        key.close();
        assertThat(key.getEncoded()).containsExactly(0, 0, 0);
        assertThat(given).containsExactly(1, 2, 3);
    }
}
