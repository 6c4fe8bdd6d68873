package dev.pychat.transport;

import dev.pychat.wire.ProtocolVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSocket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * TLS 1.3 over a raw socket. It is ended by closing the raw one: closing the TLS socket waits for a writer that a slow reader
 * holds up.
 */
final class TlsDuplex implements Duplex {

    private static final Logger log = LoggerFactory.getLogger(TlsDuplex.class);
    private static final String VERSION = "TLSv1.3";

    private final Socket raw;
    private final SSLSocket tls;

    private TlsDuplex(Socket raw, SSLSocket tls) {
        this.raw = raw;
        this.tls = tls;
    }

    /** The server's end over an accepted socket, read through {@code in}. */
    static TlsDuplex server(Socket raw, InputStream in, SSLContext context, boolean clientCertificates)
            throws IOException {
        prepare(raw);
        // Read before the socket's own stream, which this one never comes to.
        TlsDuplex duplex =
                new TlsDuplex(raw, (SSLSocket) context.getSocketFactory().createSocket(raw, in, false));
        duplex.tls.setUseClientMode(false);
        SSLParameters parameters = duplex.parameters();
        if (clientCertificates) {
            parameters.setNeedClientAuth(true);
        }
        duplex.tls.setSSLParameters(parameters);
        return duplex;
    }

    /** The client's end over a connected socket; the name is what the certificate must speak for. */
    static TlsDuplex client(Socket raw, SSLContext context, String host, int port) throws IOException {
        prepare(raw);
        TlsDuplex duplex =
                new TlsDuplex(raw, (SSLSocket) context.getSocketFactory().createSocket(raw, host, port, false));
        duplex.tls.setUseClientMode(true);
        SSLParameters parameters = duplex.parameters();
        parameters.setEndpointIdentificationAlgorithm(
                "HTTPS"); // the strict name check of RFC 2818, asked for by ServerTrust
        duplex.tls.setSSLParameters(parameters);
        return duplex;
    }

    private static void prepare(Socket raw) throws IOException {
        raw.setTcpNoDelay(true);
        raw.setKeepAlive(true);
    }

    private SSLParameters parameters() {
        SSLParameters parameters = tls.getSSLParameters();
        parameters.setProtocols(new String[] {VERSION});
        parameters.setApplicationProtocols(new String[] {ProtocolVersion.ALPN});
        return parameters;
    }

    /** Shakes hands. True if both ends speak this protocol. The caller sees to a deadline. */
    boolean handshake() throws IOException {
        tls.startHandshake();
        return List.of(ProtocolVersion.ALPN).contains(tls.getApplicationProtocol());
    }

    @Override
    public Optional<KeyPin> serverKey() {
        try {
            return tls.getUseClientMode() && tls.getSession().getPeerCertificates()[0] instanceof X509Certificate leaf
                    ? Optional.of(KeyPin.of(leaf))
                    : Optional.empty();
        } catch (SSLPeerUnverifiedException e) {
            return Optional.empty();
        }
    }

    @Override
    public InputStream in() throws IOException {
        return tls.getUseClientMode() ? new AlertText(tls.getInputStream()) : tls.getInputStream();
    }

    @Override
    public OutputStream out() throws IOException {
        return tls.getOutputStream();
    }

    @Override
    public void finish() throws IOException {
        tls.shutdownOutput();
    }

    @Override
    public void abort() {
        try {
            raw.close();
        } catch (IOException e) {
            log.debug("closing a socket of {} failed", remoteAddress(), e);
        }
    }

    @Override
    public String remoteAddress() {
        return raw.getInetAddress().getHostAddress();
    }
}
