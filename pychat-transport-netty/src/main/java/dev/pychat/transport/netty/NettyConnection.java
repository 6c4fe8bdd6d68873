package dev.pychat.transport.netty;

import dev.pychat.transport.CloseReason;
import dev.pychat.transport.Connection;
import dev.pychat.transport.ConnectionAcceptor;
import dev.pychat.transport.FrameHandler;
import dev.pychat.transport.TransportOptions;
import dev.pychat.transport.internal.DurationText;
import dev.pychat.transport.internal.FrameDeadline;
import dev.pychat.transport.internal.Later;
import dev.pychat.transport.internal.QueueBudget;
import dev.pychat.transport.internal.SendQueue;
import dev.pychat.transport.internal.StallWatch;
import dev.pychat.wire.ClientFrame;
import dev.pychat.wire.FrameCodec;
import dev.pychat.wire.FrameDecoder;
import dev.pychat.wire.MalformedFrameException;
import dev.pychat.wire.ServerFrame;
import dev.pychat.wire.WireLimits;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.util.concurrent.Future;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection on an event loop, where it reads, calls the handler and writes.
 *
 * <pre>
 * open --close, end of stream, malformed, frame timeout--&gt; closing: the queue drains, input is thrown away --&gt; aborted
 * open --overflow, stall, failure--&gt; aborted
 * </pre>
 *
 * <p>The methods of {@link Connection} are for any thread; all others are confined to the loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // the channel itself tells when it has closed
final class NettyConnection extends ChannelInboundHandlerAdapter implements Connection<ServerFrame> {

    private static final Logger LOG = LoggerFactory.getLogger(NettyConnection.class);

    private final Channel channel;
    private final EventLoop loop;
    private final Ending ending;
    private final String address;
    private final TransportOptions options;
    private final FrameDecoder<ClientFrame> decoder =
            FrameDecoder.ofClientFrames(WireLimits.BEFORE_LOGIN, WireLimits.MAX_HEADER);
    private final SendQueue queue;
    private final Outgoing outgoing;
    private final Runnable write;
    private final FrameDeadline deadline;
    private final StallWatch stall;
    private final AtomicReference<@Nullable CloseReason> reason = new AtomicReference<>();
    private volatile int maxFrame = WireLimits.BEFORE_LOGIN;
    private volatile int maxHeader = WireLimits.MAX_HEADER;
    private volatile boolean paused;
    /** The loop has seen that reading is paused; who resumes it must call it back. */
    private volatile boolean standing;
    /** What had been received already when reading was paused. */
    private final ArrayDeque<ByteBuf> held = new ArrayDeque<>(1);

    private boolean handling;
    private boolean inputDone;
    private boolean told;
    private @Nullable FrameHandler<ClientFrame> handler;

    NettyConnection(Channel channel, Ending ending, String address, TransportOptions options, QueueBudget budget) {
        this.channel = channel;
        this.loop = channel.eventLoop();
        this.ending = ending;
        this.address = address;
        this.options = options;
        this.queue = new SendQueue(options.queueBytes(), budget);
        this.outgoing = new Outgoing(channel, queue, channel::close, this::failed);
        this.write = outgoing::drain;
        this.deadline = new FrameDeadline(this::later, options.frameTimeout(), this::frameTimedOut);
        this.stall = new StallWatch(this::later, queue, options.stallTimeout(), this::stalled);
    }

    /** Begins, once it stands in the pipeline, with what was received before it did. */
    void start(ConnectionAcceptor<ClientFrame, ServerFrame> acceptor, Iterable<ByteBuf> early) {
        ending.lingerOnClose();
        channel.closeFuture().addListener(closed -> gone());
        try {
            handler = acceptor.accept(this);
        } catch (RuntimeException | Error e) {
            handlerFailed(e);
        }
        early.forEach(this::read);
        uncork();
        if (!standing) {
            channel.config().setAutoRead(true);
        }
        if (!isOpen()) {
            tellClosed();
        }
    }

    @Override
    public boolean send(ServerFrame frame) {
        byte[] bytes = FrameCodec.encode(frame);
        return switch (queue.offer(bytes, loop.inEventLoop() && handling)) {
            case CLOSED -> false;
            case OVERFLOW -> {
                abort(
                        CloseReason.Kind.SLOW_READER,
                        "more than " + options.queueBytes()
                                + " bytes wait to be read, or too much for all connections together");
                yield false;
            }
            case START_WRITER -> executeSoon(write);
            case QUEUED -> {
                stall.watchIfSlow();
                yield true;
            }
        };
    }

    /** False if the loop has ended, and with it the connection. */
    @Override
    public boolean executeSoon(Runnable task) {
        try {
            loop.execute(task);
            return true;
        } catch (RejectedExecutionException e) {
            LOG.debug("a connection of {} had ended", address);
            return false;
        }
    }

    private Later.Planned later(Duration delay, Runnable task) {
        try {
            Future<?> planned = loop.schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS);
            return () -> planned.cancel(false);
        } catch (RejectedExecutionException e) {
            LOG.debug("a connection of {} had ended", address);
            return () -> {};
        }
    }

    @Override
    public void close(CloseReason why) {
        if (reason.compareAndSet(null, why)) {
            boolean mustWrite = queue.close();
            executeSoon(() -> closing(mustWrite));
        }
    }

    private void closing(boolean mustWrite) {
        Later.Planned end = later(options.linger(), ending::abort);
        channel.closeFuture().addListener(closed -> end.cancel());
        stopReading();
        channel.config().setAutoRead(true);
        if (mustWrite) {
            outgoing.drain();
        }
    }

    /** Closes without lingering. */
    private void abort(CloseReason.Kind kind, String text) {
        reason.compareAndSet(null, new CloseReason(kind, text));
        queue.close();
        executeSoon(() -> {
            stopReading();
            ending.abort();
        });
    }

    /** The last that the handler hears. */
    private void stopReading() {
        deadline.stop();
        held.forEach(ByteBuf::release);
        held.clear();
        tellClosed();
    }

    private void gone() {
        reason.compareAndSet(null, new CloseReason(CloseReason.Kind.PEER, "the other end closed"));
        queue.drop();
        stopReading();
    }

    private void tellClosed() {
        FrameHandler<ClientFrame> own = handler;
        CloseReason why = reason.get();
        if (own == null || why == null || told) {
            return;
        }
        told = true;
        try {
            own.onClosed(why);
        } catch (RuntimeException | Error e) {
            LOG.error("a handler of {} failed at its end", address, e);
        }
    }

    @Override
    public void pauseReading() {
        paused = true;
    }

    @Override
    public void resumeReading() {
        paused = false;
        if (standing) {
            executeSoon(this::goOn);
        }
    }

    private void goOn() {
        if (paused || !standing || !isOpen()) {
            return;
        }
        standing = false;
        deadline.inside(decoder.isInsideFrame());
        for (ByteBuf chunk = held.poll(); chunk != null; chunk = standing ? null : held.poll()) {
            take(chunk);
        }
        uncork();
        if (!standing && isOpen()) {
            if (inputDone) {
                peerClosed();
            } else {
                channel.config().setAutoRead(true);
            }
        }
    }

    /** Whether nothing more is read now. Who resumes at this moment sees that the loop stands, or is seen here. */
    private boolean stands() {
        if (!paused) {
            return false;
        }
        standing = true;
        if (!paused) {
            standing = false;
            return false;
        }
        channel.config().setAutoRead(false);
        deadline.inside(false);
        return true;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        read((ByteBuf) message);
    }

    private void read(ByteBuf chunk) {
        if (!isOpen()) {
            chunk.release();
        } else if (standing) {
            held.add(chunk);
        } else {
            take(chunk);
        }
    }

    /** Handles the frames of a chunk; what is left of it when reading is paused waits in front. */
    private void take(ByteBuf chunk) {
        handling = true;
        try {
            handle(chunk);
        } catch (RuntimeException | Error e) {
            handlerFailed(e);
        } finally {
            if (chunk.isReadable() && isOpen()) {
                held.addFirst(chunk);
            } else {
                chunk.release();
            }
        }
    }

    private void handle(ByteBuf chunk) {
        FrameHandler<ClientFrame> own = handler;
        if (own == null) {
            return;
        }
        ByteBuffer bytes = chunk.internalNioBuffer(chunk.readerIndex(), chunk.readableBytes());
        int from = bytes.position();
        try {
            while (bytes.hasRemaining() && isOpen() && !stands()) {
                decoder.maxFrame(maxFrame);
                decoder.maxHeader(maxHeader);
                Optional<ClientFrame> frame = decoder.decode(bytes);
                deadline.inside(frame.isEmpty());
                if (frame.isPresent()) {
                    own.onFrame(frame.get());
                }
            }
        } catch (MalformedFrameException e) {
            deadline.stop();
            own.onMalformed(e);
            close(new CloseReason(CloseReason.Kind.MALFORMED, String.valueOf(e.getMessage())));
        } finally {
            chunk.skipBytes(bytes.position() - from);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        uncork();
    }

    /** What the handler sent leaves together. */
    private void uncork() {
        handling = false;
        if (queue.uncork()) {
            outgoing.drain();
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof SslCloseCompletionEvent || event instanceof ChannelInputShutdownEvent) {
            inputDone = true;
            if (!standing) {
                peerClosed();
            }
        }
    }

    private void peerClosed() {
        close(new CloseReason(
                CloseReason.Kind.PEER,
                decoder.isInsideFrame() ? "the other end closed in the middle of a frame" : "the other end closed"));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        failed(cause instanceof DecoderException && cause.getCause() != null ? cause.getCause() : cause);
    }

    private void failed(Throwable cause) {
        String why = cause.getMessage() == null ? cause.toString() : cause.getMessage();
        abort(CloseReason.Kind.FAILED, "the connection failed: " + why);
    }

    private void handlerFailed(Throwable cause) {
        LOG.error("a handler of {} failed", address, cause);
        abort(CloseReason.Kind.INTERNAL, "a handler failed: " + cause);
    }

    private void frameTimedOut() {
        String text = "a frame was begun and not finished within " + DurationText.of(options.frameTimeout());
        FrameHandler<ClientFrame> own = handler;
        if (own != null && isOpen()) {
            try {
                own.onTimedOut(text);
            } catch (RuntimeException | Error e) {
                handlerFailed(e);
            }
        }
        close(new CloseReason(CloseReason.Kind.TIMED_OUT, text));
    }

    private void stalled() {
        abort(CloseReason.Kind.SLOW_READER, "nothing was read for " + DurationText.of(options.stallTimeout()));
    }

    private boolean isOpen() {
        return reason.get() == null;
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
        return address;
    }
}
