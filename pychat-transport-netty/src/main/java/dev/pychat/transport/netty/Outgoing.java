package dev.pychat.transport.netty;

import dev.pychat.transport.internal.SendQueue;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.util.concurrent.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Writes what is queued for a connection, as much at a time as makes sense to write at once: the rest stays in the queue, which counts
 * it. What has gathered leaves in one flush. Confined to the connection's event loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // the channel itself tells when it has closed
final class Outgoing {

    /** Two TLS records. What is on its way to a slow reader has memory outside the heap, so there is little of it. */
    private static final int BATCH = 32 * 1024;

    /** So many batches, then others have their turn: few, since each of many others may have as many. */
    private static final int IN_A_ROW = 2;

    private final Channel channel;
    private final SendQueue queue;
    private final Runnable last;
    private final Consumer<Throwable> failed;
    private final List<byte[]> batch = new ArrayList<>();
    private boolean draining;
    private boolean onItsWay;

    /**
     * Writes nothing yet.
     *
     * @param last runs when the queue is closed and nothing more will be written
     * @param failed learns why nothing more can be
     */
    Outgoing(Channel channel, SendQueue queue, Runnable last, Consumer<Throwable> failed) {
        this.channel = channel;
        this.queue = queue;
        this.last = last;
        this.failed = failed;
    }

    /** Writes until nothing is queued, or the socket takes no more; then goes on by itself when it does. */
    void drain() {
        draining = true;
        try {
            for (int batches = 0; !onItsWay; batches++) {
                if (batches == IN_A_ROW) {
                    // Planned, and not just queued: Netty runs all that is queued before it looks at sockets again.
                    channel.eventLoop().schedule(this::drain, 0, TimeUnit.NANOSECONDS);
                    return;
                }
                switch (queue.take(batch, BATCH)) {
                    case SOME -> write();
                    case NONE -> {
                        return;
                    }
                    case NEVER_MORE -> {
                        last.run();
                        return;
                    }
                }
            }
        } catch (RuntimeException | Error e) {
            failed.accept(e);
        } finally {
            draining = false;
        }
    }

    private void write() {
        int size = 0;
        for (byte[] frame : batch) {
            size += frame.length;
        }
        ByteBuf joined = channel.alloc().directBuffer(size, size);
        batch.forEach(joined::writeBytes);
        batch.clear();
        write(joined, size);
    }

    private void write(ByteBuf joined, int size) {
        onItsWay = true;
        channel.writeAndFlush(joined).addListener(done -> wrote(size, done));
    }

    private void wrote(int size, Future<?> done) {
        onItsWay = false;
        if (!done.isSuccess()) {
            failed.accept(done.cause());
            return;
        }
        queue.wrote(size);
        if (!draining) {
            drain();
        }
    }
}
