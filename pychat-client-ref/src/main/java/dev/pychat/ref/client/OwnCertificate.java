package dev.pychat.ref.client;

import dev.pychat.transport.ClientCertificate;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.util.List;
import java.util.Optional;

/** What was given with {@code --client-cert} and {@code --client-key}. Stateless. */
final class OwnCertificate {
    private OwnCertificate() {}

    /** Empty if neither was given. */
    static Optional<ClientCertificate> read(List<Path> certificate, List<Path> key) throws IOException {
        if (certificate.isEmpty() && key.isEmpty()) {
            return Optional.empty();
        }
        if (certificate.isEmpty() || key.isEmpty()) {
            throw new IOException("--client-cert and --client-key belong together: give both or none");
        }
        try {
            return Optional.of(ClientCertificate.pem(text(certificate.get(0)), text(key.get(0))));
        } catch (CertificateException e) {
            throw new IOException(
                    "cannot use " + certificate.get(0) + " as --client-cert with " + key.get(0) + " as --client-key: "
                            + e.getMessage(),
                    e);
        }
    }

    private static String text(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.US_ASCII);
    }
}
