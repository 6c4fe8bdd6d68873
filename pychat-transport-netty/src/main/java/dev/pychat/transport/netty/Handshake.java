package dev.pychat.transport.netty;

import dev.pychat.wire.ProtocolVersion;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.ScheduledFuture;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows a handshake on a loop for handshakes, to its absolute deadline; then hands the connection on to a loop for frames. Confined
 * to the one, then to the other.
 */
@SuppressWarnings("FutureReturnValueIgnored") // the channel itself tells when it has closed
final class Handshake extends ChannelInboundHandlerAdapter {

    private static final Logger LOG = LoggerFactory.getLogger(Handshake.class);
    private static final Duration LINGER = Duration.ofSeconds(1);

    private final String address;
    private final Ending ending;
    private final SslHandler tls;
    private final EventLoop next;
    private final BiConsumer<Handshake, Channel> done;
    private final ArrayDeque<ByteBuf> early = new ArrayDeque<>(1);
    private @Nullable ScheduledFuture<?> deadline;

    /**
     * Begins nothing yet.
     *
     * @param next the loop for frames
     * @param done is told, on that loop, once the connection is there
     */
    Handshake(String address, Ending ending, SslHandler tls, EventLoop next, BiConsumer<Handshake, Channel> done) {
        this.address = address;
        this.ending = ending;
        this.tls = tls;
        this.next = next;
        this.done = done;
    }

    /** What came right behind the handshake. */
    Queue<ByteBuf> early() {
        return early;
    }

    /** Sets the deadline. Waiting for others' handshakes counts. */
    void begin(EventLoop loop, Duration timeout) {
        deadline = loop.schedule(ending::abort, timeout.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        early.add((ByteBuf) message);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof SslHandshakeCompletionEvent completion) {
            if (completion.isSuccess()) {
                completed(ctx);
            } else {
                LOG.debug(
                        "no handshake with {}: {}", address, completion.cause().toString());
                if (ending.lingers()) {
                    ctx.executor().schedule(ending::abort, LINGER.toMillis(), TimeUnit.MILLISECONDS);
                }
            }
        } else if (event instanceof ChannelInputShutdownEvent) {
            ending.abort();
        }
    }

    private void completed(ChannelHandlerContext ctx) {
        if (!ProtocolVersion.ALPN.equals(tls.applicationProtocol())) {
            LOG.debug("{} does not ask for this protocol", address);
            ending.abort();
            return;
        }
        ctx.channel().config().setAutoRead(false);
        // Behind what TLS still does with the bytes at hand, of which nothing may be left to do on this loop.
        ctx.executor().execute(() -> handOn(ctx.channel()));
    }

    private void handOn(Channel channel) {
        endDeadline();
        channel.deregister().addListener(away -> {
            // A loop for frames lives for as long as there is a connection that is open.
            if (channel.isOpen()) {
                next.register(channel).addListener(there -> arrived(channel, there));
            } else {
                lost(channel, new ClosedChannelException());
            }
        });
    }

    private void arrived(Channel channel, Future<?> registered) {
        if (!registered.isSuccess()) {
            lost(channel, registered.cause());
        } else if (channel.isOpen()) {
            done.accept(this, channel);
        } else {
            lost(channel, new ClosedChannelException());
        }
    }

    /** It was closed between the loops, where Netty does not take it down. */
    private void lost(Channel channel, Throwable cause) {
        LOG.debug("{} was closed behind its handshake: {}", address, cause.toString());
        channel.unsafe().closeForcibly();
        if (channel.pipeline().get(SslHandler.class) != null) {
            channel.pipeline().remove(SslHandler.class);
        }
        releaseEarly();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        endDeadline();
        releaseEarly();
    }

    private void endDeadline() {
        if (deadline != null) {
            deadline.cancel(false);
        }
    }

    private void releaseEarly() {
        early.forEach(ByteBuf::release);
        early.clear();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        LOG.debug("no handshake with {}: {}", address, cause.toString());
        ctx.close();
    }
}
