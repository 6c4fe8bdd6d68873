package dev.pychat.endtoend.attack;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/** Many plain sockets from one address, all used by one thread, which waits for none of them. */
final class Sockets implements AutoCloseable {

    /** One of them, and when it was made. */
    record One(SocketChannel channel, long since) {}

    private final Target server;
    private final String from;
    private final List<One> open = new ArrayList<>();
    private final ByteBuffer thrownAway = ByteBuffer.allocate(16 * 1024);

    Sockets(Target server, String from) {
        this.server = server;
        this.from = from;
    }

    void connect() throws IOException {
        SocketChannel channel = SocketChannel.open();
        try {
            channel.setOption(StandardSocketOptions.SO_LINGER, 0); // ports come back at once
            channel.bind(Stranger.address(from));
            channel.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
            channel.configureBlocking(false);
            open.add(new One(channel, System.nanoTime()));
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    int count() {
        return open.size();
    }

    /** Those of which the server has closed its end, or which have got an answer where {@code answered}; they are closed. */
    List<One> takeEnded(boolean answered) throws IOException {
        List<One> ended = new ArrayList<>();
        for (One one : open) {
            thrownAway.clear();
            int count = read(one);
            if (count < 0 || (answered && count > 0)) {
                ended.add(one);
                one.channel().close();
            }
        }
        open.removeAll(new HashSet<>(ended));
        return ended;
    }

    private int read(One one) {
        try {
            return one.channel().read(thrownAway);
        } catch (IOException reset) {
            return -1;
        }
    }

    /** Sends these bytes on all of them; where it can't, {@link #takeEnded} will find that out. */
    void writeToAll(byte[] bytes) {
        for (One one : open) {
            try {
                one.channel().write(ByteBuffer.wrap(bytes));
            } catch (IOException ended) {
                // Found out by reading.
            }
        }
    }

    /** Sends these bytes on the one made last. */
    void writeToLast(byte[] bytes) throws IOException {
        open.get(open.size() - 1).channel().write(ByteBuffer.wrap(bytes));
    }

    @Override
    public void close() throws IOException {
        for (One one : open) {
            one.channel().close();
        }
        open.clear();
    }
}
