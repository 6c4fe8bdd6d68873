package dev.pychat.ref.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pychat.model.Position;
import dev.pychat.model.Username;
import dev.pychat.ref.server.store.DamagedAccount;
import dev.pychat.testkit.server.RawClient;
import dev.pychat.testkit.server.RawLane;
import dev.pychat.transport.KeyPin;
import dev.pychat.wire.ErrorCode;
import dev.pychat.wire.Failure;
import dev.pychat.wire.Message;
import dev.pychat.wire.Session;
import dev.pychat.wire.Since;
import dev.pychat.wire.Users;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunningServerTest {

    @TempDir
    Path directory;

    private Path data;

    @BeforeEach
    void name() {
        data = directory.resolve("data");
    }

    @Test
    void firstStartMakesAPrivateKeyAndPrintsItsFingerprint() throws Exception {
        try (Started server = Started.on(data)) {
            assertThat(server.printed()).contains("listening on localhost:" + server.port());
            X509Certificate certificate =
                    Pem.certificates(data.resolve("tls-cert.pem")).get(0);
            assertThat(server.fingerprint())
                    .isEqualTo("sha256:" + KeyPin.fingerprint(certificate).hex());
            assertThat(mode(data)).isEqualTo("rwx------");
            assertThat(mode(data.resolve("tls-key.pem"))).isEqualTo("rw-------");
            certificate.verify(certificate.getPublicKey());
            server.client().hello();
        }
    }

    @Test
    void operatorCanSwitchTheListingOff() throws Exception {
        try (Started server = Started.with(data, Map.of(Setting.LISTING, "off"))) {
            RawClient alice = server.client();
            alice.signUp("alice");
            assertThat(alice.ask(Failure.class, id -> new Users(id, "", "", 10)).code())
                    .isEqualTo(ErrorCode.LISTING_OFF);
            assertThat(server.client().hello().listing()).isFalse();
        }
    }

    @Test
    void restartKeepsKeyTokensAndMessages() throws Exception {
        String fingerprint;
        Session session;
        try (Started server = Started.on(data)) {
            fingerprint = server.fingerprint();
            RawClient alice = server.client();
            session = alice.signUp("alice");
            server.client().signUp("bob");
            new RawLane(alice, "bob").send("before");
        }
        try (Started server = Started.on(data)) {
            assertThat(server.fingerprint()).isEqualTo(fingerprint);
            RawClient alice = server.client();
            alice.resume(session);
            new RawLane(alice, "bob").send("after");
            RawClient bob = server.client();
            bob.logIn("bob");
            Message page = bob.ask(Message.class, id -> new Since(id, new Username("alice"), Position.NONE, 10));
            assertThat(page.items()).hasSize(2);
            assertThat(page.headers()).hasSize(2);
        }
    }

    @Test
    void lostKeyIsNeverReplacedInSilence() throws Exception {
        Started.on(data).close();
        byte[] certificate = Files.readAllBytes(data.resolve("tls-cert.pem"));
        Files.delete(data.resolve("tls-key.pem"));
        assertThatThrownBy(() -> Started.on(data))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("the key " + data.resolve("tls-key.pem") + " is lost");
        assertThat(data.resolve("tls-key.pem")).doesNotExist();
        assertThat(Files.readAllBytes(data.resolve("tls-cert.pem"))).isEqualTo(certificate);
    }

    @Test
    void lostKeyOfAServerWithUsersIsNeverReplacedThoughNoCertificateIsLeft() throws Exception {
        try (Started server = Started.on(data)) {
            server.client().signUp("alice");
        }
        Files.delete(data.resolve("tls-key.pem"));
        Files.delete(data.resolve("tls-cert.pem"));
        assertThatThrownBy(() -> Started.on(data))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("is lost");
        assertThat(data.resolve("tls-key.pem")).doesNotExist();
    }

    @Test
    void startThatFailsLeavesTheCertificateAsItWas() throws Exception {
        try (Started server = Started.on(data)) {
            assertThat(server.printed()).contains("listening on localhost:");
        }
        byte[] before = Files.readAllBytes(data.resolve("tls-cert.pem"));
        refused(Map.of(Setting.DATA, data.toString(), Setting.HOST, "no.such.host.invalid"), ExitCode.USAGE, "no.such");
        refused(Map.of(Setting.DATA, data.toString(), Setting.HOST, "999.1.1.1"), ExitCode.USAGE, "999.1.1.1");
        assertThat(Files.readAllBytes(data.resolve("tls-cert.pem"))).isEqualTo(before);
        try (Started server = Started.with(data, Map.of(Setting.HOST, "127.0.0.2"))) {
            assertThat(server.printed()).contains("listening on 127.0.0.2:");
        }
        assertThat(Pem.certificates(data.resolve("tls-cert.pem")).get(0).getSubjectAlternativeNames())
                .anySatisfy(name -> assertThat(name.get(1)).isEqualTo("127.0.0.2"));
    }

    @Test
    void keyThatEverybodyCanReadIsTold() throws Exception {
        try (Started server = Started.on(data)) {
            assertThat(server.printed()).doesNotContain("everybody");
        }
        Path key = data.resolve("tls-key.pem");
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));
        try (Started server = Started.on(data)) {
            assertThat(server.printed()).contains("everybody on this machine can use the key " + key);
        }
    }

    @Test
    void certificateIsMadeAnewFromTheSameKey() throws Exception {
        KeyPin pin;
        try (Started server = Started.on(data)) {
            pin = server.pin();
        }
        Files.delete(data.resolve("tls-cert.pem"));
        try (Started server = Started.on(data)) {
            assertThat(server.pin()).isEqualTo(pin);
            server.client().hello();
        }
        try (Started server = Started.with(data, Map.of(Setting.HOST, "127.0.0.1"))) {
            assertThat(server.pin()).isEqualTo(pin);
            assertThat(server.printed()).contains("listening on 127.0.0.1:");
        }
    }

    @Test
    void givenCertificateAndKeyAreUsed() throws Exception {
        Path other = directory.resolve("other");
        Started.on(other).close();
        try (Started server = Started.with(
                data,
                Map.of(
                        Setting.TLS_CERT, other.resolve("tls-cert.pem").toString(),
                        Setting.TLS_KEY, other.resolve("tls-key.pem").toString()))) {
            assertThat(server.fingerprint())
                    .isEqualTo("sha256:"
                            + KeyPin.fingerprint(Pem.certificates(other.resolve("tls-cert.pem"))
                                            .get(0))
                                    .hex());
            assertThat(data.resolve("tls-key.pem")).doesNotExist();
            server.client().hello();
        }
    }

    @Test
    void keyAndCertificateThatDoNotBelongTogetherAreRefused() throws Exception {
        Path one = directory.resolve("one");
        Path other = directory.resolve("other");
        Started.on(one).close();
        Started.on(other).close();
        Files.copy(other.resolve("tls-cert.pem"), one.resolve("tls-cert.pem"), StandardCopyOption.REPLACE_EXISTING);
        refused(Map.of(Setting.DATA, one.toString()), ExitCode.CANNOT_READ_OR_WRITE, "tls-cert.pem");
    }

    @Test
    void whatStandsInTheWayIsSaidInOneSentenceAndNothingIsDamaged() throws Exception {
        try (Started server = Started.on(data)) {
            refused(Map.of(Setting.DATA, data.toString()), ExitCode.DATA_BUSY, data.toString());
            String port = Integer.toString(server.port());
            Map<Setting, String> taken =
                    Map.of(Setting.DATA, directory.resolve("other").toString(), Setting.PORT, port);
            refused(taken, ExitCode.ADDRESS_IN_USE, port);
        }
        Path text = Files.writeString(directory.resolve("text"), "no key");
        Map<Setting, String> noKey = Map.of(
                Setting.DATA, data.toString(), Setting.TLS_CERT, text.toString(), Setting.TLS_KEY, text.toString());
        refused(noKey, ExitCode.CANNOT_READ_OR_WRITE, text.toString());
        refused(Map.of(Setting.DATA, text.toString()), ExitCode.CANNOT_READ_OR_WRITE, text.toString());
        Map<Setting, String> half = Map.of(Setting.DATA, data.toString(), Setting.TLS_CERT, text.toString());
        refused(half, ExitCode.USAGE, "tls.key");
        refused(Map.of(Setting.DATA, data.toString(), Setting.HOST, "no.such.host.invalid"), ExitCode.USAGE, "no.such");
        refused(Map.of(Setting.DATA, data.toString(), Setting.HOST, "999.1.1.1"), ExitCode.USAGE, "999.1.1.1");
        Started.on(data).close();
    }

    @Test
    void damageThatTheFirstLookAtTheUsersMeetsIsDamage() throws Exception {
        DamagedAccount.in(data);
        refused(Map.of(Setting.DATA, data.toString()), ExitCode.DAMAGED, data.toString());
    }

    @Test
    void addressOfAnotherMachineIsNotOneInUse() throws Exception {
        Map<Setting, String> elsewhere = Map.of(Setting.DATA, data.toString(), Setting.HOST, "192.0.2.1");
        refused(elsewhere, ExitCode.CANNOT_READ_OR_WRITE, "no network interface of this machine");
        Map<Setting, String> withPort = new java.util.EnumMap<>(elsewhere);
        withPort.put(Setting.PORT, "5050");
        refused(withPort, ExitCode.CANNOT_READ_OR_WRITE, "192.0.2.1:5050");
    }

    @Test
    void addressMayStandInBracketsAsInAnUrl() throws Exception {
        try (Started server = Started.with(data, Map.of(Setting.HOST, "[127.0.0.1]"))) {
            assertThat(server.printed()).contains("listening on 127.0.0.1:");
        }
    }

    @Test
    void directoryOfAnotherFormatIsLeftAlone() throws Exception {
        Started.on(data).close();
        Path format = data.resolve("store").resolve("format");
        Files.writeString(format, "pychat-data 99\n");
        refused(Map.of(Setting.DATA, data.toString()), ExitCode.UNKNOWN_FORMAT, "99");
        assertThat(format).hasContent("pychat-data 99");
    }

    private static void refused(Map<Setting, String> flags, ExitCode code, String named) throws Exception {
        Map<Setting, String> all = new java.util.EnumMap<>(Map.of(Setting.PORT, "0"));
        all.putAll(flags);
        Configuration settings = Configuration.of(all, Map.of());
        assertThatThrownBy(() -> RunningServer.start(settings, Costs.REAL))
                .isInstanceOfSatisfying(
                        StartException.class, e -> assertThat(e.exitCode()).isEqualTo(code))
                .hasMessageContaining(named)
                .message()
                .doesNotContain("\n");
    }

    private static String mode(Path path) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
