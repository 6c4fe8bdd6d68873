/**
 * The server's end of the transport on Netty's event loops: few threads for any number of connections, and TLS by BoringSSL where
 * that has a library for the platform.
 *
 * <pre>
 *   accept, TLS handshake      half of the cores: a storm of handshakes leaves the rest to who is connected
 *        | handed on
 *   frames                     the other half, each connection on one of these loops to its end
 *
 *   socket -&gt; Ending -&gt; TLS -&gt; Handshake, then NettyConnection -&gt; FrameHandler
 * </pre>
 *
 * <p>A connection that says nothing holds no buffer, no timer and no thread. What every transport needs besides is in core; no
 * meaning of a frame may ever come in here.
 */
@NullMarked
package dev.pychat.transport.netty;

import org.jspecify.annotations.NullMarked;
