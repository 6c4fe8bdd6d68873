package dev.pychat.ref.server;

import dev.pychat.store.directory.internal.Reasons;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/** Keys and certificates as PEM text (RFC 7468). */
final class Pem {

    private Pem() {}

    static byte[] write(String label, byte[] content) {
        return PlainPem.write(label, content);
    }

    /** The certificates of a file, in their order, at least one. */
    static List<X509Certificate> certificates(Path file) throws StartException {
        String text = text(file);
        List<X509Certificate> chain = PlainPem.certificates(text);
        if (!chain.isEmpty()) {
            return chain;
        }
        requirePem(file, text);
        try {
            chain = AnyPem.certificates(text);
        } catch (IOException | CertificateException | RuntimeException e) {
            throw unreadable(file, "it holds a certificate that can't be read", e);
        }
        if (chain.isEmpty()) {
            throw unreadable(file, "there is no certificate in it (PEM, BEGIN CERTIFICATE)", null);
        }
        return chain;
    }

    /** The one private key of a file. */
    static PrivateKey privateKey(Path file) throws StartException {
        String text = text(file);
        Optional<PrivateKey> key = PlainPem.privateKey(text);
        if (key.isPresent()) {
            return key.get();
        }
        requirePem(file, text);
        try {
            key = AnyPem.privateKey(text);
        } catch (IOException | RuntimeException e) {
            throw unreadable(file, "it holds a key that can't be read", e);
        }
        return key.orElseThrow(
                () -> unreadable(file, "there is no unencrypted private key in it (PEM, PKCS#8, EC or RSA)", null));
    }

    private static String text(Path file) throws StartException {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (java.nio.file.FileSystemException e) {
            throw new StartException(ExitCode.CANNOT_READ_OR_WRITE, "cannot read " + Reasons.of(e), e);
        } catch (IOException | RuntimeException e) {
            throw unreadable(file, "it is not PEM", e);
        }
    }

    private static void requirePem(Path file, String text) throws StartException {
        try {
            AnyPem.objects(text);
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
