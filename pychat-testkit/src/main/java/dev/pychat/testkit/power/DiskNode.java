package dev.pychat.testkit.power;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;

/** A file or directory on a disk: what is on it for good, and what was done since. Confined to one thread. */
interface DiskNode {

    /** Something was done to its content. */
    void change(JournalEntry entry);

    /** All that was done to it is on the disk for good. */
    void sync();

    /** Writes what is on the disk for good, and of the rest what luck says. */
    void write(Path target, Optional<Random> luck) throws IOException;
}
