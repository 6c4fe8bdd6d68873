package dev.pychat.benchmarks.contender;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which connections to our own server resume a TLS session. */
class TlsSessionsTest {

    @TempDir
    Path directory;

    private static long handshakes(RunningServer server, int user, boolean remembers) throws Exception {
        long before = server.fullHandshakes();
        Party party = server.connect(new Part(user, user ^ 1, Role.IDLER, remembers, Tally.counting()));
        party.ready().get(1, TimeUnit.MINUTES);
        party.leave().get(1, TimeUnit.MINUTES);
        return server.fullHandshakes() - before;
    }

    @Test
    void onlyWhoRemembersComesBackWithoutFullHandshake() throws Exception {
        Certificate certificate = Certificate.make(directory);
        Place place = new Place(
                Files.createDirectory(directory.resolve("server")),
                Files.createDirectory(directory.resolve("shared")),
                certificate,
                2);
        try (Net net = Net.start(certificate.x509(), 1);
                RunningServer server =
                        new Pychat(net, Path.of(System.getProperty("java.home")), List.of()).start(place)) {
            assertThat(handshakes(server, 0, false)).isOne();
            assertThat(handshakes(server, 0, false)).as("nobody remembered").isOne();
            assertThat(handshakes(server, 0, true)).as("the first to remember").isOne();
            assertThat(handshakes(server, 0, true)).as("resumed").isZero();
            assertThat(handshakes(server, 0, true))
                    .as("resumed with what the resumed one was given")
                    .isZero();
            assertThat(handshakes(server, 1, true))
                    .as("a session is its user's")
                    .isOne();
        }
    }
}
