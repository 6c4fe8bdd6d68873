package dev.pychat.ref.server.control;

import dev.pychat.store.directory.internal.PrivateFiles;
import dev.pychat.store.directory.internal.Reasons;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes an operator's commands while the server runs. The directory's lock is held by whoever opens this.
 *
 * <p>Thread-safe. Its threads are daemons named {@code pychat-control-...}; {@link #close} ends what they do.
 */
public final class ControlServer implements AutoCloseable {

    /** An operator has few commands at once; one that stays without an answer holds up no other. */
    private static final int THREADS = 4;

    private static final int MOST_REQUEST = 1000;
    private static final int BUFFER = 64 << 10;
    private static final long IDLE_SECONDS = 10;
    private static final int INTERNAL = 1;
    private static final int USAGE = 2;

    private static final Logger LOG = LoggerFactory.getLogger(ControlServer.class);

    private final Path socket;
    private final ServerSocketChannel channel;
    private final Map<String, ControlCommand> commands;
    private final ExecutorService executor;

    private ControlServer(Path socket, ServerSocketChannel channel, Map<String, ControlCommand> commands) {
        this.socket = socket;
        this.channel = channel;
        this.commands = Map.copyOf(commands);
        AtomicInteger number = new AtomicInteger();
        this.executor =
                new ThreadPoolExecutor(0, THREADS, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
                    Thread thread = new Thread(task, "pychat-control-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
    }

    /**
     * Opens the socket, in place of one that a server left which was killed.
     *
     * @param data the data directory
     * @param commands what is done, by name
     * @return what takes the commands; empty if the path of the directory is too long for a socket, which is logged
     * @throws IOException if it can't be made
     */
    public static Optional<ControlServer> open(Path data, Map<String, ControlCommand> commands) throws IOException {
        if (!ControlSocket.fits(data)) {
            LOG.warn(
                    "the path {} is longer than {} bytes: no command reaches this server while it runs",
                    ControlSocket.path(data),
                    ControlSocket.MOST_BYTES);
            return Optional.empty();
        }
        PrivateFiles.createDirectories(ControlSocket.directory(data));
        Path socket = ControlSocket.path(data);
        Files.deleteIfExists(socket);
        ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        boolean opened = false;
        try {
            channel.bind(ControlSocket.address(data));
            makePrivate(socket);
            ControlServer server = new ControlServer(socket, channel, commands);
            Thread accept = new Thread(server::acceptAll, "pychat-control-accept");
            accept.setDaemon(true);
            accept.start();
            opened = true;
            return Optional.of(server);
        } finally {
            if (!opened) {
                channel.close();
            }
        }
    }

    /** The directory lets nobody else come as far as here; this is for whoever looks at the file alone. */
    private static void makePrivate(Path socket) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(socket, PosixFileAttributeView.class);
        if (view != null) {
            view.setPermissions(PosixFilePermissions.fromString("rw-------"));
        }
    }

    private void acceptAll() {
        while (channel.isOpen()) {
            try {
                take(channel.accept());
            } catch (IOException | RuntimeException e) {
                if (channel.isOpen()) {
                    LOG.warn("an operator's command could not be taken: {}", Reasons.of(e));
                }
            }
        }
    }

    private void take(SocketChannel peer) throws IOException {
        try {
            executor.execute(() -> serve(peer));
        } catch (RejectedExecutionException e) {
            try (peer) {
                refuse(peer, INTERNAL, "the server is doing " + THREADS + " commands already, or is about to end");
            }
        }
    }

    private void serve(SocketChannel peer) {
        try (peer) {
            List<String> words = Arrays.asList(request(peer).split(" "));
            ControlCommand command = commands.get(words.get(0));
            if (command == null) {
                refuse(
                        peer,
                        USAGE,
                        "the running server knows no command " + words.get(0).replaceAll("[^ -~]", "?"));
            } else {
                run(command, words.subList(1, words.size()), peer);
            }
        } catch (IOException e) {
            LOG.info("an operator's command had no end: {}", Reasons.of(e));
        } catch (RuntimeException | Error e) {
            LOG.error("an operator's command failed", e);
        }
    }

    private static void run(ControlCommand command, List<String> words, SocketChannel peer) throws IOException {
        OutputStream out = new BufferedOutputStream(Channels.newOutputStream(peer), BUFFER);
        command.run(words, (exitCode, sentence) -> {
            out.write((exitCode + " " + sentence.replaceAll("\\R", " ")).strip().getBytes(StandardCharsets.UTF_8));
            out.write('\n');
            return out;
        });
        out.flush();
    }

    private static void refuse(SocketChannel peer, int exitCode, String sentence) throws IOException {
        run((words, reply) -> reply.begin(exitCode, sentence), List.of(), peer);
    }

    private static String request(SocketChannel peer) throws IOException {
        InputStream in = Channels.newInputStream(peer);
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0 || line.length() == MOST_REQUEST) {
                throw new IOException("a request without an end");
            }
            line.append((char) next);
        }
        return line.toString();
    }

    /** Takes no more, and ends what is being done. Idempotent. */
    @Override
    public void close() {
        try {
            channel.close();
            Files.deleteIfExists(socket);
        } catch (IOException e) {
            LOG.warn("the socket for operators is left: {}", Reasons.of(e));
        }
        // An interrupt closes the connection on which a thread waits.
        executor.shutdownNow();
    }
}
