package dev.pychat.ref.server.backup;

import java.nio.charset.StandardCharsets;
import java.util.Set;

/** Which files beside a store may be in a backup, and come out of it. Stateless. */
final class FileNames {

    /** What a data directory makes for itself. */
    private static final Set<String> OWN = Set.of("lock", "store", "store.new", "taking-records", "control");

    private static final int MOST = 255;

    private FileNames() {}

    /** Whether the name is that of a file in a directory itself, and none that the directory needs for itself. */
    static boolean isPlain(String name) {
        return !name.isBlank()
                && !name.equals(".")
                && !name.equals("..")
                && name.getBytes(StandardCharsets.UTF_8).length <= MOST
                && name.chars().noneMatch(c -> c == '/' || c == '\\' || c == ':' || c < ' ')
                && !OWN.contains(name);
    }
}
