package dev.pychat.testkit;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jspecify.annotations.Nullable;

/**
 * TLS keys and certificates for tests, made when they are asked for: P-256 keys, self-signed or signed by each other.
 *
 * <p>Immutable and thread-safe.
 */
public final class TestCertificates {

    private static final AtomicLong SERIALS = new AtomicLong(1);

    private final KeyPair keys;
    private final List<X509Certificate> chain;

    private TestCertificates(KeyPair keys, List<X509Certificate> chain) {
        this.keys = keys;
        this.chain = chain;
    }

    /**
     * Makes a key and a certificate that it signs itself, valid from an hour ago for a day.
     *
     * @param names the DNS names or IP addresses that the certificate bears
     * @return a new key with its certificate
     */
    public static TestCertificates selfSigned(String... names) {
        KeyPair keys = keyPair();
        return new TestCertificates(keys, List.of(certificate(keys, keys, names(names), false, now(), names)));
    }

    /**
     * Makes a key and a self-signed certificate that ended an hour ago.
     *
     * @param names the DNS names or IP addresses that the certificate bears
     * @return a new key with its certificate
     */
    public static TestCertificates expired(String... names) {
        KeyPair keys = keyPair();
        Instant start = now().minus(Duration.ofDays(1));
        return new TestCertificates(keys, List.of(certificate(keys, keys, names(names), false, start, names)));
    }

    /**
     * Makes a key and the certificate of an issuer.
     *
     * @return a new issuer
     */
    public static TestCertificates issuer() {
        KeyPair keys = keyPair();
        X500Name name = new X500Name("CN=pychat test issuer");
        return new TestCertificates(keys, List.of(certificate(keys, keys, name, true, now())));
    }

    /**
     * Makes a key and a certificate that this issuer signs.
     *
     * @param names the DNS names or IP addresses that the certificate bears
     * @return a new key; its chain is its own certificate and the issuer's
     */
    public TestCertificates issue(String... names) {
        KeyPair own = keyPair();
        return new TestCertificates(
                own, List.of(certificate(own, keys, names(names), false, now(), names), certificate()));
    }

    /**
     * Renews: the same key under a new self-signed certificate.
     *
     * @param names the DNS names or IP addresses that the certificate bears
     * @return the same key with another certificate
     */
    public TestCertificates renewed(String... names) {
        return new TestCertificates(keys, List.of(certificate(keys, keys, names(names), false, now(), names)));
    }

    /**
     * The certificate of the key.
     *
     * @return the first of the chain
     */
    public X509Certificate certificate() {
        return chain.get(0);
    }

    /**
     * The key.
     *
     * @return both halves
     */
    public KeyPair keys() {
        return keys;
    }

    /**
     * The certificate for a file.
     *
     * @return PEM (RFC 7468)
     */
    public String certificatePem() {
        return pem("CERTIFICATE", encoded(certificate()));
    }

    /**
     * The private key for a file.
     *
     * @return PKCS #8 in PEM (RFC 7468)
     */
    public String privateKeyPem() {
        return pem("PRIVATE KEY", keys.getPrivate().getEncoded());
    }

    /**
     * A context for a server that has this key.
     *
     * @return a new context
     */
    public SSLContext serverContext() {
        return serverContext((TrustManager[]) null);
    }

    /**
     * A TLS context of a server that shows this, and trusts clients whose certificate an issuer has signed.
     *
     * @param issuer the issuer
     * @return the context
     */
    public SSLContext serverContext(TestCertificates issuer) {
        return serverContext(issuer.trusting());
    }

    private SSLContext serverContext(TrustManager @Nullable [] clients) {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("server", keys.getPrivate(), new char[0], chain.toArray(Certificate[]::new));
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(store, new char[0]);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(factory.getKeyManagers(), clients, null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("a test certificate can't be used", e);
        }
    }

    /**
     * A context for a client that trusts this certificate, or what it issued, and nothing else.
     *
     * @return a new context
     */
    public SSLContext clientContext() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trusting(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a test certificate can't be used", e);
        }
    }

    /** What trusts this certificate, and what it has signed. */
    private TrustManager[] trusting() {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setCertificateEntry("trusted", certificate());
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            return factory.getTrustManagers();
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("a test certificate can't be used", e);
        }
    }

    private static X509Certificate certificate(
            KeyPair subject, KeyPair issuer, X500Name name, boolean isIssuer, Instant start, String... names) {
        X500Name by = subject.equals(issuer) ? name : new X500Name("CN=pychat test issuer");
        try {
            var builder = new JcaX509v3CertificateBuilder(
                    by,
                    BigInteger.valueOf(SERIALS.getAndIncrement()),
                    Date.from(start),
                    Date.from(start.plus(Duration.ofDays(1)).minus(Duration.ofHours(1))),
                    name,
                    subject.getPublic());
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(isIssuer));
            if (names.length > 0) {
                builder.addExtension(Extension.subjectAlternativeName, false, alternatives(names));
            }
            var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(issuer.getPrivate());
            return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
        } catch (GeneralSecurityException | IOException | OperatorCreationException e) {
            throw new IllegalStateException("a test certificate can't be made", e);
        }
    }

    private static GeneralNames alternatives(String... names) {
        return new GeneralNames(Arrays.stream(names)
                .map(name -> new GeneralName(
                        name.matches("[0-9.]+|.*:.*") ? GeneralName.iPAddress : GeneralName.dNSName, name))
                .toArray(GeneralName[]::new));
    }

    private static X500Name names(String... names) {
        return new X500Name("CN=" + (names.length == 0 ? "nobody" : names[0]));
    }

    private static Instant now() {
        return Instant.now().minus(Duration.ofHours(1));
    }

    private static KeyPair keyPair() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a test key can't be made", e);
        }
    }

    private static byte[] encoded(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a test certificate has no encoded form", e);
        }
    }

    private static String pem(String what, byte[] der) {
        return "-----BEGIN " + what + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der) + "\n-----END " + what + "-----\n";
    }
}
