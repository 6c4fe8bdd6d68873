package dev.pychat.transport.netty;

import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.util.ReferenceCountUtil;

/**
 * Stands between the socket and TLS, and ends the connection. Once TLS has said its last, nothing more goes out, and what comes in is
 * thrown away until the other end has done the same: a socket that is closed with unread input takes back what is on its way out.
 * Whoever wants that sees to an end of it, by {@link #abort}.
 *
 * <p>Confined to the connection's event loop, but for {@link #abort}.
 */
@SuppressWarnings("FutureReturnValueIgnored") // the channel itself tells when it has closed
final class Ending extends ChannelDuplexHandler {

    private final Channel channel;
    private boolean lingering;
    private boolean over;
    private boolean inputDone;

    Ending(Channel channel) {
        this.channel = channel;
    }

    /** From now on a close waits for the other end. */
    void lingerOnClose() {
        lingering = true;
    }

    boolean lingers() {
        return lingering;
    }

    /** Ends both directions at once, from any thread. */
    void abort() {
        ChannelHandlerContext own = channel.pipeline().context(this);
        if (own == null) {
            channel.close();
        } else {
            own.close();
        }
    }

    @Override
    public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
        if (!lingering || inputDone || !channel.isActive()) {
            ctx.close(promise);
            return;
        }
        channel.closeFuture().addListener(closed -> promise.trySuccess());
        if (!over) {
            over = true;
            ((DuplexChannel) channel).shutdownOutput();
            channel.config().setAutoRead(true);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (over) {
            ReferenceCountUtil.release(message);
        } else {
            ctx.fireChannelRead(message);
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        inputDone |= event instanceof ChannelInputShutdownEvent;
        if (over && inputDone) {
            ctx.close();
        } else {
            ctx.fireUserEventTriggered(event);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (over) {
            ctx.close();
        } else {
            ctx.fireExceptionCaught(cause);
        }
    }
}
