package dev.pychat.ref.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pychat.testkit.TestCertificates;
import dev.pychat.testkit.server.RawClient;
import dev.pychat.transport.ClientCertificate;
import dev.pychat.transport.CloseReason;
import dev.pychat.transport.KeyPin;
import dev.pychat.transport.ServerTrust;
import dev.pychat.transport.TlsSocketTransport;
import dev.pychat.transport.TransportOptions;
import dev.pychat.wire.Ping;
import dev.pychat.wire.Pong;
import dev.pychat.wire.ServerKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Certificates and keys of a server that runs, and certificates of its clients. */
class TlsReloadTest {

    private final CommandLineUnderTest commands = new CommandLineUnderTest();
    private final TestCertificates first = TestCertificates.selfSigned("localhost");
    private final TestCertificates renewed = first.renewed("localhost");

    @TempDir
    Path directory;

    private Path data;
    private Path certificate;
    private Path key;

    @BeforeEach
    void files() throws Exception {
        data = directory.resolve("data");
        certificate = directory.resolve("cert.pem");
        key = directory.resolve("key.pem");
        give(first);
    }

    private void give(TestCertificates given) throws Exception {
        Files.writeString(key, given.privateKeyPem());
        Files.writeString(certificate, given.certificatePem());
    }

    private Started started() throws Exception {
        return Started.with(data, Map.of(Setting.TLS_CERT, "" + certificate, Setting.TLS_KEY, "" + key));
    }

    @Test
    void renewedCertificateIsShownAtOnceAndWhoIsConnectedStaysSo() throws Exception {
        try (Started server = started()) {
            RawClient alice = server.client();
            alice.signUp("alice");
            give(renewed);
            assertThat(commands.done("reload-tls", "--data", data))
                    .contains(KeyPin.fingerprint(renewed.certificate()).hex(), "whose key is the same");
            assertShows(server, renewed);
            alice.ask(Pong.class, Ping::new);
            assertThat(commands.done("reload-tls", "--data", data)).contains("nothing has changed");
        }
    }

    @Test
    void renewedCertificateIsTakenWithoutAnybodyAsking() throws Exception {
        try (Started server = started()) {
            RawClient alice = server.client();
            alice.signUp("alice");
            Files.writeString(certificate, renewed.certificatePem());
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
            while (!shown(server).equals(renewed.certificate())) {
                assertThat(System.nanoTime()).isLessThan(end);
                LockSupport.parkNanos(100_000_000);
            }
            alice.ask(Pong.class, Ping::new);
        }
    }

    @Test
    void certificateThatCannotBeUsedLeavesThePresentOneAndIsSaid() throws Exception {
        try (Started server = started()) {
            RawClient alice = server.client();
            alice.signUp("alice");
            Files.writeString(certificate, "nothing");
            refused("there is no certificate in it");
            Files.writeString(
                    certificate, TestCertificates.selfSigned("localhost").certificatePem());
            refused("is not that of the first certificate");
            give(TestCertificates.selfSigned("localhost"));
            refused("which was not announced");
            Files.delete(key);
            refused("there is no such file");
            TestCertificates old = TestCertificates.expired("localhost");
            give(old);
            refused("is valid from");
            assertShows(server, first);
            alice.ask(Pong.class, Ping::new);
            give(renewed);
            commands.done("reload-tls", "--data", data);
            assertShows(server, renewed);
        }
    }

    private void refused(String why) {
        assertThat(commands.fails(ExitCode.CANNOT_READ_OR_WRITE, "reload-tls", "--data", data))
                .contains(why);
    }

    @Test
    void announcedKeyOfAGivenCertificateIsTakenWhenItsFilesCome() throws Exception {
        TestCertificates next = TestCertificates.selfSigned("localhost");
        Path file = Files.writeString(directory.resolve("next.pem"), next.certificatePem());
        try (Started server = started()) {
            assertThat(commands.fails(ExitCode.USAGE, "rotate-tls-key", "--data", data))
                    .contains("given by tls.key", "--next");
            assertThat(commands.fails(ExitCode.USAGE, "rotate-tls-key", "--data", data, "--use"))
                    .contains("takes it by itself");
            RawClient alice = server.client();
            alice.signUp("alice");
            commands.done("rotate-tls-key", "--data", data, "--next", file);
            assertThat(alice.push(ServerKey.class).next())
                    .isEqualTo(KeyPin.of(next.certificate()).value());
            give(next);
            assertThat(commands.done("reload-tls", "--data", data)).contains("whose key is the announced one");
            assertShows(server, next);
            alice.ask(Pong.class, Ping::new);
            assertThat(data.resolve("tls-next")).doesNotExist();
        }
    }

    @Test
    void nextKeyIsAnnouncedThroughARestartAndThenShown() throws Exception {
        KeyPin before;
        KeyPin announced;
        try (Started server = Started.on(data)) {
            before = server.pin();
            RawClient alice = server.client();
            alice.signUp("alice");
            assertThat(commands.done("rotate-tls-key", "--data", data)).contains("1 sessions were told now");
            announced = new KeyPin(alice.push(ServerKey.class).next());
            assertThat(commands.out()).contains(announced.toString());
            assertThat(announced).isNotEqualTo(before);
            assertThat(commands.fails(ExitCode.USAGE, "rotate-tls-key", "--data", data, "--use"))
                    .contains("--early", "Wait until");
        }
        try (Started server = Started.on(data)) {
            assertThat(server.pin()).isEqualTo(before);
            RawClient alice = server.client();
            alice.logIn("alice");
            assertThat(alice.push(ServerKey.class).next()).isEqualTo(announced.value());
            assertThat(commands.done("rotate-tls-key", "--data", data)).contains("announced " + announced);
            assertThat(alice.push(ServerKey.class).next()).isEqualTo(announced.value());
            assertThat(commands.done("rotate-tls-key", "--data", data, "--use", "--early"))
                    .contains("whose key is the announced one");
            alice.ask(Pong.class, Ping::new);
            assertThat(server.pin()).isEqualTo(announced);
            assertThat(KeyPin.of(shown(server))).isEqualTo(announced);
            assertThat(commands.fails(ExitCode.USAGE, "rotate-tls-key", "--data", data, "--use", "--early"))
                    .contains("no next key was announced");
        }
        try (Started server = Started.on(data)) {
            assertThat(server.pin()).isEqualTo(announced);
            RawClient alice = server.client();
            alice.logIn("alice");
            alice.ask(Pong.class, Ping::new);
            assertThat(alice.hasPush()).isFalse();
        }
    }

    @Test
    void commandsForARunningServerSayThatThereIsNone() throws Exception {
        Started.on(data).close();
        assertThat(commands.fails(ExitCode.CANNOT_READ_OR_WRITE, "rotate-tls-key", "--data", data))
                .contains("no server runs on " + data);
        assertThat(commands.fails(ExitCode.CANNOT_READ_OR_WRITE, "reload-tls", "--data", data))
                .contains("no server runs on " + data);
        assertThat(commands.fails(ExitCode.USAGE, "rotate-tls-key", "--data", data, "--early"))
                .contains("--use");
    }

    @Test
    void onlyClientsWithACertificateOfTheNamedIssuersAreTaken() throws Exception {
        TestCertificates issuer = TestCertificates.issuer();
        Path issuers = Files.writeString(directory.resolve("issuers.pem"), issuer.certificatePem());
        try (Started server = Started.with(data, Map.of(Setting.TLS_CLIENT_CA, "" + issuers))) {
            client(server, Optional.of(issuer.issue("device"))).signUp("alice");
            assertRefused(server, Optional.empty());
            assertRefused(server, Optional.of(TestCertificates.selfSigned("device")));
            TestCertificates other = TestCertificates.issuer();
            Files.writeString(issuers, other.certificatePem());
            commands.done("reload-tls", "--data", data);
            client(server, Optional.of(other.issue("device"))).logIn("alice");
        }
    }

    @Test
    void issuersThatCannotBeReadEndTheStart() throws Exception {
        assertThatThrownBy(() -> Started.with(data, Map.of(Setting.TLS_CLIENT_CA, "" + directory.resolve("none"))))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("there is no such file");
    }

    private static void assertRefused(Started server, Optional<TestCertificates> own) throws Exception {
        RawClient client = client(server, own);
        CloseReason reason = client.awaitClosed();
        assertThat(reason.text()).contains("takes clients with a certificate that it knows only");
    }

    private static RawClient client(Started server, Optional<TestCertificates> own) throws Exception {
        ServerTrust trust = ServerTrust.pins((host, port) -> pin(server));
        TransportOptions options = TransportOptions.DEFAULT;
        return RawClient.connect(
                own.isPresent()
                        ? TlsSocketTransport.client(
                                "localhost",
                                server.port(),
                                trust,
                                ClientCertificate.pem(
                                        own.get().certificatePem(), own.get().privateKeyPem()),
                                options)
                        : TlsSocketTransport.client("localhost", server.port(), trust, options));
    }

    private static Optional<KeyPin> pin(Started server) {
        try {
            return Optional.of(server.pin());
        } catch (StartException e) {
            throw new AssertionError(e);
        }
    }

    private static void assertShows(Started server, TestCertificates expected) throws Exception {
        assertThat(shown(server)).isEqualTo(expected.certificate());
    }

    /** What a new connection is shown. */
    private static X509Certificate shown(Started server) throws Exception {
        List<X509Certificate> seen = new CopyOnWriteArrayList<>();
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new Anybody(seen)}, null);
        try (var socket = (SSLSocket) context.getSocketFactory().createSocket("localhost", server.port())) {
            socket.startHandshake();
        }
        return seen.get(0);
    }

    private record Anybody(List<X509Certificate> seen) implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {
            seen.add(chain[0]);
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
