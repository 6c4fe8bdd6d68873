package dev.pychat.ref.server.operation;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.pychat.server.ServerLoad;
import dev.pychat.server.StoreFailure;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What {@code /ready} makes of what a server has in hand. */
class ReadyPageTest {

    private static final Instant FAILED = Instant.parse("2026-05-01T03:00:00Z");
    private static final Optional<StoreFailure> FULL =
            Optional.of(new StoreFailure("the last messages were not stored: the disk is full", FAILED));

    private final AtomicReference<ServerLoad> load = new AtomicReference<>();
    private final AtomicReference<Instant> now = new AtomicReference<>(FAILED);
    private HttpServer http;

    @BeforeEach
    void start() throws Exception {
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.createContext("/", new OperationPages(load::get, () -> "", now::get));
        http.start();
    }

    @AfterEach
    void stop() {
        http.stop(0);
    }

    @Test
    void serverWhoseStoreTakesAllIsReady() throws Exception {
        has(Optional.empty(), false);
        assertThat(ready()).isEqualTo("200 ready\n");
    }

    /** Who sends clients by this page would never send one again, and without one nobody finds out that there is room. */
    @Test
    void failureOfTheStoreCountsForAMinute() throws Exception {
        has(FULL, false);
        assertThat(ready()).isEqualTo("503 the last messages were not stored: the disk is full\n");
        now.set(FAILED.plusSeconds(59));
        assertThat(ready()).startsWith("503");
        now.set(FAILED.plusSeconds(60));
        assertThat(ready()).startsWith("200");
    }

    @Test
    void serverThatStopsIsNotReady() throws Exception {
        now.set(FAILED.plusSeconds(3600));
        has(FULL, true);
        assertThat(ready()).isEqualTo("503 the server is stopping\n");
    }

    private void has(Optional<StoreFailure> failure, boolean stopping) {
        load.set(new ServerLoad(0, 0, 0, 0, 0, 0, failure, stopping));
    }

    private String ready() throws Exception {
        URI page = URI.create("http://localhost:" + http.getAddress().getPort() + "/ready");
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(page).build(), HttpResponse.BodyHandlers.ofString());
        return answer.statusCode() + " " + answer.body();
    }
}
