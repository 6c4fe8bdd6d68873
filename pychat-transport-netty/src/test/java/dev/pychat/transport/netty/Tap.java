package dev.pychat.transport.netty;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Passes connections on to a server of this machine, and sees how they begin. Thread-safe. */
final class Tap implements AutoCloseable {

    private final int server;
    private final ServerSocket listening = new ServerSocket(0, 50, NettyEnds.HERE);
    private final List<Line> lines = new CopyOnWriteArrayList<>();

    Tap(int server) throws IOException {
        this.server = server;
        daemon(this::accept);
    }

    int port() {
        return listening.getLocalPort();
    }

    /** What clients have said, for each connection whose server has answered. */
    List<Hello> clients() throws IOException {
        List<Hello> hellos = new ArrayList<>();
        for (Line line : answered()) {
            hellos.add(Hello.ofClient(line.fromClient.toByteArray()));
        }
        return hellos;
    }

    /** What the server has answered to each. */
    List<Hello> answers() throws IOException {
        List<Hello> hellos = new ArrayList<>();
        for (Line line : answered()) {
            hellos.add(Hello.ofServer(line.fromServer.toByteArray()));
        }
        return hellos;
    }

    private List<Line> answered() {
        return lines.stream().filter(line -> line.fromServer.size() > 0).toList();
    }

    /** Ends all connections. */
    void cut() throws IOException {
        for (Line line : lines) {
            line.close();
        }
    }

    private void accept() throws IOException {
        while (true) {
            Line line = new Line(listening.accept(), new Socket(NettyEnds.HERE, server));
            lines.add(line);
            daemon(() -> line.pass(line.client, line.toServer, line.fromClient));
            daemon(() -> line.pass(line.toServer, line.client, line.fromServer));
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
        cut();
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void daemon(Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException e) {
                        // One side is gone, and so is the other.
                    }
                },
                "tap");
        thread.setDaemon(true);
        thread.start();
    }

    private record Line(
            Socket client, Socket toServer, ByteArrayOutputStream fromClient, ByteArrayOutputStream fromServer) {

        Line(Socket client, Socket toServer) {
            this(client, toServer, new ByteArrayOutputStream(), new ByteArrayOutputStream());
        }

        void pass(Socket from, Socket to, ByteArrayOutputStream seen) throws IOException {
            try {
                InputStream in = from.getInputStream();
                byte[] buffer = new byte[16 * 1024];
                for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                    seen.write(buffer, 0, count);
                    to.getOutputStream().write(buffer, 0, count);
                }
            } finally {
                close();
            }
        }

        void close() throws IOException {
            client.close();
            toServer.close();
        }
    }
}
