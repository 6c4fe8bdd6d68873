package dev.pychat.testkit.power;

import dev.pychat.testkit.Needs;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The journal of what processes do to the files below a root, from which a {@link PowerlessDisk} is made. Several processes, one after
 * the other, continue it.
 *
 * <p>Immutable; one process at a time writes.
 */
public final class PowerJournal {

    private final Path directory;
    private final Path root;

    private PowerJournal(Path directory, Path root) {
        this.directory = directory;
        this.root = root;
    }

    /**
     * Compiles what keeps the journal. Skips the test where that can't be done, or fails it where {@code CI=true}.
     *
     * @param directory where the library and the journal are kept, outside the root
     * @param root what is watched: an empty directory, in which the processes make what is to survive
     * @return the journal, empty so far
     * @throws IOException if a file can't be written
     * @throws InterruptedException if the calling thread was interrupted
     */
    public static PowerJournal of(Path directory, Path root) throws IOException, InterruptedException {
        if (!System.getProperty("os.name").equals("Linux")) {
            Needs.without("this test needs Linux, to journal what a process does to its files");
        }
        Needs.program("gcc", "apt-get install gcc libc6-dev");
        Path source = directory.resolve("journal.c");
        try (InputStream in = Objects.requireNonNull(PowerJournal.class.getResourceAsStream("journal.c"))) {
            Files.copy(in, source);
        }
        Process compiler = new ProcessBuilder(
                        "gcc", "-O1", "-shared", "-fPIC", "-o", "journal.so", "journal.c", "-ldl", "-lpthread")
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(compiler.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (compiler.waitFor() != 0) {
            Needs.without("this test needs a C compiler for glibc (apt-get install gcc libc6-dev):\n" + said);
        }
        return new PowerJournal(directory, root);
    }

    /**
     * What is watched.
     *
     * @return the root
     */
    public Path root() {
        return root;
    }

    /**
     * What a process must find in its environment.
     *
     * @return variables to be added
     */
    public Map<String, String> environment() {
        return Map.of(
                "LD_PRELOAD", directory.resolve("journal.so").toString(),
                "POWER_ROOT", root.toString(),
                "POWER_JOURNAL", file().toString(),
                "POWER_KILL", kill().toString(),
                "POWER_FAIL", fail().toString());
    }

    /**
     * How long the journal is: what a test learns now was done before that.
     *
     * @return bytes
     * @throws IOException if it can't be read
     */
    public long length() throws IOException {
        return Files.size(file());
    }

    /**
     * Reads what was journaled.
     *
     * @return the entries in their order
     * @throws IOException if it can't be read
     */
    public List<JournalEntry> entries() throws IOException {
        return JournalEntry.read(file());
    }

    /**
     * The disk as it is when the power fails at some moment.
     *
     * @param length how long the journal was at that moment
     * @return what the power failure leaves
     * @throws IOException if the journal can't be read
     */
    public PowerlessDisk disk(long length) throws IOException {
        PowerlessDisk disk = new PowerlessDisk();
        entries().stream().takeWhile(entry -> entry.end() <= length).forEach(disk::take);
        return disk;
    }

    /**
     * Says whether the process is killed in the place of its next sync: what it wrote is in the kernel's hands, and not on the disk.
     *
     * @param armed true from now on, false to end that
     * @throws IOException if that can't be said
     */
    public void killAtSync(boolean armed) throws IOException {
        say(kill(), armed);
    }

    /**
     * Says whether syncs fail, as on a disk that dies.
     *
     * @param failing true from now on, false to end that
     * @throws IOException if that can't be said
     */
    public void failSyncs(boolean failing) throws IOException {
        say(fail(), failing);
    }

    /**
     * Says that syncs of some files fail from now on, until {@link #failSyncs} ends that.
     *
     * @param end how the path of a file or directory ends whose sync fails
     * @throws IOException if that can't be said
     */
    public void failSyncsOf(String end) throws IOException {
        Path fresh = directory.resolve("fail.new");
        Files.writeString(fresh, end);
        Files.move(fresh, fail(), StandardCopyOption.ATOMIC_MOVE);
    }

    private static void say(Path file, boolean there) throws IOException {
        Files.deleteIfExists(file);
        if (there) {
            Files.createFile(file);
        }
    }

    private Path file() {
        return directory.resolve("journal");
    }

    private Path kill() {
        return directory.resolve("kill-at-sync");
    }

    private Path fail() {
        return directory.resolve("fail-syncs");
    }
}
