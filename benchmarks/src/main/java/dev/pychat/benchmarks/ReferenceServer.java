package dev.pychat.benchmarks;

import dev.pychat.transport.ClientTransport;
import dev.pychat.transport.ServerTrust;
import dev.pychat.transport.TlsSocketTransport;
import dev.pychat.transport.TransportOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The reference server in a process of its own. Confined to one thread. */
final class ReferenceServer implements AutoCloseable {

    private static final Pattern LISTENING = Pattern.compile("listening on localhost:([0-9]+)");

    private final Process process;
    private final Path data;
    private final int port;

    private ReferenceServer(Process process, Path data, int port) {
        this.process = process;
        this.data = data;
        this.port = port;
    }

    /** Starts it on a free port. */
    static ReferenceServer start(Path data) throws IOException {
        Process process = java("dev.pychat.ref.server.Main", "--port", "0", "--data", data.toString());
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            Matcher listening = LISTENING.matcher(line);
            if (listening.find()) {
                return new ReferenceServer(process, data, Integer.parseInt(listening.group(1)));
            }
        }
        throw new IOException("the server ended before it listened");
    }

    /** A program in a process of its own, with the jars and the Java that this one runs with. */
    static Process java(String main, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-opens",
                "java.base/sun.nio.ch=ALL-UNNAMED",
                "-Dlogback.configurationFile=dev/pychat/ref/server/logback.xml",
                "-cp",
                System.getProperty("java.class.path"),
                main));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /** A way to it, which trusts the certificate that it has made for itself. */
    ClientTransport transport() throws IOException {
        try {
            ServerTrust trust = ServerTrust.pem(Files.readString(data.resolve("tls-cert.pem")));
            return TlsSocketTransport.client("localhost", port, trust, TransportOptions.DEFAULT);
        } catch (CertificateException e) {
            throw new IOException("the server's certificate can't be read", e);
        }
    }

    /** Stops it as an operator does. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(1, TimeUnit.MINUTES)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
