package dev.pychat.transport.netty;

import dev.pychat.wire.ClientFrame;
import dev.pychat.wire.FrameCodec;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.cert.X509Certificate;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;

/** A client of the JDK's TLS that sees what arrives on the wire. Confined to one thread. */
final class Raw implements AutoCloseable {

    private static final int RECORD_HEADER = 5;

    private final Recorded wire = new Recorded();
    private final SSLSocket tls;
    private final boolean resumed;

    Raw(SSLContext context, int port) throws IOException {
        wire.connect(new InetSocketAddress(NettyEnds.HERE, port));
        wire.setSoTimeout((int) Duration.ofMinutes(1).toMillis());
        tls = (SSLSocket) context.getSocketFactory().createSocket(wire, "localhost", port, true);
        var parameters = tls.getSSLParameters();
        parameters.setProtocols(new String[] {"TLSv1.3"});
        parameters.setApplicationProtocols(new String[] {"pychat/1"});
        tls.setSSLParameters(parameters);
        tls.startHandshake();
        resumed = Hello.ofServer(wire.received.toByteArray()).resumes();
    }

    /** Whether the server went on with a session of before. */
    boolean resumed() {
        return resumed;
    }

    SSLSession session() {
        return tls.getSession();
    }

    X509Certificate shown() throws IOException {
        return (X509Certificate) session().getPeerCertificates()[0];
    }

    /** Sends frames in one record. */
    void send(ClientFrame... frames) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (ClientFrame frame : frames) {
            all.writeBytes(FrameCodec.encode(frame));
        }
        tls.getOutputStream().write(all.toByteArray());
    }

    byte[] read(int count) throws IOException {
        return tls.getInputStream().readNBytes(count);
    }

    /** How many TLS records have arrived since this was asked the last time. */
    int records() {
        byte[] received = wire.received.toByteArray();
        wire.received.reset();
        int count = 0;
        for (int at = 0; at < received.length; count++) {
            int length = Byte.toUnsignedInt(received[at + 3]) << 8 | Byte.toUnsignedInt(received[at + 4]);
            at += RECORD_HEADER + length;
        }
        return count;
    }

    @Override
    public void close() throws IOException {
        tls.close();
    }

    private static final class Recorded extends Socket {
        private final ByteArrayOutputStream received = new ByteArrayOutputStream();

        @Override
        public InputStream getInputStream() throws IOException {
            return new FilterInputStream(super.getInputStream()) {
                @Override
                public int read(byte[] target, int from, int length) throws IOException {
                    int count = super.read(target, from, length);
                    received.write(target, from, Math.max(0, count));
                    return count;
                }
            };
        }
    }
}
