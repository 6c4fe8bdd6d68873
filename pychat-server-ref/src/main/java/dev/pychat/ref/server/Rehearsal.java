package dev.pychat.ref.server;

import dev.pychat.model.PychatException;
import dev.pychat.store.directory.internal.Reasons;
import dev.pychat.transport.ClientTransport;
import dev.pychat.transport.CloseReason;
import dev.pychat.transport.Connection;
import dev.pychat.transport.FrameHandler;
import dev.pychat.transport.ServerTrust;
import dev.pychat.transport.TlsSocketTransport;
import dev.pychat.transport.TransportOptions;
import dev.pychat.wire.ClientFrame;
import dev.pychat.wire.Hello;
import dev.pychat.wire.MalformedFrameException;
import dev.pychat.wire.ServerFrame;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * A server that is started twice on a directory of its own, once as for the first time, spoken to, and stopped. It loads what every
 * start loads, so that the JVM can archive that. Confined to one thread.
 */
final class Rehearsal {

    private static final int PATIENCE_SECONDS = 30;

    private Rehearsal() {}

    static void run() throws StartException {
        try {
            Path data = Files.createTempDirectory("pychat-rehearsal");
            try {
                for (int start = 0; start < 2; start++) {
                    serve(data);
                }
            } finally {
                delete(data);
            }
        } catch (IOException | CertificateException e) {
            throw new StartException(ExitCode.CANNOT_READ_OR_WRITE, "cannot rehearse: " + Reasons.of(e), e);
        }
    }

    private static void serve(Path data) throws StartException, IOException, CertificateException {
        Map<Setting, String> flags = Map.of(Setting.DATA, data.toString(), Setting.PORT, "0");
        Configuration settings = Configuration.of(flags, Map.of());
        try (RunningServer server = RunningServer.start(settings, Costs.REAL)) {
            server.introduce(settings, new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
            greet(server.port(), ServerTrust.pem(Files.readString(data.resolve("tls-cert.pem"))));
        }
    }

    private static void greet(int port, ServerTrust trust) throws StartException {
        ClientTransport transport = TlsSocketTransport.client("localhost", port, trust, TransportOptions.DEFAULT);
        FirstFrame first = new FirstFrame();
        try {
            Connection<ClientFrame> connection = transport.connect(opened -> first);
            connection.send(new Hello(1, List.of(1), "rehearsal"));
            first.frame.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            connection.close(CloseReason.local("done"));
        } catch (PychatException | ExecutionException | TimeoutException e) {
            throw new StartException(ExitCode.INTERNAL, "the server that was rehearsed did not answer: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartException(ExitCode.INTERNAL, "the rehearsal was interrupted", e);
        }
    }

    /** Waits for what the server says first. */
    private static final class FirstFrame implements FrameHandler<ServerFrame> {
        private final CompletableFuture<ServerFrame> frame = new CompletableFuture<>();

        @Override
        public void onFrame(ServerFrame taken) {
            frame.complete(taken);
        }

        @Override
        public void onMalformed(MalformedFrameException fault) {
            frame.completeExceptionally(fault);
        }

        @Override
        public void onClosed(CloseReason reason) {
            frame.completeExceptionally(new IOException("the connection was closed: " + reason));
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
