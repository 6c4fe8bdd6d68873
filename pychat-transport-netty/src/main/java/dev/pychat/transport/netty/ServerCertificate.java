package dev.pychat.transport.netty;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * What a server shows in the TLS handshake, and whose certificates it wants of clients.
 *
 * <p>Immutable and thread-safe. Two of them are never taken for the same, whatever they hold: another one begins anew with what
 * sessions are resumed with, too.
 */
public final class ServerCertificate {

    private final PrivateKey key;
    private final List<X509Certificate> chain;
    private final List<X509Certificate> clientIssuers;

    private ServerCertificate(PrivateKey key, List<X509Certificate> chain, List<X509Certificate> clientIssuers) {
        if (chain.isEmpty()) {
            throw new IllegalArgumentException("the chain is empty, the certificate of the key must be in it");
        }
        this.key = key;
        this.chain = List.copyOf(chain);
        this.clientIssuers = List.copyOf(clientIssuers);
    }

    /**
     * What a server shows.
     *
     * @param key its private key, RSA or EC, in a form that can be encoded
     * @param chain the certificates, the one of the key first
     * @return both together
     * @throws IllegalArgumentException if the chain is empty
     */
    public static ServerCertificate of(PrivateKey key, List<X509Certificate> chain) {
        return new ServerCertificate(key, chain, List.of());
    }

    /**
     * The same, and whose clients are let in.
     *
     * @param issuers who signs the certificates of clients; if there is none, whatever the roots of the Java platform lead to
     * @return what is shown, with these issuers
     */
    public ServerCertificate withClientIssuers(List<X509Certificate> issuers) {
        return new ServerCertificate(key, chain, issuers);
    }

    PrivateKey key() {
        return key;
    }

    List<X509Certificate> chain() {
        return chain;
    }

    List<X509Certificate> clientIssuers() {
        return clientIssuers;
    }

    @Override
    public String toString() {
        return "ServerCertificate[" + chain.get(0).getSubjectX500Principal() + "]";
    }
}
