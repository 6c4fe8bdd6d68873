package dev.pychat.benchmarks.field;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;

/** What the figures were taken on. */
final class Machine {

    private Machine() {}

    /** Names and values. */
    static Map<String, String> describe() throws IOException {
        Map<String, String> lines = new LinkedHashMap<>();
        lines.put("processor", first(Path.of("/proc/cpuinfo"), line -> line.startsWith("model name")));
        lines.put("cores", Integer.toString(Runtime.getRuntime().availableProcessors()));
        String total = first(Path.of("/proc/meminfo"), line -> line.startsWith("MemTotal"));
        lines.put("memory", (Long.parseLong(total.replaceAll("[^0-9]", "")) >> 20) + " GiB");
        lines.put(
                "system",
                first(Path.of("/etc/os-release"), line -> line.startsWith("PRETTY_NAME"))
                                .replace("\"", "") + ", " + System.getProperty("os.name") + " "
                        + System.getProperty("os.version"));
        lines.put("generator's Java", System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"));
        lines.put("load before", load());
        return lines;
    }

    private static String load() throws IOException {
        String[] words = Files.readString(Path.of("/proc/loadavg")).split(" ", -1);
        return String.format(Locale.ROOT, "%s in the last minute", words[0]);
    }

    private static String first(Path file, Predicate<String> wanted) throws IOException {
        return Files.readAllLines(file).stream()
                .filter(wanted)
                .map(line -> line.replaceFirst("^[^:=]*[:=]", "").strip())
                .findFirst()
                .orElse("unknown");
    }
}
