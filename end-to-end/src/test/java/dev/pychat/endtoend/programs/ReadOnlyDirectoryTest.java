package dev.pychat.endtoend.programs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.endtoend.Finished;
import dev.pychat.model.Position;
import dev.pychat.model.Username;
import dev.pychat.testkit.server.RawClient;
import dev.pychat.testkit.server.RawLane;
import dev.pychat.transport.ServerTrust;
import dev.pychat.transport.TlsSocketTransport;
import dev.pychat.transport.TransportOptions;
import dev.pychat.wire.Accepted;
import dev.pychat.wire.ErrorCode;
import dev.pychat.wire.Failure;
import dev.pychat.wire.KdfCost;
import dev.pychat.wire.Message;
import dev.pychat.wire.ServerFrame;
import dev.pychat.wire.Since;
import dev.pychat.wire.Submit;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A data directory in which the server may not write, from the start on or from some moment on. */
@ExtendWith(Shared.class)
class ReadOnlyDirectoryTest {
    /** What the server asks for at the least; nothing is stretched here. */
    private static final KdfCost COST = new KdfCost(64 * 1024, 3, 4);

    private static final Username ALICE = new Username("alice");

    /** Long enough that some hundred fill a file of the log. */
    private static final String LONG = "x".repeat(60_000);

    @ParameterizedTest
    @ValueSource(strings = {"xodus", "sqlite"})
    void directoryThatWasWrittenOnceAndMayNotBeAgainIsSaid(String store, Installation pychat) throws Exception {
        Path data = place(pychat).resolve("data");
        try (ServerProcess server = ServerProcess.startNotAsRoot(pychat, data, "--store", store)) {
            assertThat(server.stop().exit()).isZero();
        }
        try (var all = Files.walk(data)) {
            for (Path path : all.toList()) {
                mode(path, Files.isDirectory(path) ? "r-x------" : "r--------");
            }
        }
        Finished refused =
                NotRoot.run(pychat.pychat("server", "--port", "0", "--data", data.toString(), "--store", store));
        assertThat(refused.exit()).as("%s", refused).isEqualTo(4);
        assertThat(refused.err()).hasLineCount(1).contains(data.toString(), "permission denied");
    }

    /** No file of the log can be begun; what there is can be read. */
    @Test
    void serverThatMayMakeNoFileAnyMoreRefusesReadsOnAndRecoversByItself(Installation pychat) throws Exception {
        Path data = place(pychat).resolve("data");
        try (ServerProcess server = ServerProcess.startNotAsRoot(pychat, data);
                RawClient bob = signUp(server, "bob");
                RawClient alice = signUp(server, "alice")) {
            RawLane lane = new RawLane(alice, "bob");
            mode(data.resolve("store/log"), "r-x------");
            int accepted = 0;
            Submit next = lane.next(LONG);
            ServerFrame answer = alice.await(lane.begin(next));
            while (answer instanceof Accepted && accepted < 1_000) {
                accepted++;
                next = lane.next(LONG + accepted);
                answer = alice.await(lane.begin(next));
            }
            assertThat(answer)
                    .isInstanceOfSatisfying(
                            Failure.class,
                            failure -> assertThat(failure.code()).isEqualTo(ErrorCode.STORAGE_UNAVAILABLE));
            assertThat(accepted).isPositive();
            assertThat(server.said()).contains("ERROR", "the store did not take 1 messages", "permission denied");
            Position last = new Position(accepted - 1L);
            assertThat(bob.ask(Message.class, id -> new Since(id, ALICE, last, 10))
                            .items())
                    .hasSize(1);
            mode(data.resolve("store/log"), "rwx------");
            assertThat(lane.accepted(lane.begin(next)).position().value()).isEqualTo(accepted + 1L);
        }
    }

    private static RawClient signUp(ServerProcess server, String name) throws Exception {
        ServerTrust trust = ServerTrust.pem(Files.readString(server.data().resolve("tls-cert.pem")));
        RawClient client = RawClient.connect(
                TlsSocketTransport.client("localhost", server.port(), trust, TransportOptions.DEFAULT));
        client.hello();
        client.signUp(name, COST);
        return client;
    }

    private static Path place(Installation pychat) throws Exception {
        Path place = pychat.directory("read-only");
        mode(place, "rwxrwxrwx");
        return place;
    }

    private static void mode(Path path, String mode) throws Exception {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
    }
}
