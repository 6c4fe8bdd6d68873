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
 * The generator's side of the network: its event loops, and TLS 1.3 to servers that show the one certificate. It resumes no TLS session,
 * so every connection is a full handshake.
 *
 * <p>Thread-safe.
 */
public final class Net implements AutoCloseable {

    private static final int CONNECT_MILLIS = 60_000;

    private final EventLoopGroup loops;
    private final X509Certificate trusted;

    private Net(EventLoopGroup loops, X509Certificate trusted) {
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
        return new Net(loops, trusted);
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
                // The certificate itself is compared; without a name no earlier session is resumed, either.
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
                            channel.pipeline().addLast(handler(tls, channel));
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

    static SslHandler handler(SslContext tls, Channel channel) {
        SslHandler handler = tls.newHandler(channel.alloc());
        handler.setHandshakeTimeout(CONNECT_MILLIS, TimeUnit.MILLISECONDS);
        return handler;
    }

    @Override
    public void close() {
        loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
