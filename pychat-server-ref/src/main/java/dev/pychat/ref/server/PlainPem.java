package dev.pychat.ref.server;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * PEM as servers usually have it, by the JDK alone: nothing but certificates, or one key in PKCS#8. What is otherwise, or wrong, it leaves
 * to {@link AnyPem}. Stateless.
 */
final class PlainPem {

    private static final Pattern BLOCK =
            Pattern.compile("\\s*-----BEGIN ([A-Z ]+)-----\\s([A-Za-z0-9+/=\\s]+)-----END \\1-----\\s*");
    private static final List<String> KEYS = List.of("EC", "RSA");

    private PlainPem() {}

    /** The certificates of a text that has nothing else; empty if it is another. */
    static List<X509Certificate> certificates(String text) {
        List<X509Certificate> chain = new ArrayList<>();
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            for (byte[] block : blocks(text, "CERTIFICATE")) {
                if (factory.generateCertificate(new ByteArrayInputStream(block)) instanceof X509Certificate one) {
                    chain.add(one);
                }
            }
            return chain;
        } catch (GeneralSecurityException e) {
            return List.of();
        }
    }

    /** The key of a text that has nothing else; empty if it is another. */
    static Optional<PrivateKey> privateKey(String text) {
        List<byte[]> blocks = blocks(text, "PRIVATE KEY");
        return blocks.size() == 1
                ? KEYS.stream()
                        .flatMap(algorithm -> privateKey(algorithm, blocks.get(0)).stream())
                        .findFirst()
                : Optional.empty();
    }

    private static Optional<PrivateKey> privateKey(String algorithm, byte[] encoded) {
        try {
            return Optional.of(KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(encoded)));
        } catch (GeneralSecurityException e) {
            return Optional.empty();
        }
    }

    /** What the blocks hold, if each has that label and nothing stands between them; else none. */
    private static List<byte[]> blocks(String text, String label) {
        List<byte[]> blocks = new ArrayList<>();
        Matcher block = BLOCK.matcher(text);
        int end = 0;
        try {
            while (end < text.length()) {
                if (!block.find(end) || block.start() != end || !block.group(1).equals(label)) {
                    return List.of();
                }
                blocks.add(Base64.getMimeDecoder().decode(block.group(2)));
                end = block.end();
            }
            return blocks;
        } catch (IllegalArgumentException e) {
            return List.of();
        }
    }

    static byte[] write(String label, byte[] content) {
        Base64.Encoder lines = Base64.getMimeEncoder(64, new byte[] {'\n'});
        return ("-----BEGIN " + label + "-----\n" + lines.encodeToString(content) + "\n-----END " + label + "-----\n")
                .getBytes(StandardCharsets.US_ASCII);
    }
}
