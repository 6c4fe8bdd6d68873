package dev.pychat.ref.server.operation;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.pychat.server.ServerLoad;
import dev.pychat.server.StoreFailure;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;

/** The three pages of the port for operators. Thread-safe. */
final class OperationPages implements HttpHandler {

    private static final String TEXT = "text/plain; charset=utf-8";
    private static final String METRICS = "text/plain; version=0.0.4; charset=utf-8";

    /**
     * So much of a body that nobody wants, in bytes, is read before the answer: a connection that is closed over unread bytes is
     * reset, and the answer with it.
     */
    private static final int BODY = 1 << 20;

    /**
     * For so long a store that failed counts against the server, unless it takes what it is given sooner. If nobody is sent here while it
     * fails, nobody finds out that it no longer does.
     */
    private static final Duration FAILING = Duration.ofMinutes(1);

    private record Page(int status, String type, String text) {}

    private final Supplier<ServerLoad> load;
    private final Supplier<String> metrics;
    private final InstantSource clock;

    OperationPages(Supplier<ServerLoad> load, Supplier<String> metrics, InstantSource clock) {
        this.load = load;
        this.metrics = metrics;
        this.clock = clock;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            boolean head = exchange.getRequestMethod().equals("HEAD");
            Page page = head || exchange.getRequestMethod().equals("GET")
                    ? page(String.valueOf(exchange.getRequestURI().getPath()))
                    : refuse(exchange);
            byte[] body = page.text().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", page.type());
            exchange.getResponseHeaders().set("Cache-Control", "no-store");
            exchange.sendResponseHeaders(page.status(), head ? -1 : body.length);
            if (!head) {
                exchange.getResponseBody().write(body);
            }
        }
    }

    private static Page refuse(HttpExchange exchange) throws IOException {
        exchange.getRequestBody().readNBytes(BODY);
        return new Page(HttpURLConnection.HTTP_BAD_METHOD, TEXT, "only GET and HEAD are known here\n");
    }

    private Page page(String path) {
        return switch (path) {
            case "/health" -> new Page(HttpURLConnection.HTTP_OK, TEXT, "alive\n");
            case "/ready" -> ready();
            case "/metrics" -> new Page(HttpURLConnection.HTTP_OK, METRICS, metrics.get());
            default ->
                new Page(HttpURLConnection.HTTP_NOT_FOUND, TEXT, "known here are /health, /ready and /metrics\n");
        };
    }

    /** Whether it is of use to send clients here. */
    private Page ready() {
        return unready(load.get())
                .map(why -> new Page(HttpURLConnection.HTTP_UNAVAILABLE, TEXT, why + "\n"))
                .orElseGet(() -> new Page(HttpURLConnection.HTTP_OK, TEXT, "ready\n"));
    }

    private Optional<String> unready(ServerLoad now) {
        return now.stopping()
                ? Optional.of("the server is stopping")
                : now.storeFailure()
                        .filter(failure -> clock.instant().isBefore(failure.at().plus(FAILING)))
                        .map(StoreFailure::reason);
    }
}
