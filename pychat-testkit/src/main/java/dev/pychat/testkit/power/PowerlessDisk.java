package dev.pychat.testkit.power;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * A disk that has lost its power: of each file it holds what was synced, and of each directory the names that it had when the
 * directory itself was synced. POSIX promises no more, and file systems that keep more keep it by kindness.
 *
 * <p>Confined to one thread.
 */
public final class PowerlessDisk {

    private final Map<Long, DiskNode> nodes = new HashMap<>();
    private Optional<DiskDirectory> root = Optional.empty();

    /** Makes one to which nothing was done yet. */
    public PowerlessDisk() {}

    /**
     * Does what a process did, before the power fails.
     *
     * @param entry the next entry of the journal
     * @throws AssertionError if it is not known what that leaves
     */
    public void take(JournalEntry entry) {
        switch (entry.type()) {
            case 'A' -> {}
            case 'B' -> root = Optional.of((DiskDirectory) nodes.computeIfAbsent(entry.inode(), DiskDirectory::new));
            case 'D' -> made(entry, new DiskDirectory(entry.inode()));
            case 'C' -> made(entry, new DiskFile());
            case 'W', 'T' -> node(entry).change(entry);
            case 'S' -> node(entry).sync();
            case 'R' -> renamed(entry.text());
            case 'U' -> parent(entry.text()).remove(name(entry.text()));
            case 'M' -> requireShared(entry.text());
            default -> throw new AssertionError("nobody can say what is left of: " + entry.text());
        }
    }

    private void made(JournalEntry entry, DiskNode node) {
        nodes.put(entry.inode(), node);
        parent(entry.text()).add(name(entry.text()), node);
    }

    private void renamed(String both) {
        int middle = both.indexOf(0);
        String from = both.substring(0, middle);
        String to = both.substring(middle + 1);
        DiskDirectory directory = parent(from);
        if (!directory.equals(parent(to))) {
            throw new AssertionError("a rename from one directory into another: " + from + " to " + to);
        }
        directory.rename(name(from), name(to));
    }

    /** SQLite's index of its log, which is made anew after each crash. What else is written through memory nobody sees. */
    private static void requireShared(String path) {
        if (!path.endsWith("-shm")) {
            throw new AssertionError("written through memory: " + path);
        }
    }

    private DiskNode node(JournalEntry entry) {
        DiskNode node = nodes.get(entry.inode());
        if (node == null) {
            throw new AssertionError("a file that was there before the journal: " + entry);
        }
        return node;
    }

    private DiskDirectory parent(String path) {
        DiskDirectory directory = root.orElseThrow();
        for (int slash = path.indexOf('/'), from = 0; slash >= 0; from = slash + 1, slash = path.indexOf('/', from)) {
            directory = directory.present(path.substring(from, slash));
        }
        return directory;
    }

    private static String name(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /**
     * Writes what is left into a directory.
     *
     * @param target the directory, made here
     * @throws IOException if that fails
     */
    public void write(Path target) throws IOException {
        write(target, Optional.empty());
    }

    /**
     * Writes what is left into a directory, and by chance some of what was never synced: a disk may have written it of itself, in
     * any order, a page here and a page there.
     *
     * @param target the directory, made here
     * @param luck decides
     * @throws IOException if that fails
     */
    public void writeWith(Path target, Random luck) throws IOException {
        write(target, Optional.of(luck));
    }

    private void write(Path target, Optional<Random> luck) throws IOException {
        Files.createDirectories(target);
        if (root.isPresent()) {
            root.get().write(target, luck);
        }
    }
}
