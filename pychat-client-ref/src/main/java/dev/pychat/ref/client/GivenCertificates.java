package dev.pychat.ref.client;

import dev.pychat.transport.ServerTrust;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import java.util.Collections;

/**
 * What was given with {@code --trust}.
 *
 * <p>Immutable and thread-safe.
 *
 * @param file the file
 * @param certificates what it holds, one at least
 * @param trust trusts what they speak for
 */
record GivenCertificates(Path file, Collection<Certificate> certificates, ServerTrust trust) {

    static GivenCertificates read(Path file) throws IOException {
        String content = new String(Files.readAllBytes(file), StandardCharsets.US_ASCII);
        try {
            ServerTrust trust = ServerTrust.pem(content);
            var bytes = new ByteArrayInputStream(content.getBytes(StandardCharsets.US_ASCII));
            Collection<? extends Certificate> certificates =
                    CertificateFactory.getInstance("X.509").generateCertificates(bytes);
            return new GivenCertificates(file, Collections.unmodifiableCollection(certificates), trust);
        } catch (CertificateException e) {
            String why = content.contains("PRIVATE KEY-----")
                    ? "it holds a private key, which is nobody's but the server's; what is wanted is the certificate"
                    : e.getMessage();
            throw new IOException("cannot use " + file + " as --trust: " + why, e);
        }
    }

    /** Why they do not speak for a certificate that was refused. */
    String whyNot(Certificate shown) {
        if (certificates.contains(shown)) {
            return "--trust " + file + " holds its certificate, which has run out or is not valid yet";
        }
        return certificates.stream().anyMatch(given -> hasIssued(given, shown))
                ? "--trust " + file
                        + " holds the issuer of its certificate, which is for another name or out of its time"
                : "--trust " + file + " holds neither its certificate nor the issuer of it";
    }

    private static boolean hasIssued(Certificate given, Certificate shown) {
        try {
            shown.verify(given.getPublicKey());
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}
