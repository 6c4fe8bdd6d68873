package dev.pychat.ref.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.pychat.testkit.TestCertificates;
import dev.pychat.transport.KeyPin;
import dev.pychat.transport.netty.NettyTransport;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.security.spec.RSAKeyGenParameterSpec;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A key that is sound, and that native TLS doesn't take all the same: of RSA with an exponent of 41 bits, where BoringSSL takes 33. */
@Timeout(60)
class UnusableKeyTest {

    private static final BigInteger EXPONENT = BigInteger.ONE.shiftLeft(40).add(BigInteger.valueOf(15));

    private final CommandLineUnderTest commands = new CommandLineUnderTest();

    @TempDir
    Path directory;

    private Path data;
    private Path certificate;
    private Path key;
    private X509Certificate odd;
    private KeyPair oddKeys;

    @BeforeEach
    void files() throws Exception {
        data = directory.resolve("data");
        certificate = directory.resolve("cert.pem");
        key = directory.resolve("key.pem");
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(new RSAKeyGenParameterSpec(2048, EXPONENT));
        oddKeys = generator.generateKeyPair();
        X500Name name = new X500Name("CN=localhost");
        Instant now = Instant.now();
        var builder = new JcaX509v3CertificateBuilder(
                name,
                BigInteger.ONE,
                Date.from(now.minusSeconds(3600)),
                Date.from(now.plusSeconds(3600)),
                name,
                oddKeys.getPublic());
        odd = new JcaX509CertificateConverter()
                .getCertificate(
                        builder.build(new JcaContentSignerBuilder("SHA256withRSA").build(oddKeys.getPrivate())));
    }

    private void giveTheOddOne() throws Exception {
        Files.writeString(certificate, pem("CERTIFICATE", odd.getEncoded()));
        Files.writeString(key, pem("PRIVATE KEY", oddKeys.getPrivate().getEncoded()));
    }

    private static String pem(String label, byte[] content) {
        return new String(Pem.write(label, content), StandardCharsets.US_ASCII);
    }

    private Started started(String transport) throws Exception {
        return Started.with(
                data,
                Map.of(Setting.TLS_CERT, "" + certificate, Setting.TLS_KEY, "" + key, Setting.TRANSPORT, transport));
    }

    private static void requireNativeTls() {
        assumeThat(NettyTransport.platform()).startsWith("native TLS");
    }

    @Test
    void endsTheStartWithASentence() throws Exception {
        requireNativeTls();
        giveTheOddOne();
        String said = commands.fails(
                ExitCode.CANNOT_READ_OR_WRITE,
                "--data",
                data,
                "--port",
                0,
                "--tls-cert",
                certificate,
                "--tls-key",
                key);
        assertThat(said)
                .contains("the TLS key or certificate can't be used by native TLS (BoringSSL)", "Unable to load");
    }

    @Test
    void isShownOverSockets() throws Exception {
        giveTheOddOne();
        try (Started server = started("sockets")) {
            server.client().signUp("alice");
        }
    }

    @Test
    void leavesThePresentOneWhileTheServerRuns() throws Exception {
        requireNativeTls();
        TestCertificates present = TestCertificates.selfSigned("localhost");
        Files.writeString(key, present.privateKeyPem());
        Files.writeString(certificate, present.certificatePem());
        Path next = Files.writeString(directory.resolve("next.pem"), pem("CERTIFICATE", odd.getEncoded()));
        try (Started server = started("netty")) {
            commands.done("rotate-tls-key", "--data", data, "--next", next);
            giveTheOddOne();
            assertThat(commands.fails(ExitCode.CANNOT_READ_OR_WRITE, "reload-tls", "--data", data))
                    .contains("can't be used by native TLS (BoringSSL)");
            Files.writeString(certificate, present.certificatePem());
            assertThat(server.pin()).isEqualTo(KeyPin.of(present.certificate()));
            server.client().signUp("alice");
        }
    }
}
