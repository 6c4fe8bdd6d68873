package dev.pychat.transport;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** Asks a {@link ServerTrust} about what one server presents, and keeps the refusal. One for each attempt. */
final class PresentedChain extends X509ExtendedTrustManager {

    private final ServerTrust trust;
    private final String host;
    private final int port;
    private volatile @Nullable TrustRefusedException refusal;

    PresentedChain(ServerTrust trust, String host, int port) {
        this.trust = trust;
        this.host = host;
        this.port = port;
    }

    /** Why the server was refused, if it was. */
    @Nullable
    TrustRefusedException refusal() {
        return refusal;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        try {
            trust.check(new TrustCheck.Presented(host, port, List.of(chain), authType, socket));
        } catch (TrustRefusedException e) {
            refusal = e;
            throw new CertificateException(e.getMessage(), e);
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
