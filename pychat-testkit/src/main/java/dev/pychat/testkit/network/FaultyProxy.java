package dev.pychat.testkit.network;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A TCP proxy on the loopback address that does to connections what its {@link Faults} say. While the server does not listen, whoever
 * connects is reset. Everything it has open is gone when it is closed; its threads are daemons named {@code pychat-faulty-proxy}.
 *
 * <p>Thread-safe.
 */
public final class FaultyProxy implements AutoCloseable {

    private static final int BACKLOG = 200;
    private static final int CONNECT_MILLIS = (int) Duration.ofSeconds(10).toMillis();

    private final InetSocketAddress server;
    private final ServerSocket listening;
    private final Set<ProxiedConnection> open = ConcurrentHashMap.newKeySet();
    private final List<Struck> struck = new CopyOnWriteArrayList<>();
    private final AtomicInteger accepted = new AtomicInteger();
    private volatile Faults faults;
    private volatile boolean closed;

    /**
     * A fault that has happened to a connection.
     *
     * @param connection the connection's number
     * @param fault what happened
     */
    public record Struck(int connection, Fault fault) {}

    private FaultyProxy(InetSocketAddress server, ServerSocket listening, Faults faults) {
        this.server = server;
        this.listening = listening;
        this.faults = faults;
    }

    /**
     * Starts one in front of a server on this machine.
     *
     * @param serverPort where the server listens at the loopback address, now or later
     * @param faults what happens to connections
     * @return the running proxy
     * @throws IOException if there is no port to listen on
     */
    public static FaultyProxy start(int serverPort, Faults faults) throws IOException {
        InetAddress here = InetAddress.getLoopbackAddress();
        ServerSocket listening = new ServerSocket(0, BACKLOG, here);
        FaultyProxy proxy = new FaultyProxy(new InetSocketAddress(here, serverPort), listening, faults);
        daemon(proxy::accept, "accept");
        return proxy;
    }

    /**
     * Where clients connect to it, at the loopback address.
     *
     * @return the port
     */
    public int port() {
        return listening.getLocalPort();
    }

    /**
     * Exchanges what happens to connections, from the next one on.
     *
     * @param next what happens to them
     */
    public void faults(Faults next) {
        faults = next;
    }

    /** Resets every connection that is open. */
    public void resetAll() {
        open.forEach(ProxiedConnection::reset);
    }

    /**
     * How many connections there are at the moment, swallowed ones with them.
     *
     * @return the count
     */
    public int open() {
        return open.size();
    }

    /**
     * What has happened until now, in order as far as single connections go.
     *
     * @return the faults that have struck
     */
    public List<Struck> struck() {
        return List.copyOf(struck);
    }

    private void accept() {
        while (!closed) {
            try {
                Socket client = listening.accept();
                int number = accepted.incrementAndGet();
                daemon(() -> serve(number, client), Integer.toString(number));
            } catch (IOException e) {
                // It is closed, or this one is gone before it was there.
            }
        }
    }

    private void serve(int number, Socket client) {
        Socket toServer = new Socket();
        ProxiedConnection connection = new ProxiedConnection(
                number, client, toServer, faults.of(number), fault -> struck.add(new Struck(number, fault)));
        open.add(connection);
        try {
            toServer.connect(server, CONNECT_MILLIS);
            if (!closed) {
                connection.run();
            }
        } catch (IOException noServer) {
            // Whoever has connected learns of it below.
        } finally {
            connection.reset();
            open.remove(connection);
        }
    }

    private static void daemon(Runnable work, String name) {
        Thread thread = new Thread(work, "pychat-faulty-proxy-" + name);
        thread.setDaemon(true);
        thread.start();
    }

    /** Stops it, and resets what is open. Idempotent. */
    @Override
    public void close() {
        closed = true;
        try {
            listening.close();
        } catch (IOException e) {
            // There is nothing left to close, then.
        }
        resetAll();
    }
}
