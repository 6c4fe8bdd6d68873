package dev.pychat.transport;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;

/**
 * What a client shows to a server that takes clients with a certificate only. It opens the connection and nothing else: who the
 * account is, a server learns by passphrase or token all the same.
 *
 * <p>Immutable and thread-safe.
 *
 * @param key the private key
 * @param chain the certificates, the client's own first, at least one
 */
public record ClientCertificate(PrivateKey key, List<X509Certificate> chain) {

    private static final Pattern KEY =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");
    private static final List<String> ALGORITHMS = List.of("EC", "RSA", "Ed25519");
    private static final char[] NO_PASSWORD = {};

    /**
     * Copies the chain.
     *
     * @param key the private key
     * @param chain the certificates, the client's own first, at least one
     * @throws IllegalArgumentException if there is no certificate
     */
    public ClientCertificate {
        chain = List.copyOf(chain);
        if (chain.isEmpty()) {
            throw new IllegalArgumentException("no certificate given, at least one is needed");
        }
    }

    /**
     * Reads both in PEM form (RFC 7468).
     *
     * @param certificates one or more certificates, the client's own first
     * @param key a private key in PKCS#8, not encrypted: {@code BEGIN PRIVATE KEY}
     * @return both
     * @throws CertificateException if one of them can't be read
     */
    public static ClientCertificate pem(String certificates, String key) throws CertificateException {
        List<X509Certificate> chain = new ArrayList<>();
        var text = new ByteArrayInputStream(certificates.getBytes(StandardCharsets.US_ASCII));
        for (var certificate : CertificateFactory.getInstance("X.509").generateCertificates(text)) {
            chain.add((X509Certificate) certificate);
        }
        if (chain.isEmpty()) {
            throw new CertificateException("the text holds no certificate in PEM form");
        }
        return new ClientCertificate(privateKey(key), chain);
    }

    private static PrivateKey privateKey(String pem) throws CertificateException {
        Matcher matcher = KEY.matcher(pem);
        if (!matcher.find()) {
            throw new CertificateException("the text holds no private key in PEM form (PKCS#8, BEGIN PRIVATE KEY)");
        }
        try {
            byte[] encoded = Base64.getMimeDecoder().decode(matcher.group(1));
            for (String algorithm : ALGORITHMS) {
                try {
                    return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(encoded));
                } catch (InvalidKeySpecException e) {
                    // Of another algorithm; the last one says so below.
                }
            }
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new CertificateException("the private key can't be read", e);
        }
        throw new CertificateException("the private key is of no known algorithm, allowed are " + ALGORITHMS);
    }

    KeyManager[] managers() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, NO_PASSWORD);
        store.setKeyEntry("client", key, NO_PASSWORD, chain.toArray(X509Certificate[]::new));
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, NO_PASSWORD);
        return factory.getKeyManagers();
    }

    /** Leaves the key out. */
    @Override
    public String toString() {
        return "ClientCertificate[" + chain.get(0).getSubjectX500Principal() + "]";
    }
}
