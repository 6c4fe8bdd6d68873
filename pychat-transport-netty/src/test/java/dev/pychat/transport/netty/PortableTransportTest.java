package dev.pychat.transport.netty;

import dev.pychat.testkit.transport.TlsTransportContract;

/** With the JDK's TLS and NIO. */
class PortableTransportTest extends TlsTransportContract {

    PortableTransportTest() {
        super(new NettyEnds(Platform.portable()), NettyEnds.SERVER);
    }
}
