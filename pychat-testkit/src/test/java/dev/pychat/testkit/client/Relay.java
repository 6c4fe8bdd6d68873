package dev.pychat.testkit.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Passes bytes on between a client and a server, until it is told to swallow: then the connections that it has stay open, take whatever
 * comes and answer nothing, as where a machine in between is gone.
 */
final class Relay implements AutoCloseable {

    private final ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final int server;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final AtomicInteger swallowed = new AtomicInteger();

    private Relay(int server) throws IOException {
        this.server = server;
    }

    static Relay to(int server) throws IOException {
        Relay relay = new Relay(server);
        daemon(relay::accept);
        return relay;
    }

    int port() {
        return listening.getLocalPort();
    }

    /** The connections that there are now are half open from here on; others may follow. */
    void swallow() {
        swallowed.set(sockets.size());
    }

    private void accept() throws IOException {
        while (true) {
            Socket client = listening.accept();
            Socket onwards = new Socket(InetAddress.getLoopbackAddress(), server);
            int number = sockets.size();
            sockets.add(client);
            sockets.add(onwards);
            daemon(() -> pass(client, onwards, number));
            daemon(() -> pass(onwards, client, number));
        }
    }

    private void pass(Socket from, Socket to, int number) throws IOException {
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream();
        byte[] some = new byte[8192];
        for (int count = in.read(some); count >= 0; count = in.read(some)) {
            if (number >= swallowed.get()) {
                out.write(some, 0, count);
                out.flush();
            }
        }
        if (number >= swallowed.get()) {
            to.close();
        }
    }

    private interface Passing {
        void run() throws IOException;
    }

    private static void daemon(Passing passing) {
        Thread thread = new Thread(
                () -> {
                    try {
                        passing.run();
                    } catch (IOException e) {
                        // One of the two ends has gone, and this goes with it.
                    }
                },
                "relay");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        listening.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
