package dev.pychat.ref.server.operation;

import com.sun.net.httpserver.HttpServer;
import dev.pychat.server.ServerLoad;
import dev.pychat.server.ServerMetrics;
import dev.pychat.store.directory.Durability;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * The port by which this machine watches over the server: {@code /health}, {@code /ready} and {@code /metrics}, over HTTP on the
 * loopback address. It reads and changes nothing.
 *
 * <p>Thread-safe. Its threads are daemons named {@code pychat-operations-...}, but for the one with which the JDK's HTTP server
 * waits for connections.
 */
public final class Operations implements AutoCloseable {

    /** As many questions are answered at once; a watcher that is slow to ask holds up none but so many others. */
    private static final int THREADS = 4;

    /** So many seconds a question and its answer may take each: who asks is on this machine. */
    private static final String SECONDS = "5";

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Meters meters = new Meters(registry);
    private final JvmGcMetrics collections = new JvmGcMetrics();
    private final HttpServer http;
    private final ExecutorService executor;

    private Operations(HttpServer http) {
        this.http = http;
        AtomicInteger number = new AtomicInteger();
        this.executor = Executors.newFixedThreadPool(THREADS, task -> {
            Thread thread = new Thread(task, "pychat-operations-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        http.setExecutor(executor);
    }

    /**
     * Takes the port. Nothing is answered before {@link #start}.
     *
     * @param port the port, 0 to 65,535; 0 for any free one
     * @return what is to be told of the server's work, started, and closed
     * @throws IOException if the port can't be had
     */
    public static Operations bind(int port) throws IOException {
        // The JDK's HTTP server, which nothing else here uses, waits for ever where these are not set.
        System.getProperties().putIfAbsent("sun.net.httpserver.maxReqTime", SECONDS);
        System.getProperties().putIfAbsent("sun.net.httpserver.maxRspTime", SECONDS);
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        return new Operations(HttpServer.create(address, 0));
    }

    /**
     * Where the server tells what it does.
     *
     * @return the metrics
     */
    public ServerMetrics metrics() {
        return meters;
    }

    /**
     * Begins to answer.
     *
     * @param load what the server has in hand
     * @param data the data directory, whose size is told
     * @param durability whether messages are on the disk before they are accepted, which is told too
     */
    public void start(Supplier<ServerLoad> load, Path data, Durability durability) {
        LoadMeters.register(registry, load, data, durability);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ClassLoaderMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new FileDescriptorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        collections.bindTo(registry);
        http.createContext("/", new OperationPages(load, registry::scrape, InstantSource.system()));
        http.start();
    }

    /**
     * The port.
     *
     * @return 1 to 65,535
     */
    public int port() {
        return http.getAddress().getPort();
    }

    /**
     * Where a watcher asks.
     *
     * @return the address, as the beginning of a URL
     */
    public String url() {
        String host = http.getAddress().getAddress().getHostAddress();
        return "http://" + (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port();
    }

    /** Answers no more. Idempotent. */
    @Override
    public void close() {
        http.stop(0);
        executor.shutdownNow();
        collections.close();
        registry.close();
    }
}
