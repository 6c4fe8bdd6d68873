package dev.pychat.benchmarks.load;

import dev.pychat.model.PychatException;
import dev.pychat.transport.ClientTransport;
import dev.pychat.transport.ServerTrust;
import dev.pychat.transport.TlsSocketTransport;
import dev.pychat.transport.TransportOptions;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;

/**
 * What a delivered message costs the reference server, over TLS and with each message on the disk before it is accepted: online pairs of
 * which each side keeps 16 messages unaccepted, and a steady rate over 50 pairs.
 */
public final class Load {

    private static final int WINDOW = 16;
    private static final double NANOS_PER_MILLI = 1e6;

    /**
     * How much is measured.
     *
     * @param pairs how many pairs talk as fast as they can
     * @param warmUp for how long nothing is counted
     * @param time how long each measurement takes
     * @param rounds how often it is measured
     * @param pacedPairs over how many pairs the steady rate goes
     * @param perSecond the steady rate
     */
    record Scale(int pairs, Duration warmUp, Duration time, int rounds, int pacedPairs, int perSecond) {

        static final Scale REAL = new Scale(10, Duration.ofSeconds(10), Duration.ofSeconds(20), 3, 50, 100);
    }

    private Load() {}

    /**
     * Measures on a temporary data directory.
     *
     * @param args none
     * @throws IOException if the directory can't be made, or the server does not start
     * @throws PychatException if the stores or the server refuse something
     * @throws InterruptedException if it was interrupted
     */
    public static void main(String[] args) throws IOException, PychatException, InterruptedException {
        logLikeTheServer();
        run(Scale.REAL, System.out);
    }

    /** Without it the stores, which are opened here before the server opens them, would tell all that they do. */
    static void logLikeTheServer() {
        System.setProperty("logback.configurationFile", "dev/pychat/ref/server/logback.xml");
    }

    static void run(Scale scale, PrintStream out) throws IOException, PychatException, InterruptedException {
        Path data = Files.createTempDirectory("pychat-load");
        try {
            List<Seat> seats = Seat.lay(data, 2 * (scale.pairs() + scale.pacedPairs()));
            out.println("bodies of 400 bytes, TLS 1.3, each message synced before it is accepted");
            try (ServerProcess server = ServerProcess.start(data, List.of())) {
                busy(server, seats.subList(0, 2 * scale.pairs()), transport(data, server), scale, out);
                paced(server, seats.subList(2 * scale.pairs(), seats.size()), transport(data, server), scale, out);
            }
        } finally {
            delete(data);
        }
    }

    private static void busy(
            ServerProcess server, List<Seat> seats, ClientTransport transport, Scale scale, PrintStream out)
            throws IOException, PychatException, InterruptedException {
        try (Pairs pairs = Pairs.connect(transport, seats)) {
            pairs.keepBusy(WINDOW);
            TimeUnit.MILLISECONDS.sleep(scale.warmUp().toMillis());
            for (int round = 0; round < scale.rounds(); round++) {
                Span before = Span.now(server, pairs.meter());
                TimeUnit.MILLISECONDS.sleep(scale.time().toMillis());
                out.println("S1 " + scale.pairs() + " pairs: " + before.until(server, pairs.meter()));
                pairs.requireOpen();
            }
            pairs.quieten(Duration.ofSeconds(30));
        }
    }

    private static void paced(
            ServerProcess server, List<Seat> seats, ClientTransport transport, Scale scale, PrintStream out)
            throws IOException, PychatException, InterruptedException {
        try (Pairs pairs = Pairs.connect(transport, seats)) {
            pairs.pace(scale.perSecond(), scale.warmUp());
            for (int round = 0; round < scale.rounds(); round++) {
                pairs.meter().latency();
                Span before = Span.now(server, pairs.meter());
                pairs.pace(scale.perSecond(), scale.time());
                out.println("S2 " + scale.perSecond() + "/s over " + scale.pacedPairs() + " pairs: "
                        + before.until(server, pairs.meter()) + ", "
                        + line(pairs.meter().latency()));
            }
            pairs.quieten(Duration.ofSeconds(30));
        }
    }

    /** Trusts the certificate that the server has made for itself in its data directory. */
    static ClientTransport transport(Path data, ServerProcess server) throws IOException {
        try {
            ServerTrust trust = ServerTrust.pem(Files.readString(data.resolve("tls-cert.pem")));
            return TlsSocketTransport.client("localhost", server.port(), trust, TransportOptions.DEFAULT);
        } catch (CertificateException e) {
            throw new IOException("the server's certificate can't be read", e);
        }
    }

    /** Quantiles in milliseconds. */
    static String line(Histogram nanos) {
        return String.format(
                Locale.ROOT,
                "p50 %.2f, p99 %.2f, p99.9 %.2f, most %.2f ms",
                nanos.getValueAtPercentile(50) / NANOS_PER_MILLI,
                nanos.getValueAtPercentile(99) / NANOS_PER_MILLI,
                nanos.getValueAtPercentile(99.9) / NANOS_PER_MILLI,
                nanos.getMaxValue() / NANOS_PER_MILLI);
    }

    static void delete(Path directory) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    /**
     * The moment at which something begins to be counted.
     *
     * @param nanos when
     * @param delivered what had arrived
     * @param server the server's processor time
     * @param own this process's processor time
     */
    record Span(long nanos, long delivered, Duration server, Duration own) {

        static Span now(ServerProcess server, Meter meter) throws IOException {
            return new Span(System.nanoTime(), meter.delivered(), server.cpu(), ownCpu());
        }

        /** Messages a second since then. */
        double rate(Meter meter) {
            return (meter.delivered() - delivered) * 1e9 / (System.nanoTime() - nanos);
        }

        String until(ServerProcess process, Meter meter) throws IOException {
            long count = meter.delivered() - delivered;
            double seconds = (System.nanoTime() - nanos) / 1e9;
            double cpu = process.cpu().minus(server).toNanos() / 1e6;
            double share = ownCpu().minus(own).toNanos() / 1e9 / seconds;
            return String.format(
                    Locale.ROOT,
                    "%.0f delivered/s, server CPU %.1f ms for 1,000, server memory %d MiB, generator %.2f cores",
                    count / seconds,
                    count == 0 ? Double.NaN : cpu / count * 1_000,
                    process.residentKiB() >> 10,
                    share);
        }

        private static Duration ownCpu() {
            return ManagementFactory.getOperatingSystemMXBean()
                            instanceof com.sun.management.OperatingSystemMXBean system
                    ? Duration.ofNanos(system.getProcessCpuTime())
                    : Duration.ZERO;
        }
    }
}
