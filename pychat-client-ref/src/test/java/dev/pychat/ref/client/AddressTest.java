package dev.pychat.ref.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTest {
    @Test
    void hostAndPortAreReadWithOrWithoutThePort() {
        assertThat(Address.parse("chat.example:1234")).isEqualTo(new Address("chat.example", 1234));
        assertThat(Address.parse("chat.example")).isEqualTo(new Address("chat.example", 5050));
        assertThat(Address.parse("127.0.0.1:1")).isEqualTo(new Address("127.0.0.1", 1));
        assertThat(Address.parse("[::1]:6000")).isEqualTo(new Address("::1", 6000));
        assertThat(Address.parse("[::1]")).isEqualTo(new Address("::1", 5050));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", ":5050", "host:", "host:0", "host:65536", "host:x", "a:b:c", "::1", "[::1", "[]:1", "a b:1"})
    void anythingElseIsRefusedWithWhatIsAllowed(String text) {
        assertThatThrownBy(() -> Address.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"" + text + "\"")
                .hasMessageContaining("HOST:PORT");
    }
}
