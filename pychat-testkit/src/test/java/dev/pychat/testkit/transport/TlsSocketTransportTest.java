package dev.pychat.testkit.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.transport.Listener;
import dev.pychat.transport.TlsSocketTransport;
import dev.pychat.transport.TransportOptions;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TlsSocketTransportTest extends TlsTransportContract {

    private static final InetAddress HERE = InetAddress.getLoopbackAddress();

    TlsSocketTransportTest() {
        super(new SocketEnds(), SocketEnds.SERVER);
    }

    @Test
    void handshakeWithoutMemoryIsClosedAndHoldsNoPlace() throws Exception {
        var transport = TlsSocketTransport.server(
                new InetSocketAddress(HERE, 0),
                () -> {
                    throw new OutOfMemoryError("planted");
                },
                TransportOptions.DEFAULT);
        try (Listener listener = transport.listen(connection -> {
                    throw new AssertionError("nothing was shaken");
                });
                Socket socket = new Socket(HERE, listener.port())) {
            socket.setSoTimeout(60_000);
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
            Instant end = Instant.now().plusSeconds(60);
            while (listener.connections() > 0 && Instant.now().isBefore(end)) {
                Thread.sleep(10);
            }
            assertThat(listener.connections()).isZero();
        }
    }
}
