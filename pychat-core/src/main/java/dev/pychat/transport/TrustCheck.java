package dev.pychat.transport;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** One way to judge what a server presents. */
interface TrustCheck {

    /** What a server presents, and to whom. The socket is in its handshake and asks for the name check. */
    record Presented(String host, int port, List<X509Certificate> chain, String authType, Socket socket) {

        X509Certificate leaf() {
            return chain.get(0);
        }
    }

    /** A refusal: why, in words. */
    record Refusal(TrustRefusedException.Reason reason, String text) {}

    /** Judges; empty: trusted. */
    Optional<Refusal> judge(Presented presented);

    /** The pins that {@link #judge} goes by now, each in its place. */
    default List<Optional<KeyPin>> pins(String host, int port) {
        return List.of();
    }

    /** A server that was trusted has proved to hold the key that it showed. */
    default void proved(String host, int port, KeyPin shown) {}

    /** Takes a server's word about its next key, on a connection on which it held the present one. */
    default void announced(String host, int port, KeyPin present, KeyPin next) {}

    /** Trusts what a certification path (RFC 5280) from the given roots, or the system's, leads to under the right name. */
    static TrustCheck path(@Nullable KeyStore roots, String whose) {
        X509ExtendedTrustManager manager = manager(roots);
        return presented -> {
            try {
                manager.checkServerTrusted(
                        presented.chain().toArray(X509Certificate[]::new), presented.authType(), presented.socket());
                return Optional.empty();
            } catch (CertificateException e) {
                return unknown(whose + " do not speak for it (" + e.getMessage() + ")");
            }
        };
    }

    /**
     * Trusts each of these certificates while it is valid, whatever name it bears, and what a path from them leads to. Java's
     * own path check asks nothing further of a certificate that is itself a root, not even whether it is still valid.
     */
    static TrustCheck given(List<X509Certificate> certificates, KeyStore roots) {
        TrustCheck path = path(roots, "the given certificates");
        return presented -> certificates.contains(presented.leaf()) ? valid(presented.leaf()) : path.judge(presented);
    }

    /** Trusts the pinned key. */
    static TrustCheck pinned(ServerPins pins) {
        return new PinCheck(pins);
    }

    private static Optional<Refusal> valid(X509Certificate certificate) {
        try {
            certificate.checkValidity();
            return Optional.empty();
        } catch (CertificateException e) {
            return unknown("the given certificate is out of its validity (" + e.getMessage() + ")");
        }
    }

    /** Nothing speaks for it. */
    static Optional<Refusal> unknown(String text) {
        return Optional.of(new Refusal(TrustRefusedException.Reason.UNKNOWN, text));
    }

    private static X509ExtendedTrustManager manager(@Nullable KeyStore roots) {
        try {
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(roots);
            for (TrustManager manager : factory.getTrustManagers()) {
                if (manager instanceof X509ExtendedTrustManager extended) {
                    return extended;
                }
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the platform's trust manager can't be made", e);
        }
        throw new IllegalStateException("the platform has no X.509 trust manager");
    }
}
