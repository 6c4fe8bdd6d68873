package dev.pychat.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.model.StoredMessage;
import dev.pychat.store.ServerStores;
import dev.pychat.store.Submission;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process that is killed with SIGKILL while it acknowledges appends has lost none of what it acknowledged.
 *
 * <p>The system property {@code pychat.test.java.home} names the Java that runs the process; without it, it is this one.
 */
public abstract class KillContract {

    private static final int KILLS = 20;
    private static final int MAX_ACKNOWLEDGED = 150;

    private final Class<? extends StoresOnDisk> disk;
    private final List<String> flags;
    private final Draw draw = Draw.announced(getClass());

    @TempDir
    private Path directory;

    /**
     * Names what is tried.
     *
     * @param disk how the stores are opened
     * @param flags what the process's Java needs, such as an opened package
     */
    protected KillContract(Class<? extends StoresOnDisk> disk, String... flags) {
        this.disk = disk;
        this.flags = List.of(flags);
    }

    @Test
    void nothingAcknowledgedIsLostWhenTheProcessIsKilled() throws Exception {
        List<StoredMessage> before = List.of();
        int acknowledged = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            long seed = draw.below(Integer.MAX_VALUE);
            List<Long> positions = killed(seed, 1 + draw.below(MAX_ACKNOWLEDGED));
            acknowledged += positions.size();
            List<StoredMessage> after = stored();
            assertThat(after.subList(0, before.size())).isEqualTo(before);
            requireAcknowledged(seed, positions, before.size(), after);
            before = after;
        }
        assertThat(acknowledged).isGreaterThanOrEqualTo(KILLS);
    }

    private static void requireAcknowledged(long seed, List<Long> positions, int before, List<StoredMessage> after) {
        Talker talker = AppendUntilKilled.talker(seed);
        for (int i = 0; i < positions.size(); i++) {
            Submission sent = talker.next();
            assertThat(positions.get(i)).isEqualTo(before + i + 1L);
            assertThat(after).as("acknowledged at %s", positions.get(i)).hasSizeGreaterThan(before + i);
            assertThat(after.get(before + i).id()).isEqualTo(sent.id());
            assertThat(after.get(before + i).envelope()).isEqualTo(sent.envelope());
        }
        for (StoredMessage beyond : after.subList(before + positions.size(), after.size())) {
            assertThat(beyond.id())
                    .as("stored, not yet acknowledged")
                    .isEqualTo(talker.next().id());
        }
    }

    private List<StoredMessage> stored() throws Exception {
        try (ServerStores stores = disk.getConstructor().newInstance().open(data())) {
            return Content.messages(stores, AppendUntilKilled.CONVERSATION);
        }
    }

    /** Runs the process, kills it when it has acknowledged so many, and says what it had acknowledged. */
    private List<Long> killed(long seed, int count) throws Exception {
        Process process = new ProcessBuilder(command(seed))
                .redirectError(directory.resolve("stderr").toFile())
                .start();
        List<Long> positions = new ArrayList<>();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII))) {
            Optional<Long> position = next(lines);
            while (position.isPresent()) {
                positions.add(position.get());
                if (positions.size() == count) {
                    process.destroyForcibly();
                }
                position = next(lines);
            }
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(positions)
                .as("acknowledged by a process of %s", command(seed))
                .hasSizeGreaterThanOrEqualTo(count);
        return positions;
    }

    /** The pipe may break in the middle of a line; what is not a whole line was not said. */
    private static Optional<Long> next(BufferedReader lines) {
        try {
            return Optional.ofNullable(lines.readLine())
                    .filter(line -> line.matches("ack \\d+"))
                    .map(line -> Long.parseLong(line.substring("ack ".length())));
        } catch (IOException broken) {
            return Optional.empty();
        }
    }

    private List<String> command(long seed) {
        String home = System.getProperty("pychat.test.java.home", System.getProperty("java.home"));
        List<String> command =
                new ArrayList<>(List.of(Path.of(home, "bin", "java").toString()));
        command.addAll(flags);
        command.addAll(List.of(
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                AppendUntilKilled.class.getName(),
                disk.getName(),
                data().toString(),
                Long.toString(seed)));
        return command;
    }

    private Path data() {
        return directory.resolve("data");
    }
}
