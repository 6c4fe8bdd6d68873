package dev.pychat.ref.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pychat.model.Username;
import dev.pychat.testkit.server.RawClient;
import dev.pychat.testkit.server.RawLane;
import dev.pychat.wire.Failure;
import dev.pychat.wire.GetBundle;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The port by which an operator watches the server. */
class OperationsTest {

    private final HttpClient http = HttpClient.newHttpClient();

    @TempDir
    Path directory;

    private Path data;

    @BeforeEach
    void name() {
        data = directory.resolve("data");
    }

    @Test
    void thereIsNoneUnlessItIsAskedFor() throws Exception {
        try (Started server = Started.on(data)) {
            assertThat(server.printed()).doesNotContain("operators");
        }
    }

    @Test
    void figuresFollowWhatHappens() throws Exception {
        try (Started server = Started.with(data, Map.of(Setting.OPERATIONS_PORT, "0"))) {
            RawClient alice = server.client();
            alice.signUp("alice");
            server.client().signUp("bob");
            RawLane toBob = new RawLane(alice, "bob");
            toBob.send("one");
            toBob.send("three");
            Map<String, Double> figures = figures(server);
            assertThat(figures)
                    .containsEntry("pychat_connections", 2.0)
                    .containsEntry("pychat_sessions", 2.0)
                    .containsEntry("pychat_connections_opened_total", 2.0)
                    .containsEntry("pychat_messages_accepted_total", 2.0)
                    .containsEntry("pychat_messages_accepted_bytes_total", 8.0)
                    .containsEntry("pychat_frames_total{direction=\"in\",type=\"submit\"}", 2.0)
                    .containsEntry("pychat_store_batch_sum", 2.0)
                    .containsEntry("pychat_store_batch_time_seconds_count{result=\"durable\"}", 2.0)
                    .containsEntry("pychat_store_failing", 0.0)
                    .containsEntry("pychat_hash_time_seconds_count", 2.0);
            assertThat(figures.get("pychat_store_size_bytes")).isGreaterThan(1_000);
            assertThat(figures.keySet()).anyMatch(name -> name.startsWith("jvm_memory_used_bytes{"));
            assertThat(figures.get("process_files_open_files")).isPositive();
        }
    }

    /** OPERATING.md names no figure that there is not, and leaves out none of the server's own. */
    @Test
    void everyFigureIsDocumented() throws Exception {
        String page = Files.readString(Path.of("../OPERATING.md"));
        Set<String> documented = Pattern.compile("`(pychat_[a-z_]+)`")
                .matcher(page)
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        try (Started server = Started.with(data, Map.of(Setting.OPERATIONS_PORT, "0"))) {
            RawClient alice = server.client();
            alice.signUp("alice");
            alice.ask(Failure.class, id -> new GetBundle(id, new Username("somebody-else")));
            Set<String> told = figures(server).keySet().stream()
                    .map(name -> name.replaceFirst("\\{.*", ""))
                    .filter(name -> name.startsWith("pychat_"))
                    .collect(Collectors.toCollection(TreeSet::new));
            assertThat(told).containsAll(documented);
            assertThat(documented)
                    .containsAll(told.stream()
                            .filter(name ->
                                    !name.matches("pychat_(store_batch(_time_seconds)?|hash_time_seconds)(_max)?"))
                            .toList());
        }
    }

    @Test
    void figuresTellWhetherWhatIsAcceptedIsOnTheDisk() throws Exception {
        try (Started server = Started.with(data, Map.of(Setting.OPERATIONS_PORT, "0"))) {
            assertThat(figures(server)).containsEntry("pychat_store_synced", 1.0);
        }
        try (Started server = Started.with(data, Map.of(Setting.OPERATIONS_PORT, "0", Setting.DURABILITY, "os"))) {
            assertThat(figures(server)).containsEntry("pychat_store_synced", 0.0);
        }
    }

    @Test
    void figuresNameNobody() throws Exception {
        try (Started server = Started.with(data, Map.of(Setting.OPERATIONS_PORT, "0"))) {
            RawClient alice = server.client();
            alice.signUp("somebody-or-other");
            alice.ask(Failure.class, id -> new GetBundle(id, new Username("somebody-else")));
            assertThat(get(server, "/metrics").body())
                    .contains("pychat_refusals_total{code=\"unknown_user\"} 1.0")
                    .doesNotContain("somebody", "127.0.0.1");
        }
    }

    @Test
    void healthAndReadinessAreTold() throws Exception {
        try (Started server = Started.with(data, Map.of(Setting.OPERATIONS_PORT, "0"))) {
            assertThat(get(server, "/health").body()).isEqualTo("alive\n");
            assertThat(get(server, "/ready").statusCode()).isEqualTo(200);
            HttpResponse<String> other = get(server, "/secret");
            assertThat(other.statusCode()).isEqualTo(404);
            assertThat(other.body()).isEqualTo("known here are /health, /ready and /metrics\n");
        }
    }

    @Test
    void nothingCanBePutThere() throws Exception {
        try (Started server = Started.with(data, Map.of(Setting.OPERATIONS_PORT, "0"))) {
            HttpRequest post = HttpRequest.newBuilder(page(server, "/metrics"))
                    .POST(HttpRequest.BodyPublishers.ofString("x".repeat(1_000_000)))
                    .build();
            for (int i = 0; i < 20; i++) {
                assertThat(http.send(post, HttpResponse.BodyHandlers.ofString()).statusCode())
                        .isEqualTo(405);
            }
            HttpRequest head = HttpRequest.newBuilder(page(server, "/metrics"))
                    .method("HEAD", HttpRequest.BodyPublishers.noBody())
                    .build();
            assertThat(http.send(head, HttpResponse.BodyHandlers.ofString()).body())
                    .isEmpty();
        }
    }

    /** Anybody on this machine can connect, and a watcher that gets no answer starts the server anew. */
    @Test
    void whoeverIsSlowToAskKeepsNobodyFromAnAnswerForLong() throws Exception {
        List<Socket> slow = new ArrayList<>();
        try (Started server = Started.with(data, Map.of(Setting.OPERATIONS_PORT, "0"))) {
            URI health = page(server, "/health");
            for (String begun :
                    List.of("POST /health HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\nx", "GET /hea")) {
                for (int i = 0; i < 8; i++) {
                    Socket socket = new Socket(health.getHost(), health.getPort());
                    slow.add(socket);
                    socket.getOutputStream().write(begun.getBytes(StandardCharsets.US_ASCII));
                }
            }
            HttpRequest ask = HttpRequest.newBuilder(health)
                    .timeout(Duration.ofMinutes(1))
                    .build();
            assertThat(http.send(ask, HttpResponse.BodyHandlers.ofString()).body())
                    .isEqualTo("alive\n");
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
    }

    @Test
    void onlyThisMachineReachesIt() throws Exception {
        try (Started server = Started.with(data, Map.of(Setting.OPERATIONS_PORT, "0", Setting.HOST, "0.0.0.0"))) {
            assertThat(InetAddress.getByName(page(server, "/").getHost()).isLoopbackAddress())
                    .isTrue();
        }
    }

    @Test
    void takenPortIsSaidBeforeAnythingIsServed() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(taken.getLocalPort());
            assertThatThrownBy(() -> Started.with(data, Map.of(Setting.OPERATIONS_PORT, port)))
                    .isInstanceOfSatisfying(
                            StartException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.ADDRESS_IN_USE))
                    .hasMessageContaining("cannot listen on port " + port + " for operators");
        }
        assertThat(Files.exists(data.resolve("tls-key.pem"))).isFalse();
        Started.on(data).close();
    }

    @Test
    void closedServerAnswersNoWatcher() throws Exception {
        URI health;
        try (Started server = Started.with(data, Map.of(Setting.OPERATIONS_PORT, "0"))) {
            health = page(server, "/health");
        }
        assertThatThrownBy(
                        () -> http.send(HttpRequest.newBuilder(health).build(), HttpResponse.BodyHandlers.ofString()))
                .isInstanceOf(ConnectException.class);
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().startsWith("pychat-operations-") && thread.isAlive());
    }

    private Map<String, Double> figures(Started server) throws Exception {
        return get(server, "/metrics")
                .body()
                .lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split(" (?=[^ ]*$)"))
                .collect(Collectors.toMap(parts -> parts[0], parts -> Double.valueOf(parts[1])));
    }

    private HttpResponse<String> get(Started server, String path) throws Exception {
        return http.send(HttpRequest.newBuilder(page(server, path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static URI page(Started server, String path) {
        String line = server.printed()
                .lines()
                .filter(each -> each.startsWith("for operators: "))
                .findFirst()
                .orElseThrow();
        return URI.create(line.substring("for operators: ".length(), line.indexOf("/health")) + path);
    }
}
