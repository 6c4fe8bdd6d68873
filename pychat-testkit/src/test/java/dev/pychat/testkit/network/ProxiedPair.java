package dev.pychat.testkit.network;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;

/** Both ends of connections through a proxy, as plain sockets. */
final class ProxiedPair implements AutoCloseable {

    static final int PATIENCE_MILLIS = (int) Duration.ofSeconds(60).toMillis();

    private final ServerSocket listening;
    final FaultyProxy proxy;
    final Socket client;
    final Socket server;

    private ProxiedPair(Faults faults) throws IOException {
        listening = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        proxy = FaultyProxy.start(listening.getLocalPort(), faults);
        client = connect(proxy.port());
        server = listening.accept();
        server.setSoTimeout(PATIENCE_MILLIS);
    }

    static ProxiedPair with(Fault... faults) throws IOException {
        return new ProxiedPair(Faults.always(faults));
    }

    static Socket connect(int port) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.setTcpNoDelay(true);
        return socket;
    }

    @Override
    public void close() throws IOException {
        proxy.close();
        client.close();
        server.close();
        listening.close();
    }
}
