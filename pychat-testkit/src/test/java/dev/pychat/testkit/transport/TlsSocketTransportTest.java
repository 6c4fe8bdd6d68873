package dev.pychat.testkit.transport;

class TlsSocketTransportTest extends TlsTransportContract {

    TlsSocketTransportTest() {
        super(new SocketEnds(), SocketEnds.SERVER);
    }
}
