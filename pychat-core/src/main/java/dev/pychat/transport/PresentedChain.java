package dev.pychat.transport;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Asks a {@link ServerTrust} about what one server presents, and keeps how long that may be gone by. A refusal is the cause of the
 * exception that ends the handshake. Thread-safe.
 */
final class PresentedChain extends X509ExtendedTrustManager {

    private final ServerTrust trust;
    private final String host;
    private final int port;
    private final List<Optional<KeyPin>> pins;
    private final AtomicLong trustedUntil = new AtomicLong(Long.MAX_VALUE);

    /** Begins with the pins that are accepted. */
    PresentedChain(ServerTrust trust, String host, int port, List<Optional<KeyPin>> pins) {
        this.trust = trust;
        this.host = host;
        this.port = port;
        this.pins = pins;
    }

    /**
     * When the first of the certificates that were presented and trusted ends, in milliseconds from 1970 on; the past, where the pins
     * have changed meanwhile.
     */
    long trustedUntil() {
        return trustedUntil.get();
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        try {
            trust.check(new TrustCheck.Presented(host, port, List.of(chain), authType, socket));
        } catch (TrustRefusedException e) {
            throw new CertificateException(e.getMessage(), e);
        }
        for (X509Certificate certificate : chain) {
            trustedUntil.accumulateAndGet(certificate.getNotAfter().toInstant().toEpochMilli(), Math::min);
        }
        if (!trust.pins(host, port).equals(pins)) {
            trustedUntil.set(Long.MIN_VALUE);
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("a server is judged on a socket only");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        checkServerTrusted(chain, authType);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("clients have no certificates here");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        checkClientTrusted(chain, authType);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        checkClientTrusted(chain, authType);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
