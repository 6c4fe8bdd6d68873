package dev.pychat.crypto.open;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class LabelTest {

    @Test
    void noLabelIsAPrefixOfAnother() {
        for (Label one : Label.values()) {
            for (Label other : Label.values()) {
                if (one != other) {
                    assertThat(other.bytes().hex())
                            .as("%s, %s", one, other)
                            .doesNotStartWith(one.bytes().hex());
                }
            }
        }
    }

    @Test
    void everyLabelIsPrintableAsciiBehindTheProtocolsNameAndEndsInOneZero() {
        for (Label label : Label.values()) {
            assertThat(label.text()).matches("pychat/1 [a-z0-9 ]+");
            assertThat(label.bytes().toArray()).isEqualTo((label.text() + "\0").getBytes(StandardCharsets.US_ASCII));
        }
    }
}
