package dev.pychat.ref.server;

import dev.pychat.store.directory.internal.Reasons;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemWriter;

/** Keys and certificates as PEM text (RFC 7468). */
final class Pem {

    private Pem() {}

    static byte[] write(String label, byte[] content) {
        StringWriter text = new StringWriter();
        try (PemWriter writer = new PemWriter(text)) {
            writer.writeObject(new PemObject(label, content));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException("writing to memory failed", e);
        }
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }

    /** The certificates of a file, in their order, at least one. */
    static List<X509Certificate> certificates(Path file) throws StartException {
        List<X509Certificate> chain = new ArrayList<>();
        try {
            for (Object object : objects(file)) {
                if (object instanceof X509CertificateHolder holder) {
                    chain.add(new JcaX509CertificateConverter().getCertificate(holder));
                }
            }
        } catch (CertificateException | RuntimeException e) {
            throw unreadable(file, "it holds a certificate that can't be read", e);
        }
        if (chain.isEmpty()) {
            throw unreadable(file, "there is no certificate in it (PEM, BEGIN CERTIFICATE)", null);
        }
        return chain;
    }

    /** The one private key of a file. */
    static PrivateKey privateKey(Path file) throws StartException {
        try {
            for (Object object : objects(file)) {
                if (object instanceof PrivateKeyInfo info) {
                    return new JcaPEMKeyConverter().getPrivateKey(info);
                }
                if (object instanceof PEMKeyPair pair) {
                    return new JcaPEMKeyConverter().getPrivateKey(pair.getPrivateKeyInfo());
                }
            }
        } catch (IOException | RuntimeException e) {
            throw unreadable(file, "it holds a key that can't be read", e);
        }
        throw unreadable(file, "there is no unencrypted private key in it (PEM, PKCS#8, EC or RSA)", null);
    }

    private static List<Object> objects(Path file) throws StartException {
        List<Object> objects = new ArrayList<>();
        try (PEMParser parser = new PEMParser(new StringReader(Files.readString(file, StandardCharsets.ISO_8859_1)))) {
            for (Object object = parser.readObject(); object != null; object = parser.readObject()) {
                objects.add(object);
            }
            return objects;
        } catch (java.nio.file.FileSystemException e) {
            throw new StartException(ExitCode.CANNOT_READ_OR_WRITE, "cannot read " + Reasons.of(e), e);
        } catch (IOException | RuntimeException e) {
            throw unreadable(file, "it is not PEM", e);
        }
    }

    private static StartException unreadable(
            Path file, String reason, @org.jspecify.annotations.Nullable Exception cause) {
        String message = "cannot use " + file + ": " + reason;
        return cause == null
                ? new StartException(ExitCode.CANNOT_READ_OR_WRITE, message)
                : new StartException(ExitCode.CANNOT_READ_OR_WRITE, message, cause);
    }
}
