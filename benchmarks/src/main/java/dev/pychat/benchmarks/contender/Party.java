package dev.pychat.benchmarks.contender;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One connection of a user. It sends bodies of 400 bytes that hold their number and the moment at which they were due, and
 * keeps a window of unaccepted messages full while it is told to.
 *
 * <p>Public methods are thread-safe; the others are called on the connection's event loop. What they write goes into one buffer,
 * which leaves when all that had arrived was handled.
 */
public abstract class Party extends ByteToMessageDecoder {

    private static final int OUT = 1024;

    private final Part part;
    private final CompletableFuture<Void> ready = new CompletableFuture<>();
    private volatile @Nullable Channel channel;
    private volatile boolean leaving;
    private @Nullable ByteBuf out;
    private long left;
    private long sequence;

    Party(Part part) {
        this.part = part;
    }

    final Part part() {
        return part;
    }

    /** Whether the server speaks first, and in clear, before TLS begins. */
    boolean startsInClear() {
        return false;
    }

    /** TLS is up: logs in as the role wants it, and then says so with {@link #becomeReady}. */
    abstract void begin();

    /** Writes one message to the peer. */
    abstract void write(ByteBuf to, long count, long due);

    /** Begins to receive what was kept. */
    abstract void receive();

    /** What still has to be said before the buffer leaves, such as one acknowledgement for all that arrived. */
    void beforeFlush() {}

    final void becomeReady() {
        ready.complete(null);
    }

    /** The server has accepted the message with that count, from 1, of those that this party sent. */
    final void accepted(long count) {
        part.tally().accepted(part.number(count));
        if (left > 0) {
            left--;
            write(out(), ++sequence, System.nanoTime());
        }
    }

    /** A message has arrived. */
    final void delivered(long number, long due) {
        part.tally().delivered(number, due);
    }

    final ByteBuf out() {
        ByteBuf buffer = out;
        if (buffer == null) {
            buffer = channel().alloc().directBuffer(OUT);
            out = buffer;
        }
        return buffer;
    }

    final void flush() {
        beforeFlush();
        ByteBuf buffer = out;
        if (buffer != null) {
            out = null;
            Channel to = channel();
            // What fails comes to exceptionCaught.
            ChannelFuture unused = to.writeAndFlush(buffer, to.voidPromise());
        }
    }

    final void fail(String why) {
        fail(new IllegalStateException(why));
    }

    private void fail(Throwable why) {
        if (!leaving) {
            part.tally().failed(why);
        }
        ready.completeExceptionally(why);
    }

    private Channel channel() {
        Channel opened = channel;
        if (opened == null) {
            throw new IllegalStateException("not connected yet");
        }
        return opened;
    }

    private void onLoop(Runnable what) {
        Channel opened = channel();
        opened.eventLoop().execute(() -> {
            if (opened.isActive()) {
                what.run();
                flush();
            }
        });
    }

    /**
     * When it can play its part.
     *
     * @return completed when it has logged in; exceptionally when that failed
     */
    public final CompletableFuture<Void> ready() {
        return ready;
    }

    /**
     * Sends a message.
     *
     * @param due the moment of {@link System#nanoTime} at which it is due
     */
    public final void send(long due) {
        onLoop(() -> write(out(), ++sequence, due));
    }

    /**
     * Sends so many messages at once, and from then on one for each that is accepted.
     *
     * @param window how many are sent and not yet accepted
     * @param count how many are sent in all
     */
    public final void keepSending(int window, long count) {
        onLoop(() -> {
            long atOnce = Math.min(window, count);
            left = count - atOnce;
            for (long i = 0; i < atOnce; i++) {
                write(out(), ++sequence, System.nanoTime());
            }
        });
    }

    /** Lets it end with what is on its way. */
    public final void stopSending() {
        onLoop(() -> left = 0);
    }

    /** Lets a {@link Role#FETCHER} receive what was kept for it. */
    public final void fetch() {
        onLoop(this::receive);
    }

    /**
     * Ends the connection.
     *
     * @return completed when it is closed
     */
    public final CompletableFuture<Void> leave() {
        leaving = true;
        CompletableFuture<Void> closed = new CompletableFuture<>();
        Channel opened = channel;
        if (opened == null) {
            closed.complete(null);
        } else {
            opened.close().addListener(done -> closed.complete(null));
        }
        return closed;
    }

    /**
     * Whether it is connected.
     *
     * @return false before it is, and after its end
     */
    public final boolean isOpen() {
        Channel opened = channel;
        return opened != null && opened.isActive();
    }

    /** The server will be killed: what the connection meets from now on is no fault. */
    public final void expectTheEnd() {
        leaving = true;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) throws Exception {
        channel = ctx.channel();
        super.handlerAdded(ctx);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) throws Exception {
        if (event instanceof SslHandshakeCompletionEvent handshake) {
            if (handshake.isSuccess()) {
                begin();
                flush();
            } else {
                fail(handshake.cause());
            }
        }
        super.userEventTriggered(ctx, event);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) throws Exception {
        flush();
        super.channelReadComplete(ctx);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) throws Exception {
        super.channelInactive(ctx);
        fail("the server closed the connection of user " + part.user());
    }

    @Override
    protected void handlerRemoved0(ChannelHandlerContext ctx) {
        ByteBuf buffer = out;
        if (buffer != null) {
            out = null;
            buffer.release();
        }
    }

    @Override
    @SuppressWarnings("deprecation") // the way in which Netty tells a handler
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        fail(cause);
        ctx.close().addListener(closed -> {});
    }

    /** Called by the net where the connection could not be made. */
    final void refused(Throwable why) {
        fail(why);
    }
}
