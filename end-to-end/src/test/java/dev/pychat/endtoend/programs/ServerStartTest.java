package dev.pychat.endtoend.programs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.endtoend.Checkout;
import dev.pychat.endtoend.Finished;
import dev.pychat.transport.netty.NettyTransport;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Shared.class)
class ServerStartTest {
    @Test
    void startAndStopSayOnlyWhatTheServerIsAndEndWell(Installation pychat) throws Exception {
        Path data = pychat.directory("start").resolve("data");
        try (ServerProcess server = ServerProcess.start(pychat, data)) {
            String fingerprint = server.fingerprint();
            Finished stopped = server.stop();
            assertThat(stopped.exit()).as("%s", stopped).isZero();
            assertThat(stopped.out().lines())
                    .containsExactly(
                            "pychat server " + Checkout.VERSION + ", data in " + data,
                            "connections use " + NettyTransport.platform(),
                            "fingerprint " + fingerprint + " (SHA-256 of the server's certificate)",
                            "listening on " + server.address(),
                            "stopped");
            assertThat(stopped.err()).isEmpty();
        }
    }

    @Test
    void everyFileOfTheServerIsItsOwnersAlone(Installation pychat) throws Exception {
        Path data = pychat.directory("modes").resolve("above").resolve("data");
        try (ServerProcess server = ServerProcess.start(pychat, data)) {
            Tree.assertPrivate(data);
            assertThat(data.resolve("tls-key.pem")).content().startsWith("-----BEGIN PRIVATE KEY-----");
            server.stop();
            Tree.assertPrivate(data);
        }
    }

    @Test
    void serverKeepsItsKeyAcrossStarts(Installation pychat) throws Exception {
        Path data = pychat.directory("again").resolve("data");
        try (ServerProcess first = ServerProcess.start(pychat, data)) {
            String fingerprint = first.fingerprint();
            byte[] key = Files.readAllBytes(data.resolve("tls-key.pem"));
            first.kill();
            try (ServerProcess second = first.again()) {
                assertThat(second.fingerprint()).isEqualTo(fingerprint);
                assertThat(data.resolve("tls-key.pem")).hasBinaryContent(key);
            }
        }
    }
}
