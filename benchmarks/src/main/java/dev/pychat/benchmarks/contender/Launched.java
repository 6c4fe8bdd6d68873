package dev.pychat.benchmarks.contender;

import dev.pychat.benchmarks.load.ProcessTree;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A server's process, whose output goes to a log. Confined to one thread, but for its tree. */
final class Launched {

    private static final int START_SECONDS = 60;
    private static final int STOP_SECONDS = 60;
    private static final int LAST_LINES = 15;

    private final Process process;
    private final int port;

    private Launched(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** A port of the loopback address that nobody listens on. */
    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Starts a program and waits until it listens on a port. */
    static Launched start(Place place, int port, Map<String, String> environment, List<String> command)
            throws IOException, InterruptedException {
        Path log = place.log();
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(place.directory().toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        Launched launched = new Launched(builder.start(), port);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (!listens(port)) {
            if (!launched.process.isAlive() || System.nanoTime() > end) {
                launched.kill();
                throw new IOException(
                        command.get(0) + " did not listen on port " + port + "; its log ends with:\n" + end(log));
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
        return launched;
    }

    private static boolean listens(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    static String end(Path log) throws IOException {
        List<String> lines = new String(Files.readAllBytes(log), StandardCharsets.UTF_8)
                .lines()
                .toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
    }

    int port() {
        return port;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    ProcessTree tree() {
        return new ProcessTree(process.toHandle());
    }

    void kill() {
        List<ProcessHandle> below = process.descendants().toList();
        process.destroyForcibly();
        below.forEach(ProcessHandle::destroyForcibly);
        await(STOP_SECONDS);
    }

    void stop() {
        process.destroy();
        if (!await(STOP_SECONDS)) {
            kill();
        }
    }

    private boolean await(int seconds) {
        try {
            return process.waitFor(seconds, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
