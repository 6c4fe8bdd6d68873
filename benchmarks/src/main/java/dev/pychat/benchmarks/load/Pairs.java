package dev.pychat.benchmarks.load;

import dev.pychat.model.PychatException;
import dev.pychat.transport.ClientTransport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Pairs that are online and talk in both directions. Confined to one thread. */
final class Pairs implements AutoCloseable {

    private final List<LoadClient> clients = new ArrayList<>();
    private final Meter meter = new Meter();

    /** Two seats make a pair, in their order. */
    static Pairs connect(ClientTransport transport, List<Seat> seats) throws PychatException, InterruptedException {
        Pairs pairs = new Pairs();
        try {
            for (int i = 0; i < seats.size(); i++) {
                Seat peer = seats.get(i ^ 1);
                pairs.clients.add(LoadClient.connect(transport, seats.get(i), peer.user(), pairs.meter));
            }
            return pairs;
        } catch (PychatException | InterruptedException | RuntimeException e) {
            pairs.close();
            throw e;
        }
    }

    Meter meter() {
        return meter;
    }

    /** Each side keeps so many messages sent and not yet accepted, for a while. */
    void keepBusy(int window) {
        clients.forEach(client -> client.keepSending(window));
    }

    /** Waits until what was sent has arrived, or for so long. */
    void quieten(Duration patience) throws InterruptedException {
        clients.forEach(LoadClient::stopSending);
        long end = System.nanoTime() + patience.toNanos();
        long before = -1;
        while (meter.delivered() != before && System.nanoTime() < end) {
            before = meter.delivered();
            TimeUnit.MILLISECONDS.sleep(200);
        }
    }

    /** Sends a number of messages a second, one client after the other, each due at its own moment, until the time is over. */
    void pace(double perSecond, Duration time) {
        long interval = Math.round(TimeUnit.SECONDS.toNanos(1) / perSecond);
        long start = System.nanoTime();
        long count = time.toNanos() / interval;
        for (long i = 0; i < count; i++) {
            long due = start + i * interval;
            waitUntil(due);
            clients.get((int) (i % clients.size())).send(due);
        }
        requireOpen();
    }

    private static void waitUntil(long due) {
        for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    void requireOpen() {
        clients.forEach(LoadClient::requireOpen);
    }

    @Override
    public void close() {
        clients.forEach(LoadClient::close);
    }
}
