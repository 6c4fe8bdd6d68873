package dev.pychat.ref.server;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import picocli.CommandLine;

/** The commands behind {@code pychat server}, in the order of its help. Stateless. */
final class Subcommands {

    private static final Map<String, Supplier<Subcommand>> ALL = all();
    private static final List<String> HELP = List.of("-h", "--help");

    private Subcommands() {}

    private static Map<String, Supplier<Subcommand>> all() {
        Map<String, Supplier<Subcommand>> all = new LinkedHashMap<>();
        all.put("backup", BackupOptions::new);
        all.put("restore", RestoreOptions::new);
        all.put("check", CheckOptions::new);
        all.put("stats", StatsOptions::new);
        all.put("compact", CompactOptions::new);
        all.put("migrate", MigrateOptions::new);
        all.put("reload-tls", ReloadOptions::new);
        all.put("rotate-tls-key", RotateOptions::new);
        all.put("rehearse", RehearseOptions::new);
        return all;
    }

    /**
     * Adds them if they can be meant: if a word is the name of one, or the help is asked for that lists them. The start of a server is
     * not to wait until the options of each are read by reflection.
     */
    static void add(CommandLine server, String... arguments) {
        for (String word : arguments) {
            if (ALL.containsKey(word) || HELP.contains(word)) {
                ALL.forEach((name, made) -> server.addSubcommand(name, made.get()));
                return;
            }
        }
    }
}
