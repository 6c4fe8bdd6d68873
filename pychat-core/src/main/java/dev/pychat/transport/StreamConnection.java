package dev.pychat.transport;

import dev.pychat.transport.internal.DurationText;
import dev.pychat.transport.internal.FrameDeadline;
import dev.pychat.transport.internal.QueueBudget;
import dev.pychat.transport.internal.SendQueue;
import dev.pychat.transport.internal.StallWatch;
import dev.pychat.wire.Frame;
import dev.pychat.wire.FrameCodec;
import dev.pychat.wire.FrameDecoder;
import dev.pychat.wire.MalformedFrameException;
import dev.pychat.wire.WireLimits;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection over two streams. One thread reads and calls the handler; another writes while there is something to write.
 *
 * <pre>
 * open --close, end of stream, malformed, frame timeout--&gt; closing: the queue drains, input is thrown away --&gt; aborted
 * open --overflow, stall, failure--&gt; aborted
 * </pre>
 *
 * <p>In closing, input is read on and thrown away, because a socket that is closed with unread input takes back what is on
 * its way out. Aborted comes at the latest after the linger time.
 */
final class StreamConnection<I extends Frame, O extends Frame> implements Connection<O> {

    private static final Logger log = LoggerFactory.getLogger(StreamConnection.class);
    private static final int CHUNK = 8 * 1024;

    private final Duplex duplex;
    private final FrameDecoder<I> decoder;
    private final TransportOptions options;
    private final SendQueue queue;
    private final Closing closing;
    private final FrameDeadline deadline;
    private final ReadGate gate = new ReadGate();
    private final Executor writers;
    private final StallWatch stall;
    private volatile int maxFrame;
    private volatile int maxHeader = WireLimits.MAX_HEADER;
    private volatile @Nullable Thread corking;
    private volatile @Nullable FrameHandler<I> handler;

    StreamConnection(Duplex duplex, FrameDecoder<I> decoder, int maxFrame, TransportOptions options, Runnable gone) {
        this(duplex, decoder, maxFrame, options, gone, Threads.BLOCKING, QueueBudget.OF_THE_PROCESS);
    }

    /** For tests, which may have no thread to write with and a budget of their own. */
    StreamConnection(
            Duplex duplex,
            FrameDecoder<I> decoder,
            int maxFrame,
            TransportOptions options,
            Runnable gone,
            Executor writers,
            QueueBudget budget) {
        this.writers = writers;
        this.duplex = duplex;
        this.decoder = decoder;
        this.maxFrame = maxFrame;
        this.options = options;
        this.queue = new SendQueue(options.queueBytes(), budget);
        this.closing = new Closing(duplex, () -> {
            queue.drop();
            gone.run();
        });
        this.deadline = new FrameDeadline(Threads::after, options.frameTimeout(), this::frameTimedOut);
        this.stall = new StallWatch(Threads::after, queue, options.stallTimeout(), this::stalled);
    }

    @Override
    public boolean send(O frame) {
        byte[] bytes = FrameCodec.encode(frame);
        switch (queue.offer(bytes, Thread.currentThread() == corking)) {
            case CLOSED -> {
                return false;
            }
            case OVERFLOW -> {
                abort(
                        CloseReason.Kind.SLOW_READER,
                        "more than " + options.queueBytes()
                                + " bytes wait to be read, or too much for all connections together");
                return false;
            }
            case START_WRITER -> {
                return startWriter();
            }
            case QUEUED -> stall.watchIfSlow();
        }
        return true;
    }

    @Override
    public void close(CloseReason reason) {
        if (closing.begin(reason, options.linger())) {
            deadline.stop();
            gate.release();
            if (queue.close()) {
                startWriter();
            }
        }
    }

    /** Closes without lingering. */
    void abort(CloseReason.Kind kind, String text) {
        closing.abort(new CloseReason(kind, text));
        deadline.stop();
        gate.release();
        queue.close();
    }

    @Override
    public void pauseReading() {
        gate.pause();
    }

    @Override
    public void resumeReading() {
        gate.resume();
    }

    @Override
    public void maxFrame(int bytes) {
        maxFrame = bytes;
    }

    @Override
    public void maxHeader(int bytes) {
        maxHeader = bytes;
    }

    @Override
    public long queuedBytes() {
        return queue.bytes();
    }

    @Override
    public String remoteAddress() {
        return duplex.remoteAddress();
    }

    @Override
    public Optional<KeyPin> serverKey() {
        return duplex.serverKey();
    }

    /** Reads to the end of the connection. Called once, on the thread that reads. */
    void run(ConnectionAcceptor<I, O> acceptor) {
        @Nullable FrameHandler<I> own = null;
        try {
            own = acceptor.accept(this);
            handler = own;
            read(own);
        } catch (IOException e) {
            abort(CloseReason.Kind.FAILED, "the connection failed: " + e.getMessage());
        } catch (RuntimeException | Error e) {
            log.error("a handler of {} failed", remoteAddress(), e);
            abort(CloseReason.Kind.INTERNAL, "a handler failed: " + e);
        }
        if (own != null) {
            tellClosed(own);
        }
        throwInputAway();
        closing.readerDone();
    }

    private void read(FrameHandler<I> own) throws IOException {
        InputStream in = duplex.in();
        byte[] chunk = new byte[CHUNK];
        while (closing.isOpen()) {
            awaitGate();
            int count = in.read(chunk);
            if (count < 0) {
                close(new CloseReason(
                        CloseReason.Kind.PEER,
                        decoder.isInsideFrame()
                                ? "the other end closed in the middle of a frame"
                                : "the other end closed"));
                return;
            }
            try {
                handle(ByteBuffer.wrap(chunk, 0, count), own);
            } finally {
                uncork();
            }
        }
    }

    private void handle(ByteBuffer chunk, FrameHandler<I> own) {
        try {
            while (chunk.hasRemaining() && closing.isOpen()) {
                awaitGate();
                corking = Thread.currentThread();
                decoder.maxFrame(maxFrame);
                decoder.maxHeader(maxHeader);
                Optional<I> frame = decoder.decode(chunk);
                deadline.inside(frame.isEmpty());
                if (frame.isPresent()) {
                    own.onFrame(frame.get());
                }
            }
        } catch (MalformedFrameException e) {
            deadline.stop();
            own.onMalformed(e);
            close(new CloseReason(CloseReason.Kind.MALFORMED, String.valueOf(e.getMessage())));
        }
    }

    /** Waits while reading is paused; what the handler sent leaves meanwhile, and no frame's time runs. */
    private void awaitGate() {
        if (gate.isClosed()) {
            uncork();
            deadline.inside(false);
            gate.await();
            deadline.inside(decoder.isInsideFrame());
        }
    }

    private void uncork() {
        corking = null;
        if (queue.uncork()) {
            startWriter();
        }
    }

    /** Without a thread nothing leaves any more, so the connection is ended; false if so. The other end may try again. */
    private boolean startWriter() {
        try {
            writers.execute(this::write);
            return true;
        } catch (RejectedExecutionException | OutOfMemoryError e) {
            log.warn("no thread to write to {} with: {}", remoteAddress(), e.toString());
            abort(CloseReason.Kind.INTERNAL, "no thread to write with: " + e.getMessage());
            return false;
        }
    }

    private void write() {
        try {
            if (queue.drain(duplex.out())) {
                duplex.finish();
                closing.writerDone();
            }
        } catch (IOException e) {
            abort(CloseReason.Kind.FAILED, "the connection failed: " + e.getMessage());
        } catch (RuntimeException | Error e) {
            log.error("writing to {} failed", remoteAddress(), e);
            abort(CloseReason.Kind.INTERNAL, "writing failed: " + e);
        }
    }

    private void tellClosed(FrameHandler<I> own) {
        try {
            own.onClosed(closing.reason());
        } catch (RuntimeException e) {
            log.error("a handler of {} failed at its end", remoteAddress(), e);
        }
    }

    private void throwInputAway() {
        byte[] chunk = new byte[CHUNK];
        try {
            InputStream in = duplex.in();
            while (in.read(chunk) >= 0) {
                // The linger time bounds this.
            }
        } catch (IOException e) {
            log.trace("{} ended while closing", remoteAddress(), e);
        }
    }

    private void frameTimedOut() {
        String text = "a frame was begun and not finished within " + DurationText.of(options.frameTimeout());
        FrameHandler<I> told = handler;
        if (told != null) {
            told.onTimedOut(text);
        }
        close(new CloseReason(CloseReason.Kind.TIMED_OUT, text));
    }

    private void stalled() {
        abort(CloseReason.Kind.SLOW_READER, "nothing was read for " + DurationText.of(options.stallTimeout()));
    }
}
