package dev.pychat.transport.netty;

import io.netty.handler.ssl.OpenSslCertificateException;
import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * The Java platform's judgement of clients' certificates, for BoringSSL: told no more than that one is not trusted, it would tell the
 * client that something is wrong with the server.
 */
final class ClientTrust extends X509ExtendedTrustManager {

    /** {@code X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY}, of which BoringSSL makes the alert {@code unknown_ca}. */
    private static final int UNKNOWN_ISSUER = 20;

    private final X509ExtendedTrustManager judge;

    private ClientTrust(X509ExtendedTrustManager judge) {
        this.judge = judge;
    }

    /** Trusts what these have signed, or if there is none what the platform's roots lead to. */
    static ClientTrust in(List<X509Certificate> issuers) throws SSLException {
        try {
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store(issuers));
            for (TrustManager manager : factory.getTrustManagers()) {
                if (manager instanceof X509ExtendedTrustManager extended) {
                    return new ClientTrust(extended);
                }
            }
            throw new SSLException("the platform has no X.509 trust manager");
        } catch (GeneralSecurityException | IOException e) {
            throw new SSLException("the issuers of clients' certificates can't be used: " + e.getMessage(), e);
        }
    }

    private static @Nullable KeyStore store(List<X509Certificate> issuers)
            throws GeneralSecurityException, IOException {
        if (issuers.isEmpty()) {
            return null;
        }
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        for (int i = 0; i < issuers.size(); i++) {
            store.setCertificateEntry("issuer-" + i, issuers.get(i));
        }
        return store;
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        try {
            judge.checkClientTrusted(chain, authType, engine);
        } catch (CertificateException e) {
            throw told(e);
        }
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        judge.checkClientTrusted(chain, authType, socket);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        judge.checkClientTrusted(chain, authType);
    }

    /** Netty has words of its own for a certificate that was good once. */
    private static CertificateException told(CertificateException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateExpiredException) {
                return e;
            }
        }
        return new OpenSslCertificateException(e.getMessage(), e, UNKNOWN_ISSUER);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        judge.checkServerTrusted(chain, authType, engine);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        judge.checkServerTrusted(chain, authType, socket);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        judge.checkServerTrusted(chain, authType);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return judge.getAcceptedIssuers();
    }
}
