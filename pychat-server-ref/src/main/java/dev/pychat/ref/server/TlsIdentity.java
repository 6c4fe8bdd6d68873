package dev.pychat.ref.server;

import dev.pychat.transport.KeyPin;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/**
 * What the server shows in the TLS handshake: a key and a certificate chain for it, the server's own first.
 *
 * @param key the private key
 * @param chain the certificates
 */
record TlsIdentity(PrivateKey key, List<X509Certificate> chain) {

    TlsIdentity {
        chain = List.copyOf(chain);
    }

    /** Reads both from PEM files and checks that they belong together. */
    static TlsIdentity read(Path certificates, Path key) throws StartException {
        TlsIdentity identity = new TlsIdentity(Pem.privateKey(key), Pem.certificates(certificates));
        if (!identity.belongTogether()) {
            throw new StartException(
                    ExitCode.CANNOT_READ_OR_WRITE,
                    "the key " + key + " is not that of the first certificate in " + certificates);
        }
        return identity;
    }

    X509Certificate certificate() {
        return chain.get(0);
    }

    /** The SHA-256 fingerprint of the certificate, as clients and other programs show it. */
    String fingerprint() {
        return "sha256:" + KeyPin.fingerprint(certificate()).hex();
    }

    /** A TLS context that shows it, and trusts clients whose certificates these issuers have signed; nobody if there is none. */
    SSLContext context(List<X509Certificate> issuers) throws GeneralSecurityException, IOException {
        SSLContext context = SSLContext.getInstance("TLSv1.3");
        context.init(new KeyManager[] {new ShownIdentity(this)}, trusting(issuers), null);
        return context;
    }

    private static TrustManager[] trusting(List<X509Certificate> issuers) throws GeneralSecurityException, IOException {
        if (issuers.isEmpty()) {
            return new TrustManager[0];
        }
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        for (int i = 0; i < issuers.size(); i++) {
            store.setCertificateEntry("issuer-" + i, issuers.get(i));
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }

    private boolean belongTogether() {
        PublicKey publicKey = certificate().getPublicKey();
        String algorithm = key.getAlgorithm().equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA";
        byte[] probe = {1, 2, 3};
        try {
            Signature signer = Signature.getInstance(algorithm);
            signer.initSign(key);
            signer.update(probe);
            Signature verifier = Signature.getInstance(algorithm);
            verifier.initVerify(publicKey);
            verifier.update(probe);
            return verifier.verify(signer.sign());
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}
