package dev.pychat.benchmarks.contender;

import dev.pychat.benchmarks.load.Command;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Base64;

/**
 * The one certificate that all servers show: self-made, P-256, for {@code localhost}.
 *
 * @param chain the file with the certificate, PEM
 * @param key the file with its private key, PKCS #8 in PEM
 * @param sec1 the file with the private key in the encoding of RFC 5915, PEM
 * @param x509 the certificate
 */
public record Certificate(Path chain, Path key, Path sec1, X509Certificate x509) {

    private static final String PASSWORD = "not secret";
    private static final String NAME = "server";

    /**
     * Makes one with the JDK's own keytool.
     *
     * @param directory where its files are written
     * @return a new certificate
     * @throws IOException if keytool is missing or failed, or a file can't be written
     * @throws InterruptedException if it was interrupted
     */
    public static Certificate make(Path directory) throws IOException, InterruptedException {
        Path store = directory.resolve("keys.p12");
        Command.run(
                System.getProperty("java.home") + "/bin/keytool",
                "-genkeypair",
                "-alias",
                NAME,
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost,ip:127.0.0.1",
                "-validity",
                "365",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD);
        try (InputStream in = Files.newInputStream(store)) {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(in, PASSWORD.toCharArray());
            X509Certificate x509 = (X509Certificate) keys.getCertificate(NAME);
            PrivateKey secret = (PrivateKey) keys.getKey(NAME, PASSWORD.toCharArray());
            byte[] sec1 = EcKey.encode(secret, x509.getPublicKey());
            return new Certificate(
                    write(directory.resolve("cert.pem"), "CERTIFICATE", x509.getEncoded()),
                    write(directory.resolve("key.pem"), "PRIVATE KEY", secret.getEncoded()),
                    write(directory.resolve("sec1.pem"), "EC PRIVATE KEY", sec1),
                    x509);
        } catch (GeneralSecurityException e) {
            throw new IOException("the key that keytool made can't be read", e);
        }
    }

    private static Path write(Path file, String what, byte[] der) throws IOException {
        String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        String pem = "-----BEGIN " + what + "-----\n" + lines + "\n-----END " + what + "-----\n";
        return Files.write(file, pem.getBytes(StandardCharsets.US_ASCII));
    }
}
