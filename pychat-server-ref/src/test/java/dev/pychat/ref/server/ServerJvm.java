package dev.pychat.ref.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.testkit.server.RawClient;
import dev.pychat.transport.ServerTrust;
import dev.pychat.transport.TlsSocketTransport;
import dev.pychat.transport.TransportOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The whole server in a process of its own, which listens; it is gone when this is closed. Thread-safe. */
final class ServerJvm implements AutoCloseable {

    private static final List<String> SOON = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");
    private static final String LISTENING = "listening on localhost:";
    private static final String OPERATORS = "for operators: ";

    private final Process process;
    private final Path data;
    private final List<String> said = new ArrayList<>();
    private boolean ended;

    private ServerJvm(Process process, Path data) {
        this.process = process;
        this.data = data;
        Thread reader = new Thread(this::listen, "what the server says");
        reader.setDaemon(true);
        reader.start();
    }

    /** Starts one on any free port and waits until it listens. */
    static ServerJvm start(Map<String, String> environment, Path data, String... more) throws Exception {
        return start(List.of(), environment, data, more);
    }

    /** Starts one by another program, given by its words. */
    static ServerJvm start(List<String> starter, Map<String, String> environment, Path data, String... more)
            throws Exception {
        String[] arguments = Stream.concat(Stream.of("--port", "0", "--data", data.toString()), Arrays.stream(more))
                .toArray(String[]::new);
        ServerJvm server = new ServerJvm(OwnJvm.start(starter, environment, SOON, arguments), data);
        server.line(LISTENING);
        return server;
    }

    private void listen() {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                hear(line, false);
            }
        } catch (IOException e) {
            hear(e.toString(), false);
        }
        hear("", true);
    }

    private synchronized void hear(String line, boolean last) {
        said.add(line);
        ended |= last;
        notifyAll();
    }

    /** Waits until it says a line with that in it, and gives what follows on the line. */
    synchronized String line(String part) throws InterruptedException {
        long end = System.nanoTime() + RawClient.PATIENCE.toNanos();
        while (true) {
            for (String line : said) {
                if (line.contains(part)) {
                    return line.substring(line.indexOf(part) + part.length());
                }
            }
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (ended || left <= 0) {
                throw new AssertionError("the server never said \"" + part + "\":\n" + String.join("\n", said));
            }
            wait(left);
        }
    }

    /** What it has said until now, on both outputs. */
    synchronized String said() {
        return String.join("\n", said);
    }

    /** A client that is connected and has said nothing. */
    RawClient client() throws Exception {
        ServerTrust trust = ServerTrust.certificates(Pem.certificates(data().resolve("tls-cert.pem")));
        int port = Integer.parseInt(line(LISTENING));
        return RawClient.connect(TlsSocketTransport.client("localhost", port, trust, TransportOptions.DEFAULT));
    }

    /** A page for operators: its status, and its text behind it. */
    String page(String name) throws Exception {
        URI page = URI.create(line(OPERATORS).replaceFirst("/health.*", name));
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(page).build(), HttpResponse.BodyHandlers.ofString());
        return answer.statusCode() + " " + answer.body();
    }

    /** Its data directory as this process finds it, even on a disk that only the server has. */
    Path data() {
        return seen(data);
    }

    /** A path of the server as this process finds it. */
    Path seen(Path path) {
        return Path.of("/proc/" + process.pid() + "/root" + path.toAbsolutePath());
    }

    /** SIGKILL. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
