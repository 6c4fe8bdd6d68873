package dev.pychat.transport.netty;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.testkit.transport.TlsTransportContract;
import org.junit.jupiter.api.Test;

/** With what loads here; the build has the libraries for Linux on x86-64. */
class NativeTransportTest extends TlsTransportContract {

    NativeTransportTest() {
        super(new NettyEnds(Platform.best()), NettyEnds.SERVER);
    }

    @Test
    void librariesLoad() {
        assertThat(Platform.best().text()).contains("BoringSSL", "epoll");
    }
}
