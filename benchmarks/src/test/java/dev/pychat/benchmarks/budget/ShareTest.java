package dev.pychat.benchmarks.budget;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whose work is done on a stack; the class that runs stands first. */
class ShareTest {

    @ParameterizedTest
    @CsvSource({
        "TLS, io.netty.internal.tcnative.SSL io.netty.handler.ssl.SslHandler io.netty.channel.epoll.EpollIoHandler",
        "TLS, com.sun.crypto.provider.GCTR sun.security.ssl.SSLCipher dev.pychat.transport.TlsDuplex",
        "TLS, io.netty.buffer.PooledByteBuf io.netty.handler.ssl.SslHandler io.netty.channel.DefaultChannelPipeline",
        "SOCKETS, io.netty.channel.unix.FileDescriptor io.netty.handler.ssl.SslHandler",
        "SOCKETS, io.netty.handler.codec.ByteToMessageDecoder dev.pychat.transport.netty.NettyConnection",
        "SOCKETS, io.netty.util.concurrent.SingleThreadEventExecutor io.netty.channel.SingleThreadIoEventLoop",
        "CODEC, java.util.HashMap dev.pychat.model.Bytes dev.pychat.wire.HeaderWriter dev.pychat.server.Delivery",
        "CODEC, dev.pychat.transport.netty.NettyConnection io.netty.channel.DefaultChannelPipeline",
        "ENGINE, java.security.MessageDigest dev.pychat.crypto.open.Sha256 dev.pychat.server.Submissions",
        "ENGINE, dev.pychat.ref.server.RunningServer",
        "STORE, dev.pychat.server.Committer$Batch dev.pychat.server.Engine",
        "STORE, sun.nio.ch.FileDispatcherImpl sun.nio.ch.FileChannelImpl jetbrains.exodus.log.Log",
        "STORE, dev.pychat.ref.server.store.internal.LogWriter jetbrains.exodus.log.Log",
        "STORE, dev.pychat.store.internal.tree.TreeMessages dev.pychat.server.Submissions",
        "OTHER, java.lang.Thread java.lang.Object",
    })
    void firstPartOnTheStackWorks(Share share, String stack) {
        assertThat(Share.of(List.of(stack.split(" ", -1)))).isEqualTo(share);
    }
}
