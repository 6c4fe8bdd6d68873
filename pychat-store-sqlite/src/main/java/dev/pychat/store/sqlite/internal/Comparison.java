package dev.pychat.store.sqlite.internal;

import dev.pychat.store.directory.internal.DamagedFileException;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** Compares the files with what was kept of them. Confined to one thread. */
final class Comparison {

    private final GuardedFiles files;
    private final Mark mark;
    private final WalFile log;
    private final int[] sums;
    private final Optional<NextSums> next;

    Comparison(GuardedFiles files, Mark mark) throws IOException {
        this.files = files;
        this.mark = mark;
        this.log = WalFile.read(files.log(), files.pageBytes());
        this.next = NextSums.read(files.next());
        this.sums = files.sums().read(next.isPresent());
    }

    WalFile log() {
        return log;
    }

    /**
     * Touches nothing.
     *
     * @return whether the log had gone into the database when something ended the process that was about to say so
     */
    boolean requireIntact() throws IOException {
        boolean wentIn = next.isPresent() && log.frames() == 0;
        if (!wentIn && !mark.isIn(log)) {
            throw new DamagedFileException(files.log().getFileName() + " ends behind " + log.frames() + " of "
                    + mark.frames() + " pages that were acknowledged, or is another one");
        }
        if (next.isEmpty()) {
            requirePages(sums.length, false, this::isOld);
        } else if (wentIn) {
            requirePages(next.get().pages(), false, this::isNew);
        } else {
            // Between two sizes; what is beyond the shorter one is in the log.
            requirePages(
                    leastPages(),
                    true,
                    (page, sum) -> log.pages().containsKey(page) || isOld(page, sum) || isNew(page, sum));
        }
        return wentIn;
    }

    private interface Expected {
        boolean is(long page, int sum);
    }

    private void requirePages(long least, boolean changing, Expected expected) throws IOException {
        long[] seen = {0};
        PageSums.visit(files.database(), files.pageBytes(), changing, (page, sum) -> {
            seen[0] = page;
            if (!expected.is(page, sum)) {
                throw new DamagedFileException(
                        "page " + page + " of " + files.database().getFileName() + " is not what was written");
            }
        });
        if (seen[0] < least) {
            throw new DamagedFileException(
                    files.database().getFileName() + " has " + seen[0] + " pages, it had " + least);
        }
    }

    /** Every page that the log does not have is in the database. */
    private long leastPages() {
        long least = Math.min(sums.length, log.size());
        while (least > 0 && log.pages().containsKey(least)) {
            least--;
        }
        return least;
    }

    private boolean isOld(long page, int sum) {
        return page <= sums.length && sums[(int) (page - 1)] == sum;
    }

    private boolean isNew(long page, int sum) {
        Map<Long, Integer> changed = next.map(NextSums::sums).orElse(Map.of());
        Integer expected = changed.get(page);
        return expected == null ? isOld(page, sum) : expected == sum;
    }
}
