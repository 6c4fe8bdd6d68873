package dev.pychat.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.model.StoredMessage;
import dev.pychat.store.AppendResult.Appended;
import dev.pychat.store.ServerStores;
import dev.pychat.testkit.power.JournalEntry;
import dev.pychat.testkit.power.PowerJournal;
import dev.pychat.testkit.power.PowerlessDisk;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Wherever the power fails, stores that are opened on what had been synced until then hold every message that was acknowledged, and go on.
 * So they do if the disk has written some of the rest of itself.
 *
 * <p>Needs Linux and gcc, see {@link PowerJournal}. The system property {@code pychat.test.java.home} names the Java that runs the
 * processes; without it, it is this one.
 */
public abstract class PowerLossContract {

    private static final int ACKNOWLEDGED = 400;
    private static final int CUTS = 20;
    private static final int KILLED = 30;

    private final Class<? extends StoresOnDisk> disk;
    private final List<String> flags;
    private final Draw draw = Draw.announced(getClass());

    @TempDir
    private Path directory;

    private PowerJournal journal;

    /**
     * Names what is tried.
     *
     * @param disk how the stores are opened
     * @param flags what the process's Java needs, such as an opened package
     */
    @SuppressWarnings("NullAway.Init") // made before each test
    protected PowerLossContract(Class<? extends StoresOnDisk> disk, String... flags) {
        this.disk = disk;
        this.flags = List.of(flags);
    }

    @BeforeEach
    final void beginJournal() throws Exception {
        journal = PowerJournal.of(directory, Files.createDirectory(directory.resolve("root")));
    }

    @Test
    void nothingAcknowledgedIsLostWhereverThePowerFails() throws Exception {
        long seed = draw.below(Integer.MAX_VALUE);
        assertThat(process().run(seed, ACKNOWLEDGED)).hasSizeGreaterThanOrEqualTo(ACKNOWLEDGED);
        List<JournalEntry> entries = journal.entries();
        // In front of a sync most is at stake.
        List<Integer> syncs = IntStream.range(1, entries.size())
                .filter(i -> entries.get(i).isSync())
                .boxed()
                .toList();
        Set<Integer> cuts = new TreeSet<>(Set.of(entries.size()));
        for (int i = 0; i < CUTS / 2; i++) {
            cuts.add(1 + draw.below(entries.size()));
            cuts.add(syncs.get(draw.below(syncs.size())));
        }
        assertThat(tryEach(seed, entries, cuts)).isGreaterThanOrEqualTo(ACKNOWLEDGED);
    }

    /** What a process wrote and did not sync, the next one finds, and answers for it: so it has to sync it first. */
    @Test
    void whatAKilledProcessLeftUnsyncedIsSyncedBeforeAnybodyIsToldThatItIsThere() throws Exception {
        long seed = draw.below(Integer.MAX_VALUE);
        int before =
                process().run(seed, KILLED, killed -> journal.killAtSync(true)).size();
        journal.killAtSync(false);
        int begun = journal.entries().size();
        process().run(seed, before + 20);
        List<JournalEntry> entries = journal.entries();
        Set<Integer> cuts = new TreeSet<>();
        StringBuilder said = new StringBuilder();
        for (int i = begun; i < entries.size(); i++) {
            if (entries.get(i).isSaid()) {
                said.append(text(entries.get(i)));
                int acknowledged = acknowledged(said);
                if (acknowledged >= before && acknowledged <= before + AppendUntilKilled.MAX_BATCH) {
                    cuts.add(i + 1);
                }
            }
        }
        assertThat(tryEach(seed, entries, cuts)).isGreaterThanOrEqualTo(before);
    }

    /** The power fails behind each of these entries in turn. How many messages had been acknowledged at the last. */
    private int tryEach(long seed, List<JournalEntry> entries, Set<Integer> cuts) throws Exception {
        PowerlessDisk left = new PowerlessDisk();
        StringBuilder said = new StringBuilder();
        int acknowledged = 0;
        for (int i = 0; i < entries.size(); i++) {
            JournalEntry entry = entries.get(i);
            left.take(entry);
            if (entry.isSaid()) {
                said.append(text(entry));
            }
            if (cuts.contains(i + 1)) {
                acknowledged = acknowledged(said);
                Path synced = directory.resolve("cut" + i);
                left.write(synced);
                requireAcknowledged(seed, acknowledged, synced);
                long luck = draw.below(Integer.MAX_VALUE);
                Path more = directory.resolve("lucky-cut" + i + "-" + luck);
                left.writeWith(more, new Random(luck));
                requireAcknowledged(seed, acknowledged, more);
            }
        }
        return acknowledged;
    }

    private static String text(JournalEntry said) {
        return new String(said.content().toArray(), StandardCharsets.US_ASCII);
    }

    /** The highest of the whole lines. */
    private static int acknowledged(StringBuilder said) {
        return said.substring(0, said.lastIndexOf("\n") + 1)
                .lines()
                .mapToInt(line -> Integer.parseInt(line.substring("ack ".length())))
                .max()
                .orElse(0);
    }

    private void requireAcknowledged(long seed, int acknowledged, Path root) throws Exception {
        try (ServerStores stores = disk.getConstructor().newInstance().open(root.resolve("data"))) {
            List<StoredMessage> kept = Content.messages(stores, AppendUntilKilled.CONVERSATION);
            assertThat(kept.size()).as("kept in %s", root).isGreaterThanOrEqualTo(acknowledged);
            Talker talker = AppendUntilKilled.talker(seed);
            for (StoredMessage message : kept) {
                assertThat(message.id()).isEqualTo(talker.next().id());
            }
            assertThat(stores.messages().append(List.of(talker.next())).get(0))
                    .isInstanceOfSatisfying(
                            Appended.class,
                            next -> assertThat(next.position().value()).isEqualTo(kept.size() + 1L));
        }
    }

    private KilledProcess process() {
        return new KilledProcess(AppendUntilKilled.class, disk, flags, journal.environment(), journal.root());
    }
}
