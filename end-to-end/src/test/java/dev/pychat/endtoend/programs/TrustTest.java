package dev.pychat.endtoend.programs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.endtoend.Finished;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Whom a client in a script talks to. It has nobody to ask. */
@ExtendWith(Shared.class)
class TrustTest {
    private static final String SOMEBODY = "sha256:" + "0123456789abcdef".repeat(4);

    private Path home;

    @BeforeEach
    void home(Installation pychat) throws Exception {
        home = pychat.directory("device").resolve("home");
    }

    @Test
    void unknownServerIsRefusedWithTheFingerprintThatTheServerPrinted(ServerProcess server) throws Exception {
        Finished refused = connect(server);
        assertRefused(refused);
        assertThat(refused.err()).contains("--accept-fingerprint " + server.fingerprint());
        assertRefused(connect(server));
    }

    @Test
    void namedFingerprintIsAcceptedOnceAndForAll(ServerProcess server) throws Exception {
        assertConnects(connect(server, "--accept-fingerprint", server.fingerprint()));
        assertConnects(connect(server));
    }

    @Test
    void anotherFingerprintIsNotAccepted(ServerProcess server) throws Exception {
        Finished refused = connect(server, "--accept-fingerprint", SOMEBODY);
        assertRefused(refused);
        assertThat(refused.err()).contains("--accept-fingerprint");
    }

    @Test
    void givenCertificateSpeaksForItsServerOnly(ServerProcess server, Installation pychat) throws Exception {
        assertConnects(
                connect(server, "--trust", server.data().resolve("tls-cert.pem").toString()));
        try (ServerProcess other =
                ServerProcess.start(pychat, pychat.directory("other").resolve("data"))) {
            assertRefused(connect(
                    server, "--trust", other.data().resolve("tls-cert.pem").toString()));
        }
    }

    @Test
    void changedKeyIsRefusedAndARenewedCertificateIsNot(Installation pychat) throws Exception {
        Path data = pychat.directory("changing").resolve("data");
        try (ServerProcess first = ServerProcess.start(pychat, data)) {
            assertConnects(connect(first, "--accept-fingerprint", first.fingerprint()));
            first.stop();
            Files.delete(data.resolve("tls-cert.pem"));
            try (ServerProcess renewed = first.again()) {
                assertConnects(connect(renewed));
                renewed.stop();
            }
            Files.delete(data.resolve("tls-cert.pem"));
            Files.delete(data.resolve("tls-key.pem"));
            try (ServerProcess changed = first.again()) {
                Finished refused = connect(changed);
                assertRefused(refused);
                assertThat(refused.err()).contains("not the one that was accepted before", home.toString());
            }
        }
    }

    private Finished connect(ServerProcess server, String... more) throws Exception {
        String[] words = Stream.concat(
                        Stream.of("client", "--server", server.address(), "--home", home.toString()), Stream.of(more))
                .toArray(String[]::new);
        return server.installation().pychat(words).run();
    }

    private static void assertConnects(Finished client) {
        assertThat(client.exit()).as("%s", client).isZero();
        assertThat(client.out()).contains("Connected to ");
        assertThat(client.err()).isEmpty();
    }

    private static void assertRefused(Finished client) {
        assertThat(client.exit()).as("%s", client).isEqualTo(5);
        assertThat(client.err()).hasLineCount(1);
        assertThat(client.out()).isEmpty();
    }
}
