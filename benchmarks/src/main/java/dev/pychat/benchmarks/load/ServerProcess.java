package dev.pychat.benchmarks.load;

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
import java.util.stream.Stream;

/** The reference server in a process of its own, and what Linux says of that process. Confined to one thread. */
public final class ServerProcess implements AutoCloseable {

    private static final Pattern LISTENING = Pattern.compile("listening on localhost:([0-9]+)");
    private static final Pattern HEAP_USED =
            Pattern.compile("(?:garbage-first heap|PSYoungGen|ParOldGen) .*?used ([0-9]+)K");
    private static final String JAVA_HOME = System.getProperty("java.home");

    private final Process process;
    private final Path data;
    private final int port;

    private ServerProcess(Process process, Path data, int port) {
        this.process = process;
        this.data = data;
        this.port = port;
    }

    /**
     * Starts it on a free port, with the jars that this program runs with.
     *
     * @param data its data directory
     * @param jvmFlags what its Java is told besides
     * @param more what it is told besides itself
     * @return the server, which listens
     * @throws IOException if it does not start
     */
    public static ServerProcess start(Path data, List<String> jvmFlags, String... more) throws IOException {
        String[] arguments = Stream.concat(Stream.of("--port", "0", "--data", data.toString()), Stream.of(more))
                .toArray(String[]::new);
        Process process = java(LauncherFlags.with(jvmFlags), "dev.pychat.ref.server.Main", arguments);
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            Matcher listening = LISTENING.matcher(line);
            if (listening.find()) {
                return new ServerProcess(process, data, Integer.parseInt(listening.group(1)));
            }
        }
        throw new IOException("the server ended before it listened");
    }

    /**
     * A program in a process of its own, with the jars and the Java that this one runs with. What it writes as errors is told here.
     *
     * @param jvmFlags what its Java is told besides
     * @param main its main class
     * @param arguments its arguments
     * @return the process
     * @throws IOException if it does not start
     */
    public static Process java(List<String> jvmFlags, String main, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(JAVA_HOME + "/bin/java"));
        command.addAll(jvmFlags);
        command.addAll(List.of(
                "--add-opens", "java.base/sun.nio.ch=ALL-UNNAMED", "-cp", System.getProperty("java.class.path"), main));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    int port() {
        return port;
    }

    /**
     * A way to it, which trusts the certificate that it has made for itself in its data directory.
     *
     * @return a transport that connects when told to
     * @throws IOException if the certificate can't be read
     */
    public ClientTransport transport() throws IOException {
        try {
            ServerTrust trust = ServerTrust.pem(Files.readString(data.resolve("tls-cert.pem")));
            return TlsSocketTransport.client("localhost", port, trust, TransportOptions.DEFAULT);
        } catch (CertificateException e) {
            throw new IOException("the server's certificate can't be read", e);
        }
    }

    /** What Linux says of it. */
    Proc proc() {
        return Proc.of(process.pid());
    }

    /** What its heap holds when all garbage has been collected, in KiB. */
    long heapKiB() throws IOException, InterruptedException {
        jcmd("GC.run");
        List<Long> used = HEAP_USED
                .matcher(jcmd("GC.heap_info"))
                .results()
                .map(part -> Long.parseLong(part.group(1)))
                .toList();
        if (used.isEmpty()) {
            throw new IOException("jcmd did not say how much of the heap is used");
        }
        return used.stream().mapToLong(Long::longValue).sum();
    }

    private String jcmd(String what) throws IOException, InterruptedException {
        return Command.jcmd(Path.of(JAVA_HOME), process.pid(), what);
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
