package dev.pychat.benchmarks.load;

import dev.pychat.transport.ClientTransport;
import dev.pychat.transport.ServerTrust;
import dev.pychat.transport.TlsSocketTransport;
import dev.pychat.transport.TransportOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;

/** What the programs share that load a server of ours on a temporary data directory. Stateless. */
final class Tools {

    private static final double NANOS_PER_MILLI = 1e6;

    private Tools() {}

    /** Without it the stores, which are opened here before the server opens them, would tell all that they do. */
    static void logLikeTheServer() {
        System.setProperty("logback.configurationFile", "dev/pychat/ref/server/logback.xml");
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
}
