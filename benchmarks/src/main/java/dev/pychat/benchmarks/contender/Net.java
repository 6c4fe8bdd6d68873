package dev.pychat.benchmarks.contender;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import java.net.InetAddress;
import java.security.cert.X509Certificate;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;

/**
 * The generator's side of the network: its event loops, and TLS 1.3 to servers that show the one certificate. A connection is a full
 * handshake, unless its {@linkplain Part#remembers part} remembers the user's TLS session.
 *
 * <p>Thread-safe.
 */
public final class Net implements AutoCloseable {

    private static final int CONNECT_MILLIS = 60_000;

    /** TLS sessions are kept by name and port; for each server there is a context of its own, so the port tells nothing more. */
    private static final int ANY_PORT = 1;

    private final EventLoopGroup loops;
    private final OneCertificate trusted;

    private Net(EventLoopGroup loops, OneCertificate trusted) {
        this.loops = loops;
        this.trusted = trusted;
    }

    /**
     * Starts event loops.
     *
     * @param trusted the certificate that all servers show
     * @param threads how many event loops
     * @return a new one
     */
    public static Net start(X509Certificate trusted, int threads) {
        EventLoopGroup loops = new MultiThreadIoEventLoopGroup(
                threads, Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
        return new Net(loops, new OneCertificate(trusted));
    }

    /** What the generator's TLS is computed by. */
    static String library() {
        return OpenSsl.isAvailable() ? OpenSsl.versionString() : "the JDK";
    }

    SslContext tls(String... protocols) throws SSLException {
        SslContextBuilder builder = SslContextBuilder.forClient()
                .sslProvider(OpenSsl.isAvailable() ? SslProvider.OPENSSL : SslProvider.JDK)
                .protocols("TLSv1.3")
                .trustManager(trusted)
                // The certificate itself is compared.
                .endpointIdentificationAlgorithm("");
        if (protocols.length > 0) {
            builder.applicationProtocolConfig(new ApplicationProtocolConfig(
                    ApplicationProtocolConfig.Protocol.ALPN,
                    ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
                    ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
                    protocols));
        }
        return builder.build();
    }

    void connect(Party party, SslContext tls, int port) {
        new Bootstrap()
                .group(loops)
                .channel(Epoll.isAvailable() ? EpollSocketChannel.class : NioSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        if (!party.startsInClear()) {
                            channel.pipeline().addLast(handler(tls, channel, party.part()));
                        }
                        channel.pipeline().addLast(party);
                    }
                })
                .connect(InetAddress.getLoopbackAddress(), port)
                .addListener(done -> {
                    if (!done.isSuccess()) {
                        party.refused(done.cause());
                    }
                });
    }

    /** How many handshakes were full ones so far. */
    long fullHandshakes() {
        return trusted.shown();
    }

    /** A session is kept and found by a name, which is the user's here. It has no dot, and so is no server name that TLS would send. */
    static SslHandler handler(SslContext tls, Channel channel, Part part) {
        SslHandler handler = part.remembers()
                ? tls.newHandler(channel.alloc(), "user" + part.user(), ANY_PORT)
                : tls.newHandler(channel.alloc());
        handler.setHandshakeTimeout(CONNECT_MILLIS, TimeUnit.MILLISECONDS);
        return handler;
    }

    @Override
    public void close() {
        loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
