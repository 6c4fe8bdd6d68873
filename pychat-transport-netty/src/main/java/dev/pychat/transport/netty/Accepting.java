package dev.pychat.transport.netty;

import dev.pychat.transport.AddressGroup;
import io.netty.channel.Channel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands on what a listening channel accepts. Confined to its loop. */
final class Accepting extends ChannelInboundHandlerAdapter {

    private static final Logger LOG = LoggerFactory.getLogger(Accepting.class);
    private static final long AFTER_FAILURE_MILLIS = 100;

    /** Takes a connection, and never throws. */
    @FunctionalInterface
    interface Taker {
        void take(Channel accepted, String address, String group);
    }

    private final Taker taker;

    Accepting(Taker taker) {
        this.taker = taker;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        Channel accepted = (Channel) message;
        if (accepted.remoteAddress() instanceof InetSocketAddress remote && remote.getAddress() != null) {
            String address = remote.getAddress().getHostAddress();
            taker.take(accepted, address, AddressGroup.of(address));
        } else {
            accepted.unsafe().closeForcibly(); // it has gone already
        }
    }

    /** Out of files, perhaps: others have to end first. */
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        LOG.warn("accepting a connection failed: {}", cause.toString());
        ChannelConfig config = ctx.channel().config();
        config.setAutoRead(false);
        var unused =
                ctx.executor().schedule(() -> config.setAutoRead(true), AFTER_FAILURE_MILLIS, TimeUnit.MILLISECONDS);
    }
}
