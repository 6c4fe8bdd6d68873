package dev.pychat.transport.netty;

import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslProvider;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which native libraries are used. Immutable and thread-safe.
 *
 * @param tls who does TLS
 * @param epoll whether the event loops are epoll's
 */
record Platform(SslProvider tls, boolean epoll) {

    private static final Logger LOG = LoggerFactory.getLogger(Platform.class);
    private static final int PAGE = 8 * 1024;
    /** As a power of two: a chunk is a mebibyte. */
    private static final int PAGES_OF_A_CHUNK = 7;

    /** Each arena takes memory in large chunks, so there is one for each thread that uses one, and not Netty's two for each core. */
    private static final PooledByteBufAllocator BUFFERS = new PooledByteBufAllocator(
            true,
            Loops.COUNT,
            2 * Loops.COUNT,
            PAGE,
            PAGES_OF_A_CHUNK,
            PooledByteBufAllocator.defaultSmallCacheSize(),
            PooledByteBufAllocator.defaultNormalCacheSize(),
            false);

    /** What loads here. */
    static Platform best() {
        boolean boring = OpenSsl.isAvailable() && SslProvider.isTlsv13Supported(SslProvider.OPENSSL_REFCNT);
        if (!boring) {
            LOG.debug("no native TLS", OpenSsl.unavailabilityCause());
        }
        if (!Epoll.isAvailable()) {
            LOG.debug("no epoll", Epoll.unavailabilityCause());
        }
        return new Platform(boring ? SslProvider.OPENSSL_REFCNT : SslProvider.JDK, Epoll.isAvailable());
    }

    /** What runs wherever Java does. */
    static Platform portable() {
        return new Platform(SslProvider.JDK, false);
    }

    static PooledByteBufAllocator buffers() {
        return BUFFERS;
    }

    IoHandlerFactory loops() {
        return epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
    }

    /** A channel that is to listen, and what it accepts is of the same kind. */
    ServerChannel serverChannel() {
        return epoll ? new EpollServerSocketChannel() : new NioServerSocketChannel();
    }

    /** In words, for the log. */
    String text() {
        return (tls == SslProvider.JDK ? "TLS of the JDK" : "native TLS (" + OpenSsl.versionString() + ")") + " on "
                + (epoll ? "epoll" : "NIO");
    }
}
