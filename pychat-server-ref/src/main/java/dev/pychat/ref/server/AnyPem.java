package dev.pychat.ref.server;

import java.io.IOException;
import java.io.StringReader;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;

/**
 * Keys and certificates in every form that Bouncy Castle reads. It has a class of its own since loading Bouncy Castle is a good part of
 * a start, and most starts need none of it. Stateless.
 */
final class AnyPem {

    private AnyPem() {}

    /** The certificates among whatever else there is. */
    static List<X509Certificate> certificates(String text) throws IOException, CertificateException {
        List<X509Certificate> chain = new ArrayList<>();
        for (Object object : objects(text)) {
            if (object instanceof X509CertificateHolder holder) {
                chain.add(new JcaX509CertificateConverter().getCertificate(holder));
            }
        }
        return chain;
    }

    /** The first private key among whatever else there is. */
    static Optional<PrivateKey> privateKey(String text) throws IOException {
        for (Object object : objects(text)) {
            if (object instanceof PrivateKeyInfo info) {
                return Optional.of(new JcaPEMKeyConverter().getPrivateKey(info));
            }
            if (object instanceof PEMKeyPair pair) {
                return Optional.of(new JcaPEMKeyConverter().getPrivateKey(pair.getPrivateKeyInfo()));
            }
        }
        return Optional.empty();
    }

    /** Fails unless all of it is PEM. */
    static List<Object> objects(String text) throws IOException {
        List<Object> objects = new ArrayList<>();
        try (PEMParser parser = new PEMParser(new StringReader(text))) {
            for (Object object = parser.readObject(); object != null; object = parser.readObject()) {
                objects.add(object);
            }
            return objects;
        }
    }
}
