package dev.pychat.testkit.network;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * One connection from a client to the server: two sockets, and a thread for each direction. Thread-safe.
 *
 * <pre>
 * open ─ a sender ends (FIN) ─▶ that way is shut ─ the other ends, too ─▶ over
 *  │ ─ cut ─▶ both ways are shut, what comes is thrown away until both have ended ─▶ over
 *  └ ─ reset, or an end tears it down, or the proxy is closed ─▶ over
 * </pre>
 */
final class ProxiedConnection {

    private final int number;
    private final Socket client;
    private final Socket server;
    private final List<Fault> faults;
    private final Consumer<Fault> struck;
    private final CountDownLatch over = new CountDownLatch(1);
    private final Set<Direction> ended = ConcurrentHashMap.newKeySet();
    private final Set<Direction> holes = ConcurrentHashMap.newKeySet();
    private volatile boolean cut;

    ProxiedConnection(int number, Socket client, Socket server, List<Fault> faults, Consumer<Fault> struck) {
        this.number = number;
        this.client = client;
        this.server = server;
        this.faults = faults;
        this.struck = struck;
    }

    /** Passes bytes on until the connection is over. */
    void run() throws IOException {
        client.setTcpNoDelay(true);
        server.setTcpNoDelay(true);
        Thread back = new Thread(() -> pump(Direction.TO_CLIENT), "pychat-faulty-proxy-" + number + "-back");
        back.setDaemon(true);
        back.start();
        pump(Direction.TO_SERVER);
        awaitOver();
    }

    private void pump(Direction way) {
        Socket from = way == Direction.TO_SERVER ? client : server;
        Socket to = way == Direction.TO_SERVER ? server : client;
        Course course = new Course(faults, way);
        course.lasting().forEach(struck);
        try {
            boolean told = new Pump(from.getInputStream(), to.getOutputStream(), course, new Side(way)).run();
            if (told) {
                shut(to);
                end(way, to);
            } else if (cut) {
                throwAway(from.getInputStream());
                end(way, to);
            } else if (holes.contains(way) && ended.contains(way.opposite())) {
                endUnheard(from);
            }
        } catch (IOException tornDown) {
            reset();
        }
    }

    private void end(Direction way, Socket to) throws IOException {
        ended.add(way);
        if (holes.contains(way.opposite())) {
            endUnheard(to);
        } else if (ended.size() == 2) {
            finish(true);
        }
    }

    /** Where one way swallows everything and its receiver has gone, nobody is left to be fooled when the sender goes, too. */
    private void endUnheard(Socket sender) throws IOException {
        throwAway(sender.getInputStream());
        finish(true);
    }

    private synchronized void shut(Socket to) throws IOException {
        if (!to.isOutputShutdown()) {
            to.shutdownOutput();
        }
    }

    private static void throwAway(InputStream in) throws IOException {
        byte[] rest = new byte[4096];
        while (in.read(rest) >= 0) {
            // Nobody gets it.
        }
    }

    private void cut() {
        cut = true;
        try {
            shut(client);
            shut(server);
        } catch (IOException gone) {
            reset();
        }
    }

    /** Tears it down, so that both ends see that. */
    void reset() {
        finish(false);
    }

    private void finish(boolean inGoodOrder) {
        over.countDown();
        for (Socket socket : List.of(client, server)) {
            try {
                if (!inGoodOrder) {
                    socket.setSoLinger(true, 0);
                }
                socket.close();
            } catch (IOException gone) {
                // It is closed, then.
            }
        }
    }

    private void awaitOver() {
        try {
            over.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            reset();
        }
    }

    private final class Side implements Pump.Owner {
        private final Direction way;

        private Side(Direction way) {
            this.way = way;
        }

        @Override
        public boolean isOverAfter(Duration time) {
            try {
                return over.await(time.toNanos(), TimeUnit.NANOSECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return true;
            }
        }

        @Override
        public boolean strikes(Fault.Once fault) {
            struck.accept(fault);
            if (fault instanceof Fault.Stall stall) {
                return !isOverAfter(stall.time());
            } else if (fault instanceof Fault.BlackHole) {
                holes.add(way);
            } else if (fault instanceof Fault.Cut) {
                cut();
            } else {
                reset();
            }
            return false;
        }

        @Override
        public boolean isUnheard() {
            return cut || holes.contains(way.opposite());
        }
    }
}
