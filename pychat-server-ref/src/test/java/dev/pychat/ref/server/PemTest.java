package dev.pychat.ref.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the JDK reads is what Bouncy Castle reads, and what it does not read goes there. */
class PemTest {

    private static final SecureRandom RANDOM = new SecureRandom();

    @TempDir
    Path directory;

    private KeyPair pair;
    private X509Certificate certificate;

    @BeforeEach
    void make() throws Exception {
        pair = pair("EC", 256);
        certificate = SelfSigned.of(pair.getPrivate(), pair.getPublic(), "localhost", Instant.now(), RANDOM);
    }

    private static KeyPair pair(String algorithm, int size) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
        generator.initialize(size, RANDOM);
        return generator.generateKeyPair();
    }

    @ParameterizedTest
    @CsvSource({"EC, 256", "EC, 384", "RSA, 2048"})
    void plainKeyIsReadByTheJdkAlone(String algorithm, int size) throws Exception {
        KeyPair made = pair(algorithm, size);
        String text = pem("PRIVATE KEY", made.getPrivate().getEncoded());
        assertThat(PlainPem.privateKey(text)).contains(made.getPrivate()).isEqualTo(AnyPem.privateKey(text));
        assertThat(Pem.privateKey(file(text))).isEqualTo(made.getPrivate());
    }

    @Test
    void plainChainIsReadByTheJdkAlone() throws Exception {
        X509Certificate other = SelfSigned.of(pair.getPrivate(), pair.getPublic(), "127.0.0.1", Instant.now(), RANDOM);
        String text = pem("CERTIFICATE", certificate.getEncoded()) + "\n" + pem("CERTIFICATE", other.getEncoded());
        assertThat(PlainPem.certificates(text))
                .containsExactly(certificate, other)
                .isEqualTo(AnyPem.certificates(text));
        assertThat(Pem.certificates(file(text))).containsExactly(certificate, other);
    }

    @Test
    void whatStandsAmongOtherThingsIsFoundToo() throws Exception {
        String text = "made by hand\n" + pem("CERTIFICATE", certificate.getEncoded()) + "and then\n"
                + pem("PRIVATE KEY", pair.getPrivate().getEncoded());
        assertThat(PlainPem.certificates(text)).isEmpty();
        assertThat(PlainPem.privateKey(text)).isEmpty();
        assertThat(Pem.certificates(file(text))).containsExactly(certificate);
        assertThat(Pem.privateKey(file(text))).isEqualTo(pair.getPrivate());
    }

    @Test
    void linesEndAsTheyLike() throws Exception {
        String text = pem("PRIVATE KEY", pair.getPrivate().getEncoded()).replace("\n", "\r\n");
        assertThat(PlainPem.privateKey(text)).contains(pair.getPrivate());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-----BEGIN PRIVATE KEY-----\n-----END PRIVATE KEY-----\n",
                "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n",
                "-----BEGIN PRIVATE KEY-----\nA\n-----END PRIVATE KEY-----\n",
                "-----BEGIN PRIVATE KEY-----\nAAAA\n",
                "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"
            })
    void whatHoldsNothingIsSaid(String text) throws Exception {
        Path file = file(text);
        assertThatThrownBy(() -> Pem.privateKey(file))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("cannot use " + file);
        assertThatThrownBy(() -> Pem.certificates(file))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("cannot use " + file);
    }

    private static String pem(String label, byte[] content) {
        return new String(Pem.write(label, content), StandardCharsets.US_ASCII);
    }

    private Path file(String text) throws Exception {
        return Files.writeString(Files.createTempFile(directory, "some", ".pem"), text);
    }
}
