package dev.pychat.transport.netty;

import dev.pychat.transport.CloseReason;
import dev.pychat.transport.ConnectionAcceptor;
import dev.pychat.transport.Listener;
import dev.pychat.transport.TransportException;
import dev.pychat.transport.TransportOptions;
import dev.pychat.transport.internal.OpenConnections;
import dev.pychat.transport.internal.QueueBudget;
import dev.pychat.wire.ClientFrame;
import dev.pychat.wire.ServerFrame;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.ServerChannel;
import io.netty.handler.ssl.SslHandler;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes connections, has them shake hands, and starts those that speak this protocol. Thread-safe. */
@SuppressWarnings("FutureReturnValueIgnored") // the channel itself tells when it has closed
final class NettyListener implements Listener {

    private static final Logger LOG = LoggerFactory.getLogger(NettyListener.class);
    private static final int BACKLOG = 1024;
    private static final long MOST_SECONDS_TO_STOP = 5;

    /** What holds for all of its connections. */
    record Terms(
            TransportOptions options,
            ConnectionAcceptor<ClientFrame, ServerFrame> acceptor,
            boolean clientCertificates) {}

    private final Terms terms;
    private final TlsContexts tls;
    private final Loops loops;
    private final OpenConnections open;
    private final ServerChannel channel;
    private volatile boolean stopped;
    private volatile boolean closed;

    private NettyListener(Terms terms, TlsContexts tls, Loops loops, ServerChannel channel) {
        this.terms = terms;
        this.tls = tls;
        this.loops = loops;
        this.channel = channel;
        this.open = new OpenConnections(
                terms.options().maxConnections(), terms.options().maxPerAddress());
    }

    /** Listens, or leaves nothing behind. */
    static NettyListener start(Platform platform, InetSocketAddress address, TlsContexts tls, Terms terms)
            throws TransportException {
        if (address.isUnresolved()) {
            throw TransportException.cannotListen(address, new IOException("no address"));
        }
        Loops loops = Loops.start(platform.loops());
        boolean listening = false;
        try {
            tls.prepare();
            NettyListener listener = new NettyListener(terms, tls, loops, platform.serverChannel());
            listener.bind(address);
            listening = true;
            LOG.debug("connections use {}", platform.text());
            return listener;
        } finally {
            if (!listening) {
                tls.close();
                loops.end();
            }
        }
    }

    private void bind(InetSocketAddress address) throws TransportException {
        channel.config().setOption(ChannelOption.SO_REUSEADDR, true);
        channel.config().setOption(ChannelOption.SO_BACKLOG, BACKLOG);
        channel.pipeline().addLast(new Accepting(this::take));
        ChannelFuture registered = loops.forHandshake().register(channel).awaitUninterruptibly();
        ChannelFuture bound = registered.isSuccess() ? channel.bind(address).awaitUninterruptibly() : registered;
        if (!bound.isSuccess()) {
            channel.close().awaitUninterruptibly();
            Throwable cause = bound.cause();
            throw TransportException.cannotListen(
                    address, cause instanceof Exception known ? known : new IOException(cause));
        }
    }

    /** Takes an accepted connection, on the loop that accepts. */
    private void take(Channel accepted, String address, String group) {
        if (stopped || !open.enter(group)) {
            LOG.debug("no place for a connection of {}", address);
            accepted.unsafe().closeForcibly();
            return;
        }
        try {
            shakeHands(accepted, address, group);
        } catch (SSLException | RuntimeException | OutOfMemoryError e) {
            LOG.debug("no handshake with {}: {}", address, e.toString());
            accepted.unsafe().closeForcibly();
            left(group);
        }
    }

    private void shakeHands(Channel accepted, String address, String group) throws SSLException {
        accepted.config().setAllocator(Platform.buffers());
        accepted.config().setOption(ChannelOption.TCP_NODELAY, true);
        accepted.config().setOption(ChannelOption.SO_KEEPALIVE, true);
        accepted.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
        SslHandler handler = tls.handler(Platform.buffers());
        // Both times are kept by whoever owns the connection.
        handler.setHandshakeTimeoutMillis(0);
        handler.setCloseNotifyFlushTimeoutMillis(0);
        Ending ending = new Ending(accepted);
        if (terms.clientCertificates()) {
            ending.lingerOnClose();
        }
        Runnable abort = ending::abort;
        Handshake handshake = new Handshake(address, ending, handler, loops.forFrames(), (done, channel) -> {
            open.remove(abort);
            serve(done, channel, ending, address);
        });
        accepted.pipeline().addLast(ending, handler, handshake);
        var loop = loops.forHandshake();
        accepted.closeFuture().addListener(gone -> {
            open.remove(abort);
            left(group);
        });
        handshake.begin(loop, terms.options().handshakeTimeout());
        loop.register(accepted).addListener(registered -> {
            if (registered.isSuccess()) {
                open.add(abort);
            } else {
                accepted.unsafe().closeForcibly();
            }
        });
    }

    /** Begins with frames, on the loop where they are read. */
    private void serve(Handshake handshake, Channel accepted, Ending ending, String address) {
        var connection = new NettyConnection(accepted, ending, address, terms.options(), QueueBudget.OF_THE_PROCESS);
        Runnable closer = () -> connection.close(CloseReason.local("the server stops"));
        accepted.pipeline().replace(handshake, "frames", connection);
        accepted.closeFuture().addListener(gone -> open.remove(closer));
        connection.start(terms.acceptor(), handshake.early());
        open.add(closer);
    }

    private void left(String group) {
        open.leave(group);
        endIfOver();
    }

    private void endIfOver() {
        if (closed && open.count() == 0) {
            loops.end();
        }
    }

    @Override
    public String address() {
        InetSocketAddress bound = (InetSocketAddress) channel.localAddress();
        return bound.getHostString() + ":" + bound.getPort();
    }

    @Override
    public int port() {
        return ((InetSocketAddress) channel.localAddress()).getPort();
    }

    @Override
    public int connections() {
        return open.count();
    }

    @Override
    public void stopAccepting() {
        stopped = true;
        ChannelFuture closing = channel.close();
        if (!loops.isHere() && !closing.awaitUninterruptibly(MOST_SECONDS_TO_STOP, TimeUnit.SECONDS)) {
            LOG.warn("closing the listening socket takes long");
        }
    }

    @Override
    public void close() {
        stopAccepting();
        tls.close();
        open.closeAll();
        closed = true;
        endIfOver();
    }
}
