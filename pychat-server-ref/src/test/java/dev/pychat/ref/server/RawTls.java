package dev.pychat.ref.server;

import dev.pychat.model.Bytes;
import dev.pychat.testkit.server.RawClient;
import dev.pychat.wire.ProtocolVersion;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** A TLS connection on which a test writes bytes as it likes. It trusts anybody. */
final class RawTls implements AutoCloseable {

    private final SSLSocket socket;
    private final DataInputStream in;

    private RawTls(SSLSocket socket) throws IOException {
        this.socket = socket;
        this.in = new DataInputStream(socket.getInputStream());
    }

    static RawTls connect(int port) throws IOException, GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLSv1.3");
        context.init(null, new TrustManager[] {new Anybody()}, null);
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket("localhost", port);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setApplicationProtocols(new String[] {ProtocolVersion.ALPN});
        socket.setSSLParameters(parameters);
        socket.setSoTimeout((int) RawClient.PATIENCE.toMillis());
        socket.startHandshake();
        return new RawTls(socket);
    }

    void write(Bytes bytes) throws IOException {
        bytes.writeTo(socket.getOutputStream());
        socket.getOutputStream().flush();
    }

    /** The next frame as text. */
    String readFrame() throws IOException {
        return new String(in.readNBytes(in.readInt()), StandardCharsets.ISO_8859_1);
    }

    /** Everything until the server closes, as text; a test fails here if it does not. */
    String readToEnd() throws IOException {
        return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private static final class Anybody implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
