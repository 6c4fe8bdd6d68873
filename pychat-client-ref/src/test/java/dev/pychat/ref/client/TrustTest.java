package dev.pychat.ref.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.store.ServerStores;
import dev.pychat.store.memory.MemoryServerStores;
import dev.pychat.testkit.TestCertificates;
import dev.pychat.testkit.transport.FreePort;
import dev.pychat.transport.KeyPin;
import java.io.File;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A script's process and servers that it knows, does not know, or knew otherwise. */
class TrustTest {
    private static final TestCertificates CERTIFICATES = TestCertificates.selfSigned("localhost");
    private static final String FINGERPRINT =
            "sha256:" + KeyPin.fingerprint(CERTIFICATES.certificate()).hex();

    private static TlsServer server;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() throws Exception {
        server = TlsServer.start(0, CERTIFICATES);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void unknownServerIsRefusedWithItsFingerprintAndWhatToDo() throws Exception {
        Program.Result result = run(server, List.of(), "!help");
        assertThat(result.code()).isEqualTo(5);
        assertThat(result.out()).isEmpty();
        assertThat(result.err().lines()).singleElement().asString().contains("--accept-fingerprint " + FINGERPRINT);
        assertThat(folder.resolve("known-servers")).doesNotExist();
    }

    @Test
    void givenFingerprintOfCertificateOrKeyIsAcceptedOnceAndForAll() throws Exception {
        for (String given :
                List.of(FINGERPRINT, KeyPin.of(CERTIFICATES.certificate()).toString())) {
            Files.deleteIfExists(folder.resolve("known-servers"));
            assertThat(run(server, List.of("--accept-fingerprint", given)).code())
                    .isZero();
            assertThat(run(server, List.of()).code()).isZero();
        }
    }

    @Test
    void otherFingerprintIsRefused() throws Exception {
        Program.Result result = run(server, List.of("--accept-fingerprint", "sha256:" + "ab".repeat(32)));
        assertThat(result.code()).isEqualTo(5);
        assertThat(result.err()).contains(FINGERPRINT, "not the one given");
    }

    @Test
    void givenCertificateIsTrustedAndAnotherIsNot() throws Exception {
        Path right = Files.writeString(folder.resolve("right.pem"), CERTIFICATES.certificatePem());
        Path wrong = Files.writeString(
                folder.resolve("wrong.pem"),
                TestCertificates.selfSigned("localhost").certificatePem());
        assertThat(run(server, List.of("--trust", right.toString())).code()).isZero();
        Program.Result refused = run(server, List.of("--trust", wrong.toString()));
        assertThat(refused.code()).isEqualTo(5);
        assertThat(refused.err().lines())
                .singleElement()
                .asString()
                .contains("--trust " + wrong + " holds neither its certificate nor the issuer of it", FINGERPRINT)
                .doesNotContain("PKIX", "roots");
    }

    @Test
    void certificateThatIsGivenAndOutOfItsTimeIsToldApart() throws Exception {
        TestCertificates expired = TestCertificates.expired("localhost");
        Path file = Files.writeString(folder.resolve("expired.pem"), expired.certificatePem());
        try (TlsServer old = TlsServer.start(0, expired)) {
            Program.Result refused = run(old, List.of("--trust", file.toString()));
            assertThat(refused.code()).isEqualTo(5);
            assertThat(refused.err()).contains("has run out");
        }
    }

    @Test
    void certificateForAnotherNameIsToldApart() throws Exception {
        TestCertificates issuer = TestCertificates.issuer();
        Path file = Files.writeString(folder.resolve("issuer.pem"), issuer.certificatePem());
        try (TlsServer other = TlsServer.start(0, issuer.issue("elsewhere.example"))) {
            Program.Result refused = run(other, List.of("--trust", file.toString()));
            assertThat(refused.code()).isEqualTo(5);
            assertThat(refused.err()).contains("holds the issuer of its certificate, which is for another name");
        }
    }

    @Test
    void mistakesInTheCommandLineLeaveNoTraceOfTheProgramInTheLog() throws Exception {
        assertThat(run(server, List.of("--trust", folder.resolve("missing.pem").toString()))
                        .code())
                .isEqualTo(4);
        assertThat(Program.run("C", List.of("--server", "localhost:1", "--home", folder.toString()))
                        .code())
                .isEqualTo(1);
        assertThat(Files.readString(folder.resolve("logs/client-1.log")).lines())
                .hasSize(2)
                .allSatisfy(line -> assertThat(line).contains(" INFO ", "The client ends: "));
    }

    @Test
    void certificateFileThatIsNoneIsNamed() throws Exception {
        Path none = Files.writeString(folder.resolve("none.pem"), "nothing");
        Program.Result result = run(server, List.of("--trust", none.toString()));
        assertThat(result.code()).isEqualTo(4);
        assertThat(result.err().lines()).singleElement().asString().contains(none.toString());
        Path key = Files.writeString(
                folder.resolve("key.pem"), "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n");
        assertThat(run(server, List.of("--trust", key.toString())).err()).contains("holds a private key");
        Program.Result missing =
                run(server, List.of("--trust", folder.resolve("missing.pem").toString()));
        assertThat(missing.code()).isEqualTo(4);
        assertThat(missing.err().lines()).singleElement().asString().contains("missing.pem", "no such file");
    }

    @Test
    void changedKeyIsRefusedWithWhatToDoAndARenewedCertificateIsNot() throws Exception {
        int port;
        try (TlsServer first = TlsServer.start(FreePort.find(), CERTIFICATES)) {
            port = first.port();
            assertThat(run(first, List.of("--accept-fingerprint", FINGERPRINT)).code())
                    .isZero();
        }
        try (TlsServer renewed = TlsServer.start(port, CERTIFICATES.renewed("localhost"))) {
            assertThat(run(renewed, List.of()).code()).isZero();
        }
        try (TlsServer other = TlsServer.start(port, TestCertificates.selfSigned("localhost"))) {
            Program.Result result = run(other, List.of());
            assertThat(result.code()).isEqualTo(5);
            assertThat(result.err().lines())
                    .singleElement()
                    .asString()
                    .contains(
                            "remove the line of localhost:" + port,
                            folder.resolve("known-servers").toString());
        }
    }

    @Test
    void keyThatChangesWhileTheClientRunsIsToldAndEndsItWithWhatToDo() throws Exception {
        File out = folder.resolve("out").toFile();
        File err = folder.resolve("err").toFile();
        ServerStores stores = MemoryServerStores.create(new SecureRandom());
        TlsServer first = TlsServer.start(FreePort.find(), CERTIFICATES, stores);
        int port = first.port();
        List<String> arguments =
                List.of("--server", first.address(), "--home", folder.toString(), "--accept-fingerprint", FINGERPRINT);
        Process client = Program.start("C", arguments, out, err);
        Writer in = client.outputWriter();
        try {
            in.write("!signup\nalice\na passphrase of alice\n");
            in.flush();
            await(out, "You have no new messages");
            first.close();
            try (TlsServer other = TlsServer.start(port, TestCertificates.selfSigned("localhost"))) {
                await(out, "The key of localhost:" + other.port() + " is not the one");
                in.close();
                assertThat(client.waitFor(120, TimeUnit.SECONDS)).isTrue();
            }
        } finally {
            client.destroyForcibly();
        }
        assertThat(client.exitValue()).isEqualTo(5);
        assertThat(Files.readString(err.toPath())).contains("remove the line of localhost:" + port);
    }

    @Test
    void announcedKeyIsAcceptedWhenItComesAndWhoWasAwayIsToldWhatToDo() throws Exception {
        TestCertificates next = TestCertificates.selfSigned("localhost");
        ServerStores stores = MemoryServerStores.create(new SecureRandom());
        Path away = folder.resolve("away");
        int port;
        try (TlsServer first = TlsServer.start(FreePort.find(), CERTIFICATES, stores)) {
            port = first.port();
            List<String> accepting = List.of("--accept-fingerprint", FINGERPRINT);
            assertThat(run(away, first, accepting).code()).isZero();
            first.server().announceKey(KeyPin.of(next.certificate()));
            signUpAndAwait(first, "localhost:" + port + " next " + KeyPin.of(next.certificate()));
        }
        try (TlsServer changed = TlsServer.start(port, next)) {
            assertThat(run(changed, List.of()).code()).isZero();
            assertThat(folder.resolve("known-servers"))
                    .content()
                    .contains("localhost:" + port + " " + KeyPin.of(next.certificate()))
                    .doesNotContain(
                            "next", KeyPin.of(CERTIFICATES.certificate()).toString());
            Program.Result refused = run(away, changed, List.of());
            String fingerprint =
                    "sha256:" + KeyPin.fingerprint(next.certificate()).hex();
            assertThat(refused.code()).isEqualTo(5);
            assertThat(refused.err().lines())
                    .singleElement()
                    .asString()
                    .contains("announced it while this device was away", fingerprint, "--accept-fingerprint");
            assertThat(run(away, changed, List.of("--accept-fingerprint", fingerprint))
                            .code())
                    .isZero();
        }
    }

    /** A client that runs until a line stands in its list of servers. */
    private void signUpAndAwait(TlsServer to, String line) throws Exception {
        List<String> arguments =
                List.of("--server", to.address(), "--home", folder.toString(), "--accept-fingerprint", FINGERPRINT);
        File said = folder.resolve("said").toFile();
        Process client =
                Program.start("C", arguments, said, folder.resolve("err").toFile());
        try (Writer in = client.outputWriter()) {
            in.write("!signup\nalice\na passphrase of alice\n");
            in.flush();
            await(said, "You have no new messages");
            await(folder.resolve("known-servers").toFile(), line);
        }
        try {
            assertThat(client.waitFor(120, TimeUnit.SECONDS)).isTrue();
            assertThat(client.exitValue()).isZero();
        } finally {
            client.destroyForcibly();
        }
    }

    @Test
    void certificateOfTheClientIsShownToAServerThatWantsOne() throws Exception {
        TestCertificates issuer = TestCertificates.issuer();
        TestCertificates device = issuer.issue("device");
        Path certificate = Files.writeString(folder.resolve("device.pem"), device.certificatePem());
        Path key = Files.writeString(folder.resolve("device-key.pem"), device.privateKeyPem());
        try (TlsServer certified = TlsServer.startForCertified(CERTIFICATES, issuer)) {
            List<String> trusting = List.of("--accept-fingerprint", FINGERPRINT);
            Program.Result without = run(certified, trusting);
            assertThat(without.code()).isEqualTo(1);
            assertThat(without.err().lines())
                    .singleElement()
                    .asString()
                    .contains("takes clients with a certificate that it knows only");
            List<String> own = List.of("--client-cert", certificate.toString(), "--client-key", key.toString());
            assertThat(run(certified, own).code()).isZero();
            Program.Result half = run(certified, own.subList(0, 2));
            assertThat(half.code()).isEqualTo(4);
            assertThat(half.err()).contains("--client-cert and --client-key belong together");
            Program.Result wrong = run(
                    certified,
                    List.of("--client-cert", certificate.toString(), "--client-key", certificate.toString()));
            assertThat(wrong.code()).isEqualTo(4);
            assertThat(wrong.err()).contains("holds no private key");
        }
    }

    private static void await(File file, String text) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(90);
        while (!Files.readString(file.toPath()).contains(text)) {
            assertThat(System.nanoTime())
                    .as("%s in %s", text, Files.readString(file.toPath()))
                    .isLessThan(end);
            Thread.sleep(50);
        }
    }

    private Program.Result run(TlsServer to, List<String> more, String... lines) throws Exception {
        return run(folder, to, more, lines);
    }

    private static Program.Result run(Path home, TlsServer to, List<String> more, String... lines) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("--server", to.address(), "--home", home.toString()));
        arguments.addAll(more);
        return Program.run("C", arguments, lines);
    }
}
