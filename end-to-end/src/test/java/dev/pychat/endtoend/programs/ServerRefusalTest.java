package dev.pychat.endtoend.programs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.endtoend.Command;
import dev.pychat.endtoend.Finished;
import dev.pychat.testkit.Needs;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Each is one line, an exit code of its own, and leaves everything as it was. */
@ExtendWith(Shared.class)
class ServerRefusalTest {
    @Test
    void portInUseIsSaid(Installation pychat) throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getByName("localhost"))) {
            Path data = pychat.directory("port").resolve("data");
            Finished refused = start(pychat, data, other.getLocalPort());
            assertRefused(refused, 3, Integer.toString(other.getLocalPort()));
        }
    }

    @Test
    void addressOfAnotherMachineIsSaid(Installation pychat) throws Exception {
        Path data = pychat.directory("address").resolve("data");
        Finished refused = pychat.pychat("server", "--host", "192.0.2.1", "--data", data.toString())
                .run();
        assertRefused(refused, 4, "no network interface of this machine has the address 192.0.2.1");
    }

    @Test
    void portThatIsNotForEverybodyIsSaid(Installation pychat) throws Exception {
        int port = 1023;
        if (firstFreeToAll() <= port) {
            Needs.without("this test needs a system that keeps the ports below 1024 for its administrator");
        }
        Path place = pychat.directory("privileged");
        Files.setPosixFilePermissions(place, PosixFilePermissions.fromString("rwxrwxrwx"));
        Command start = pychat.pychat("server", "--port", Integer.toString(port), "--data", "" + place.resolve("data"));
        assertRefused(NotRoot.run(start), 4, "this user may not listen on a port below 1024");
    }

    /** As Linux has it, which tells the whole number to the first read only; elsewhere as it always was. */
    private static int firstFreeToAll() throws Exception {
        Path setting = Path.of("/proc/sys/net/ipv4/ip_unprivileged_port_start");
        if (!Files.exists(setting)) {
            return 1024;
        }
        try (InputStream in = Files.newInputStream(setting)) {
            return Integer.parseInt(new String(in.readNBytes(16), StandardCharsets.US_ASCII).strip());
        }
    }

    @Test
    void dataDirectoryOfAnotherServerIsLeftAlone(Installation pychat, ServerProcess server) throws Exception {
        Map<String, String> before = Tree.contents(server.data());
        assertRefused(start(pychat, server.data(), 0), 6, server.data().toString());
        assertThat(Tree.contents(server.data())).isEqualTo(before);
        Person.signUp(server, "still-served");
    }

    @Test
    void dataDirectoryOfAnUnknownVersionIsLeftAlone(Installation pychat) throws Exception {
        Path data = servedOnce(pychat);
        Files.writeString(data.resolve("store/format"), "pychat-data 99\n");
        Map<String, String> before = Tree.contents(data);
        assertRefused(start(pychat, data, 0), 7, "pychat-data 99");
        assertThat(Tree.contents(data)).isEqualTo(before);
    }

    @Test
    void damagedDataIsSaidAndLeftAlone(Installation pychat) throws Exception {
        Path data = servedOnce(pychat);
        Path log = largestFile(data.resolve("store/log"));
        byte[] content = Files.readAllBytes(log);
        content[content.length / 2] ^= 0x10;
        Files.write(log, content);
        Map<String, String> before = Tree.contents(data);
        assertRefused(start(pychat, data, 0), 8, log.getFileName().toString());
        assertThat(Tree.contents(data)).isEqualTo(before);
    }

    @Test
    void keyThatMayNotBeReadIsSaid(Installation pychat, ServerProcess server) throws Exception {
        Path place = pychat.directory("key");
        Files.setPosixFilePermissions(place, PosixFilePermissions.fromString("rwxrwxrwx"));
        Path certificate = Files.copy(server.data().resolve("tls-cert.pem"), place.resolve("cert.pem"));
        Files.setPosixFilePermissions(certificate, PosixFilePermissions.fromString("rw-r--r--"));
        Path key = Files.copy(server.data().resolve("tls-key.pem"), place.resolve("key.pem"));
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("---------"));
        Command start = pychat.pychat(
                "server",
                "--port",
                "0",
                "--data",
                "" + place.resolve("data"),
                "--tls-cert",
                "" + certificate,
                "--tls-key",
                "" + key);
        assertRefused(NotRoot.run(start), 4, key + ": permission denied");
    }

    @Test
    void dataDirectoryThatMayNotBeWrittenIsSaid(Installation pychat) throws Exception {
        Path place = pychat.directory("locked");
        Files.setPosixFilePermissions(place, PosixFilePermissions.fromString("r-xr-xr-x"));
        Command start = pychat.pychat("server", "--port", "0", "--data", "" + place.resolve("data"));
        assertRefused(NotRoot.run(start), 4, place.toString());
        assertThat(place).isEmptyDirectory();
    }

    /** A directory of a server that has stored something and has ended well. */
    private static Path servedOnce(Installation pychat) throws Exception {
        Path data = pychat.directory("served").resolve("data");
        try (ServerProcess server = ServerProcess.start(pychat, data)) {
            assertThat(server.stop().exit()).isZero();
        }
        return data;
    }

    private static Path largestFile(Path directory) throws Exception {
        try (var files = Files.list(directory)) {
            return files.max(java.util.Comparator.comparingLong(
                            file -> file.toFile().length()))
                    .orElseThrow();
        }
    }

    private static Finished start(Installation pychat, Path data, int port) throws Exception {
        return pychat.pychat("server", "--port", Integer.toString(port), "--data", data.toString())
                .run();
    }

    private static void assertRefused(Finished refused, int code, String said) {
        assertThat(refused.exit()).as("%s", refused).isEqualTo(code);
        assertThat(refused.err()).hasLineCount(1).contains(said);
        assertThat(refused.out()).isEmpty();
    }
}
