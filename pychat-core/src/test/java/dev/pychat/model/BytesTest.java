package dev.pychat.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BytesTest {

    @Test
    void equalBytesHaveOneHashWhereverTheyLie() {
        Bytes whole = Bytes.copyOf(new byte[] {9, 1, -2, 3, 9, 9});
        Bytes slice = whole.slice(1, 3);
        Bytes copy = Bytes.copyOf(new byte[] {1, -2, 3});
        assertThat(slice).isEqualTo(copy).hasSameHashCodeAs(copy);
        assertThat(Bytes.copyOf(new byte[0])).hasSameHashCodeAs(whole.slice(2, 0));
    }

    @Test
    void hashesOfSimilarBytesDiffer() {
        Set<Integer> hashes = new HashSet<>();
        for (int place = 0; place < 32; place++) {
            for (int value = 1; value <= 8; value++) {
                byte[] bytes = new byte[32];
                bytes[place] = (byte) value;
                hashes.add(Bytes.adopt(bytes).hashCode());
            }
        }
        assertThat(hashes).hasSizeGreaterThan(240);
    }
}
