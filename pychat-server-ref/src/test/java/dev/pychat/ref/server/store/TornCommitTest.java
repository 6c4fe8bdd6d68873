package dev.pychat.ref.server.store;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.model.Bytes;
import dev.pychat.model.Position;
import dev.pychat.model.StoredMessage;
import dev.pychat.model.Username;
import dev.pychat.store.AppendResult.Appended;
import dev.pychat.store.ServerStores;
import dev.pychat.store.Submission;
import dev.pychat.testkit.store.Draw;
import dev.pychat.testkit.store.Talker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The power fails while a commit is being synced, and of its bytes the disk has some and not others: POSIX says nothing of which. Then
 * the commit counts as a whole or not at all, and everything before it is there.
 */
class TornCommitTest {

    private static final int SECTOR = 512;
    private static final int PAGE = 4096;

    private static final String MARK = "store/check/mark";
    private static final String SUMS = "store/check/sums";
    private static final Path FIRST = Path.of("store/log/00000000000.xd");
    private static final long FILE = PAGE + (8 << 20);

    private final Draw draw = Draw.announced(getClass());
    private final Talker talker = new Talker(draw, draw.conversation(), new Username("alice"), new Username("bob"));
    private final List<Submission> sent = new ArrayList<>();

    @TempDir
    private Path directory;

    private int images;

    /**
     * A commit, or several that were not synced between, and what was there before.
     *
     * @param before the directory as it was
     * @param after and as it was behind the commit
     * @param log the file of the log in which the commit ends; what it has in another one was synced before this was begun
     * @param old what that file held
     * @param whole and what it held behind the commit
     * @param acknowledged how many messages were stored before
     */
    private record Commit(Path before, Path after, Path log, Bytes old, Bytes whole, int acknowledged) {}

    private Commit commit() throws Exception {
        Path running = directory.resolve("running");
        try (ServerStores stores = new XodusOnDisk().open(running)) {
            for (int i = 0; i < 20; i++) {
                append(stores, 1 + draw.below(8));
            }
            return commit(stores, running);
        }
    }

    private Commit commit(ServerStores stores, Path running) throws Exception {
        return commit(stores, running, 1);
    }

    private Commit commit(ServerStores stores, Path running, int batches) throws Exception {
        int acknowledged = sent.size();
        Path before = image();
        copy(running, before);
        for (int batch = 0; batch < batches; batch++) {
            append(stores, 80);
        }
        Path after = image();
        copy(running, after);
        Path log = after.relativize(log(after));
        Bytes old = Files.exists(before.resolve(log)) ? content(before.resolve(log)) : Bytes.EMPTY;
        return new Commit(before, after, log, old, content(after.resolve(log)), acknowledged);
    }

    private void append(ServerStores stores, int count) throws Exception {
        List<Submission> batch = Stream.generate(talker::next).limit(count).toList();
        sent.addAll(batch);
        append(stores, batch);
    }

    private void append(ServerStores stores, List<Submission> batch) throws Exception {
        assertThat(stores.messages().append(batch)).allMatch(Appended.class::isInstance);
    }

    @Test
    void commitThatIsThereAsAWholeCounts() throws Exception {
        assertThat(keptWithout(commit(), at -> false)).isEqualTo(sent.size());
    }

    @Test
    void commitOfWhichNothingIsThereIsAsIfItHadNotBeen() throws Exception {
        Commit commit = commit();
        assertThat(keptWithout(commit, at -> true)).isEqualTo(commit.acknowledged());
        assertThat(keptWithout(commit, at -> at >= PAGE)).isEqualTo(commit.acknowledged());
        assertThat(keptWithout(commit, at -> at < PAGE)).isEqualTo(commit.acknowledged());
    }

    /** Where a commit begins at the end of a page, so few bytes are on it. */
    @Test
    void firstBytesOfACommitAreMissing() throws Exception {
        Commit commit = commit();
        int begin = commit.old().size();
        for (int count = 1; count <= 16; count++) {
            int end = begin + count;
            assertThat(keptWithout(commit, at -> at >= begin && at < end)).isEqualTo(commit.acknowledged());
        }
    }

    @Test
    void oneSectorIsMissing() throws Exception {
        Commit commit = commit();
        for (int sector = commit.old().size() / SECTOR; sector <= commit.whole().size() / SECTOR; sector++) {
            int lost = sector;
            assertThat(keptWithout(commit, at -> at / SECTOR == lost)).isEqualTo(commit.acknowledged());
        }
    }

    @Test
    void anyPagesAreMissing() throws Exception {
        requireWholeOrNotAtAll(commit(), 40);
    }

    /** The first failure leaves a seal that says more than there is, which must not count once there is more. */
    @Test
    void powerFailsAgainInTheNextCommit() throws Exception {
        Commit first = commit();
        Path torn = torn(first, at -> at >= PAGE);
        Commit second;
        try (ServerStores stores = new XodusOnDisk().open(torn)) {
            List<Submission> rest = sent.subList(first.acknowledged(), sent.size());
            append(stores, rest);
            second = commit(stores, torn);
        }
        requireWholeOrNotAtAll(second, 40);
        assertThat(keptWithout(second, at -> at >= PAGE)).isEqualTo(second.acknowledged());
    }

    /** What the commit has in the first file was synced before the second was begun, so that is there; yet it does not count. */
    @Test
    void commitGoesOnInAnotherFile() throws Exception {
        Path running = directory.resolve("running");
        Commit commit;
        try (ServerStores stores = new XodusOnDisk().open(running)) {
            while (Files.size(log(running)) < FILE - 1_000_000) {
                append(stores, 1000);
            }
            do {
                commit = commit(stores, running);
            } while (commit.old().size() > 0);
        }
        assertThat(commit.log()).isNotEqualTo(FIRST);
        assertThat(keptWithout(commit, at -> false)).isEqualTo(sent.size());
        assertThat(keptWithout(commit, at -> true)).isEqualTo(commit.acknowledged());
        assertThat(keptWithout(commit, at -> at >= PAGE)).isEqualTo(commit.acknowledged());
        requireWholeOrNotAtAll(commit, 8);
        Files.delete(commit.after().resolve(commit.log()));
        Files.copy(commit.before().resolve(MARK), commit.after().resolve(MARK), REPLACE_EXISTING);
        assertThat(kept(commit.after(), commit.acknowledged())).isEqualTo(commit.acknowledged());
    }

    /** Then several commits may be torn, or be there without the one before: what is left is whole, and all that was synced is in it. */
    @Test
    void commitsThatTheSystemHadNotSynced() throws Exception {
        Path running = directory.resolve("running");
        Commit commits;
        do {
            try (ServerStores stores = new UnsyncedXodusOnDisk().open(running)) {
                commits = commit(stores, running, 6);
            }
        } while (Files.mismatch(commits.before().resolve(MARK), commits.after().resolve(MARK)) >= 0);
        for (int round = 0; round < 40; round++) {
            assertThat(keptWithout(commits, anyPages(commits))).isBetween(commits.acknowledged(), sent.size());
        }
        assertThat(keptWithout(commits, at -> false)).isEqualTo(sent.size());
    }

    private void requireWholeOrNotAtAll(Commit commit, int rounds) throws Exception {
        for (int round = 0; round < rounds; round++) {
            assertThat(keptWithout(commit, anyPages(commit))).isIn(commit.acknowledged(), sent.size());
        }
    }

    private IntPredicate anyPages(Commit commit) {
        boolean[] lost = new boolean[commit.whole().size() / PAGE + 1];
        for (int page = 0; page < lost.length; page++) {
            lost[page] = draw.below(3) == 0;
        }
        return at -> lost[at / PAGE];
    }

    private int keptWithout(Commit commit, IntPredicate lost) throws Exception {
        return kept(torn(commit, lost), commit.acknowledged());
    }

    /** What a disk may have that has not got some of what the commit changed in its last file. */
    private Path torn(Commit commit, IntPredicate lost) throws Exception {
        byte[] whole = commit.whole().toArray();
        byte[] left = Arrays.copyOf(commit.old().toArray(), whole.length);
        int length = commit.old().size();
        for (int at = 0; at < left.length; at++) {
            if (!lost.test(at)) {
                left[at] = whole[at];
                length = Math.max(length, at + 1);
            }
        }
        Path image = image();
        copy(commit.after(), image);
        Files.copy(commit.before().resolve(MARK), image.resolve(MARK), REPLACE_EXISTING);
        if (draw.below(2) == 0) {
            Files.copy(commit.before().resolve(SUMS), image.resolve(SUMS), REPLACE_EXISTING);
        }
        Files.write(image.resolve(commit.log()), Arrays.copyOf(left, length));
        return image;
    }

    /** How many messages stores hold that are opened on what is left; they go on, and close, and hold all then. */
    private int kept(Path image, int acknowledged) throws Exception {
        int kept;
        try (ServerStores stores = new XodusOnDisk().open(image)) {
            kept = requirePrefix(stores, acknowledged);
            List<Submission> rest = sent.subList(kept, sent.size());
            if (!rest.isEmpty()) {
                append(stores, rest);
            }
        }
        try (ServerStores stores = new XodusOnDisk().open(image)) {
            assertThat(requirePrefix(stores, acknowledged)).isEqualTo(sent.size());
        }
        return kept;
    }

    private int requirePrefix(ServerStores stores, int acknowledged) throws Exception {
        int kept = 0;
        List<StoredMessage> page;
        do {
            page = stores.messages()
                    .since(talker.conversation(), new Position(kept), 100)
                    .messages();
            for (StoredMessage message : page) {
                assertThat(message.id()).isEqualTo(sent.get(kept).id());
                assertThat(message.envelope()).isEqualTo(sent.get(kept).envelope());
                kept++;
            }
        } while (!page.isEmpty());
        assertThat(kept).isGreaterThanOrEqualTo(acknowledged);
        return kept;
    }

    private static Bytes content(Path file) throws Exception {
        return Bytes.adopt(Files.readAllBytes(file));
    }

    private Path image() {
        return directory.resolve("image" + images++);
    }

    /** The last file. */
    private static Path log(Path data) throws Exception {
        try (Stream<Path> files = Files.list(data.resolve("store/log"))) {
            return files.sorted().reduce((one, other) -> other).orElseThrow();
        }
    }

    private static void copy(Path from, Path to) throws Exception {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path path : all.toList()) {
                Files.copy(path, to.resolve(from.relativize(path)));
            }
        }
    }
}
