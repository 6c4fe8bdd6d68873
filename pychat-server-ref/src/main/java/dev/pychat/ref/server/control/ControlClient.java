package dev.pychat.ref.server.control;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** One command to the server that holds a data directory, and its answer. Confined to one thread. */
public final class ControlClient implements AutoCloseable {

    private static final int BUFFER = 64 << 10;
    private static final int MOST_LINE = 10_000;

    private final SocketChannel channel;
    private final InputStream in;

    /**
     * How a command ended, or that it can be done.
     *
     * @param exitCode with what to end, 0 if all is well
     * @param sentence why it is not; empty for 0
     */
    public record Status(int exitCode, String sentence) {}

    private ControlClient(SocketChannel channel) {
        this.channel = channel;
        this.in = new BufferedInputStream(Channels.newInputStream(channel), BUFFER);
    }

    /**
     * Reaches the server.
     *
     * @param data the data directory
     * @return the way to it; empty if no server listens there
     * @throws IOException if one may listen there and can't be reached, for want of permission
     */
    public static Optional<ControlClient> connect(Path data) throws IOException {
        if (!ControlSocket.fits(data) || !Files.exists(ControlSocket.path(data))) {
            return Optional.empty();
        }
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        boolean connected = false;
        try {
            connected = channel.connect(ControlSocket.address(data));
            return Optional.of(new ControlClient(channel));
        } catch (java.net.ConnectException e) {
            return Optional.empty(); // left by a server that was killed
        } finally {
            if (!connected) {
                channel.close();
            }
        }
    }

    /**
     * Asks for something, once.
     *
     * @param words the command and what stands behind it
     * @return how it ended, or that it can be done
     * @throws IOException if the server went away
     */
    public Status ask(String... words) throws IOException {
        ByteBuffer request = ByteBuffer.wrap((String.join(" ", words) + "\n").getBytes(StandardCharsets.UTF_8));
        while (request.hasRemaining()) {
            channel.write(request);
        }
        String[] line = line().split(" ", 2);
        try {
            return new Status(Integer.parseInt(line[0]), line.length > 1 ? line[1] : "");
        } catch (NumberFormatException e) {
            throw new IOException("the server answered what is no answer", e);
        }
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0 || line.size() == MOST_LINE) {
                throw new IOException("the server went away before it answered");
            }
            line.write(next);
        }
        return line.toString(StandardCharsets.UTF_8);
    }

    /**
     * What the command prints, behind how it ended.
     *
     * @return the rest of the answer
     */
    public InputStream printed() {
        return in;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
