package dev.pychat.ref.server;

import dev.pychat.crypto.open.PasswordCost;
import dev.pychat.server.HashCost;
import dev.pychat.testkit.server.RawClient;
import dev.pychat.transport.ClientTransport;
import dev.pychat.transport.KeyPin;
import dev.pychat.transport.ServerTrust;
import dev.pychat.transport.TlsSocketTransport;
import dev.pychat.transport.TransportOptions;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** A server on a data directory and any free port, with cheap costs, and what it printed. */
final class Started implements AutoCloseable {

    private static final Costs CHEAP = new Costs(new HashCost(HashCost.MIN), new PasswordCost(8, 1, 1));

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final RunningServer server;
    private final Path certificate;

    private Started(Map<Setting, String> flags) throws StartException {
        String given = flags.get(Setting.TLS_CERT);
        certificate =
                given == null ? Path.of(flags.getOrDefault(Setting.DATA, "")).resolve("tls-cert.pem") : Path.of(given);
        PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
        Configuration settings = Configuration.of(flags, Map.of());
        server = RunningServer.start(settings, CHEAP);
        server.introduce(settings, out);
    }

    static Started on(Path data) throws StartException {
        return with(data, Map.of());
    }

    static Started with(Path data, Map<Setting, String> more) throws StartException {
        Map<Setting, String> flags = new EnumMap<>(Map.of(Setting.DATA, data.toString(), Setting.PORT, "0"));
        flags.putAll(more);
        return new Started(flags);
    }

    /** Whether a copy of a data directory has this: all but the socket on which the server that runs takes commands. */
    static boolean isKept(Path path) {
        return Files.isDirectory(path) || Files.isRegularFile(path);
    }

    int port() {
        return server.port();
    }

    String printed() {
        return printed.toString(StandardCharsets.UTF_8);
    }

    /** What the server printed as its certificate's fingerprint. */
    String fingerprint() {
        String line = printed()
                .lines()
                .filter(one -> one.startsWith("fingerprint "))
                .findFirst()
                .orElseThrow();
        return line.substring("fingerprint ".length(), line.indexOf(" ("));
    }

    /** What a client pins of the certificate that it shows. */
    KeyPin pin() throws StartException {
        return KeyPin.of(shown());
    }

    private X509Certificate shown() throws StartException {
        return Pem.certificates(certificate).get(0);
    }

    /** The way to it, trusting its certificate. */
    ClientTransport transport() throws StartException {
        ServerTrust trust = ServerTrust.certificates(List.of(shown()));
        return TlsSocketTransport.client("localhost", port(), trust, TransportOptions.DEFAULT);
    }

    RawClient client() throws Exception {
        return RawClient.connect(transport());
    }

    @Override
    public void close() {
        server.close();
    }
}
