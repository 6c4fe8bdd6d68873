package dev.pychat.endtoend.programs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.endtoend.Finished;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A client that is killed while much that was typed waits for a server that is away. */
@ExtendWith(Shared.class)
class KilledClientTest {
    private static final int LINES = 300;
    private static final long QUIET_MILLIS = 1_000;

    @Test
    void everythingTypedArrivesOnceAndInOrder(Installation pychat) throws Exception {
        List<String> lines = IntStream.rangeClosed(1, LINES)
                .mapToObj(i -> "line " + i + ", " + "k".repeat(200) + ".")
                .toList();
        try (ServerProcess server =
                ServerProcess.start(pychat, pychat.directory("killed").resolve("data"))) {
            Person kara = Person.signUp(server, "kara");
            Person karl = Person.signUp(server, "karl");
            typeAndDie(server, kara, lines);
            try (ServerProcess again = server.again()) {
                try (ClientProcess dying = kara.stays("!talk karl")) {
                    dying.await("Chat with karl");
                    dying.kill();
                }
                Finished last = kara.types("!talk karl", "the end");
                assertThat(last.exit()).as("%s", last).isZero();
                Finished read = karl.types("!talk kara");
                assertThat(Said.messages(read.out()))
                        .containsExactlyElementsOf(Stream.concat(lines.stream(), Stream.of("the end"))
                                .map(line -> "kara: " + line)
                                .toList());
                assertThat(read.out()).doesNotContain(" ! ");
                again.stop();
            }
        }
    }

    /** The first lines may be on their way when the server dies, the others come when it is dead. */
    private static void typeAndDie(ServerProcess server, Person kara, List<String> lines) throws Exception {
        try (ClientProcess client = kara.stays("!talk karl")) {
            client.await("Chat with karl");
            client.type(lines.subList(0, 50).toArray(String[]::new));
            server.kill();
            client.type(lines.subList(50, LINES).toArray(String[]::new)).type("!help");
            client.await("!HISTORY");
            awaitStored(kara.home());
            client.kill();
        }
    }

    /** All lines were taken; waits until they are on the device, and nothing more is written. */
    private static void awaitStored(Path home) throws Exception {
        long[] size = {-1};
        long[] since = {System.nanoTime()};
        Waiting.until(
                "the device's files stay as they are",
                () -> {
                    long now = size(home);
                    since[0] = now == size[0] ? since[0] : System.nanoTime();
                    size[0] = now;
                    return now >= LINES * 200L && System.nanoTime() - since[0] > QUIET_MILLIS * 1_000_000;
                },
                () -> size[0] + " bytes");
    }

    private static long size(Path home) throws IOException {
        long sum = 0;
        try (Stream<Path> files = Files.walk(home)) {
            for (Path file : files.filter(path -> path.getFileName().toString().startsWith("outbox"))
                    .filter(Files::isRegularFile)
                    .toList()) {
                sum += Files.size(file);
            }
        }
        return sum;
    }
}
