package dev.pychat.transport;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressGroupTest {

    @Test
    void addressesOfOneNetworkAreOne() {
        assertThat(AddressGroup.of("2001:db8:1:2:aaaa::1")).isEqualTo(AddressGroup.of("2001:db8:1:2:ffff:1:2:3"));
        assertThat(AddressGroup.of("2001:db8:1:2::1")).isNotEqualTo(AddressGroup.of("2001:db8:1:3::1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.0.2.1", "in-process", "", "no:address"})
    void anythingElseStandsForItself(String address) {
        assertThat(AddressGroup.of(address)).isEqualTo(address);
    }

    @Test
    void addressThatIsMappedIsTheOneInside() {
        assertThat(AddressGroup.of("::ffff:192.0.2.1")).isEqualTo("192.0.2.1");
    }
}
