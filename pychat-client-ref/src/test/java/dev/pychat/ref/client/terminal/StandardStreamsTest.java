package dev.pychat.ref.client.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class StandardStreamsTest {

    @Test
    void localeOfTheEnvironmentSaysWhetherSignsAreShown() {
        assertThat(StandardStreams.speaksUtf8(Map.of("LANG", "de_DE.UTF-8"))).isTrue();
        assertThat(StandardStreams.speaksUtf8(Map.of("LC_CTYPE", "en_US.utf8", "LANG", "C")))
                .isTrue();
        assertThat(StandardStreams.speaksUtf8(Map.of("LC_ALL", "C", "LANG", "de_DE.UTF-8")))
                .isFalse();
        assertThat(StandardStreams.speaksUtf8(Map.of("LC_ALL", "", "LANG", "tr_TR.ISO-8859-9")))
                .isFalse();
        assertThat(StandardStreams.speaksUtf8(Map.of())).isFalse();
    }
}
