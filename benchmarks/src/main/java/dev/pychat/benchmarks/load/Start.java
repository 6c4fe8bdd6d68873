package dev.pychat.benchmarks.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/**
 * What a start of the server takes: from the start of the process that the launcher becomes to the end of the first TLS handshake, and the
 * memory that it has when nobody has come for a while. On a data directory that was there before.
 */
public final class Start {

    private static final Duration ARCHIVE_PATIENCE = Duration.ofMinutes(2);
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final long PAUSE_MILLIS = 3;

    /**
     * How much is measured.
     *
     * @param rounds how many starts
     * @param idle how long nobody comes before the memory is looked at
     */
    record Scale(int rounds, Duration idle) {

        static final Scale REAL = new Scale(11, Duration.ofSeconds(10));
    }

    private final List<String> program;
    private final Path data;
    private final SSLContext tls;

    private Start(List<String> program, Path data) throws GeneralSecurityException {
        this.program = program;
        this.data = data;
        this.tls = SSLContext.getInstance("TLSv1.3");
        tls.init(null, new TrustManager[] {new Anybody()}, null);
    }

    /**
     * Measures starts of a launcher.
     *
     * @param args the launcher, {@code ./pychat} if there is none, and the number of rounds
     * @throws IOException if it does not start
     * @throws GeneralSecurityException if this Java has no TLS
     * @throws InterruptedException if it was interrupted
     */
    public static void main(String[] args) throws IOException, GeneralSecurityException, InterruptedException {
        String launcher = args.length > 0 ? args[0] : "./pychat";
        int rounds = args.length > 1 ? Integer.parseInt(args[1]) : Scale.REAL.rounds();
        List<String> program =
                List.of(Path.of(launcher).toAbsolutePath().normalize().toString(), "server");
        run(program, true, new Scale(rounds, Scale.REAL.idle()), System.out);
    }

    /** Measures a program that takes the server's options; one that keeps an archive of its classes is given time to make it. */
    static void run(List<String> program, boolean archived, Scale scale, PrintStream out)
            throws IOException, GeneralSecurityException, InterruptedException {
        Path data = Files.createTempDirectory("pychat-start");
        try {
            Start start = new Start(program, data);
            start.prepare(archived);
            List<Double> millis = new ArrayList<>();
            List<Double> mebibytes = new ArrayList<>();
            String archive = "";
            for (int i = 0; i < scale.rounds(); i++) {
                Once once = start.once(scale.idle());
                millis.add(once.nanos / 1e6);
                mebibytes.add(once.kibibytes / 1024.0);
                archive = once.hasArchive ? "with" : "without";
            }
            out.println(
                    "S5 " + scale.rounds() + " starts " + archive + " an archive of classes: first connection after "
                            + spread(millis, "ms") + "; resident when idle " + spread(mebibytes, "MiB"));
        } finally {
            Directories.delete(data);
        }
    }

    /** What one start showed. */
    private record Once(long nanos, long kibibytes, boolean hasArchive) {}

    /** The first start builds where need be and makes the server's key; the next ones wait for the archive. */
    private void prepare(boolean archived) throws IOException, InterruptedException {
        long end = System.nanoTime() + ARCHIVE_PATIENCE.toNanos();
        boolean ready = once(Duration.ZERO).hasArchive();
        while (archived && !ready && System.nanoTime() < end) {
            TimeUnit.SECONDS.sleep(5);
            ready = once(Duration.ZERO).hasArchive();
        }
    }

    private Once once(Duration idle) throws IOException, InterruptedException {
        int port = freePort();
        List<String> command = new ArrayList<>(program);
        command.addAll(List.of("--port", Integer.toString(port), "--data", data.toString()));
        long begin = System.nanoTime();
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            connect(process, port, begin);
            long nanos = System.nanoTime() - begin;
            TimeUnit.NANOSECONDS.sleep(idle.toNanos());
            Proc proc = Proc.of(process.pid());
            return new Once(
                    nanos,
                    proc.residentKiB(),
                    Files.readString(proc.directory().resolve("cmdline")).contains(".jsa"));
        } finally {
            process.destroy();
            if (!process.waitFor(1, TimeUnit.MINUTES)) {
                process.destroyForcibly();
            }
        }
    }

    private void connect(Process process, int port, long begin) throws IOException, InterruptedException {
        while (true) {
            try (SSLSocket socket = (SSLSocket) tls.getSocketFactory().createSocket()) {
                socket.connect(new java.net.InetSocketAddress(InetAddress.getLoopbackAddress(), port));
                SSLParameters parameters = socket.getSSLParameters();
                parameters.setApplicationProtocols(new String[] {"pychat/1"});
                socket.setSSLParameters(parameters);
                socket.startHandshake();
                return;
            } catch (java.net.ConnectException e) {
                if (!process.isAlive() || System.nanoTime() - begin > PATIENCE.toNanos()) {
                    throw new IOException("the server did not listen; it said: " + said(process), e);
                }
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            }
        }
    }

    private static String said(Process process) {
        process.destroyForcibly();
        return String.join(
                " / ",
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))
                        .lines()
                        .toList());
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static String spread(List<Double> values, String unit) {
        Collections.sort(values);
        return String.format(
                Locale.ROOT,
                "%.0f %s (%.0f to %.0f)",
                values.get(values.size() / 2),
                unit,
                values.get(0),
                values.get(values.size() - 1));
    }

    /** Nothing is said to whoever answers. */
    private static final class Anybody implements X509TrustManager {

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
