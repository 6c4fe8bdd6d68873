package dev.pychat.testkit.power;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;

/** A directory on a disk. Confined to one thread. */
final class DiskDirectory implements DiskNode {

    private final long inode;
    private final Map<String, DiskNode> present = new TreeMap<>();
    private final Map<String, DiskNode> synced = new TreeMap<>();
    private final List<Consumer<Map<String, DiskNode>>> unsynced = new ArrayList<>();

    DiskDirectory(long inode) {
        this.inode = inode;
    }

    /** A directory in it, as the process sees it. */
    DiskDirectory present(String name) {
        if (present.get(name) instanceof DiskDirectory directory) {
            return directory;
        }
        throw new AssertionError("a directory that was there before the journal: " + name);
    }

    void add(String name, DiskNode node) {
        change(names -> names.put(name, node));
    }

    void remove(String name) {
        change(names -> names.remove(name));
    }

    void rename(String from, String to) {
        change(names -> Optional.ofNullable(names.remove(from)).ifPresent(node -> names.put(to, node)));
    }

    private void change(Consumer<Map<String, DiskNode>> change) {
        change.accept(present);
        unsynced.add(change);
    }

    @Override
    public void change(JournalEntry entry) {
        throw new AssertionError("written into a directory: " + entry);
    }

    @Override
    public void sync() {
        unsynced.forEach(change -> change.accept(synced));
        unsynced.clear();
    }

    /** Changes of names survive in the order in which they were made. */
    @Override
    public void write(Path target, Optional<Random> luck) throws IOException {
        Map<String, DiskNode> left = new TreeMap<>(synced);
        int kept = luck.map(random -> random.nextInt(unsynced.size() + 1)).orElse(0);
        unsynced.subList(0, kept).forEach(change -> change.accept(left));
        Files.createDirectories(target);
        for (Map.Entry<String, DiskNode> each : left.entrySet()) {
            each.getValue().write(target.resolve(each.getKey()), luck);
        }
    }

    @Override
    public String toString() {
        return "directory " + inode;
    }
}
