package dev.pychat.benchmarks.contender;

import dev.pychat.benchmarks.budget.Profiler;
import dev.pychat.benchmarks.load.Command;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the reference server's page of figures says, and what its JVM can be told. */
final class PychatInside implements RunningServer.Inside {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final String EDEN = "Eden Space";

    private final int port;
    private final long pid;
    private final Path javaHome;

    PychatInside(int port, long pid, Path javaHome) {
        this.port = port;
        this.pid = pid;
        this.javaHome = javaHome;
    }

    @Override
    public Map<String, Double> read() throws IOException {
        List<String> lines = page();
        // What was allocated up to the last collection, and what stands in eden since.
        double allocated =
                sum(lines, "jvm_gc_memory_allocated_bytes_total", "") + sum(lines, "jvm_memory_used_bytes", EDEN);
        return Map.of(
                RunningServer.BATCHES,
                sum(lines, "pychat_store_batch_count", ""),
                RunningServer.BATCHED,
                sum(lines, "pychat_store_batch_sum", ""),
                RunningServer.ALLOCATED,
                allocated);
    }

    private List<String> page() throws IOException {
        URI page = URI.create("http://127.0.0.1:" + port + "/metrics");
        try {
            return HTTP.send(
                            HttpRequest.newBuilder(page).build(),
                            HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8))
                    .body()
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .toList();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static double sum(List<String> lines, String name, String label) {
        return lines.stream()
                .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
                .filter(line -> line.contains(label))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    @Override
    public Optional<Profiler> profiler() {
        return Optional.of(new Profiler(javaHome, pid));
    }

    @Override
    public boolean collect() throws IOException, InterruptedException {
        Command.jcmd(javaHome, pid, "GC.run");
        return true;
    }
}
