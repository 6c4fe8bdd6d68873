package dev.pychat.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.model.StoredMessage;
import dev.pychat.store.ServerStores;
import dev.pychat.store.Submission;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process that is killed with SIGKILL while it acknowledges appends, or changes of an account, has lost none of what it
 * acknowledged.
 *
 * <p>The system property {@code pychat.test.java.home} names the Java that runs the process; without it, it is this one.
 */
public abstract class KillContract {

    private static final int KILLS = 6;
    private static final int MAX_ACKNOWLEDGED = 150;
    private static final int CHANGES_KILLED = 3;
    private static final int MAX_CHANGES = 60;

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
            List<Long> positions = process(AppendUntilKilled.class).run(seed, 1 + draw.below(MAX_ACKNOWLEDGED));
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
        try (ServerStores stores = open()) {
            return Content.messages(stores, AppendUntilKilled.CONVERSATION);
        }
    }

    /** One step more than acknowledged may have been made; login, vault and tokens are those of one and the same step. */
    @Test
    void passphraseVaultAndTokensAreOfOneStepWhenTheProcessIsKilled() throws Exception {
        long seed = draw.below(Integer.MAX_VALUE);
        long before = 0;
        for (int kill = 0; kill < CHANGES_KILLED; kill++) {
            List<Long> steps = process(ChangeUntilKilled.class).run(seed, 1 + draw.below(MAX_CHANGES));
            assertThat(steps.get(0)).isEqualTo(before + 1);
            long acknowledged = steps.get(steps.size() - 1);
            try (ServerStores stores = open()) {
                before = ChangeUntilKilled.requireOneStep(stores, seed);
            }
            assertThat(before).isBetween(acknowledged, acknowledged + 1);
        }
    }

    private KilledProcess process(Class<?> program) {
        return new KilledProcess(program, disk, flags, Map.of(), directory);
    }

    private ServerStores open() throws Exception {
        return disk.getConstructor()
                .newInstance()
                .open(process(AppendUntilKilled.class).data());
    }
}
