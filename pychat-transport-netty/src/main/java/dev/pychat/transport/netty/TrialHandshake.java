package dev.pychat.transport.netty;

import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.handler.ssl.SslContext;
import io.netty.util.ReferenceCountUtil;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;

/**
 * Begins a handshake with a server in memory, as far as the server shows its certificate and signs with its key: BoringSSL looks at a
 * key not before then. Stateless.
 */
final class TrialHandshake {

    private static final String PROTOCOL_NAME = "7079636861742f31"; // pychat/1

    /** What a client of the Java platform says first (RFC 8446, section 4.1.2). Nobody has the secret half of its key, X25519's 9. */
    private static final byte[] HELLO = HexFormat.of().parseHex(message());

    private TrialHandshake() {}

    private static String message() {
        String extensions = extension("002b", "020304") // supported versions: TLS 1.3
                + extension("000a", vector("001d001700180019")) // groups: X25519, P-256, P-384, P-521
                + extension(
                        "000d", // signatures: ECDSA, Ed25519, RSA-PSS, RSA of the certificates' issuers
                        vector("040305030603" + "0807" + "080408050806" + "0809080a080b" + "040105010601" + "02030201"))
                + extension("0033", vector("001d" + vector("09" + "00".repeat(31))))
                + extension("0010", vector("08" + PROTOCOL_NAME));
        String hello = "0303" + "00".repeat(32) + "00" + vector("130113021303") + "0100" + vector(extensions);
        return "160301" + vector("0100" + vector(hello));
    }

    private static String extension(String type, String content) {
        return type + vector(content);
    }

    /** With its length before it, in two bytes. */
    private static String vector(String content) {
        return "%04x".formatted(content.length() / 2) + content;
    }

    /** Fails if the server has nothing to answer with. */
    static void with(SslContext server) throws SSLException {
        SSLEngine engine = server.newEngine(UnpooledByteBufAllocator.DEFAULT);
        try {
            answer(engine);
        } finally {
            ReferenceCountUtil.release(engine);
        }
    }

    private static void answer(SSLEngine engine) throws SSLException {
        ByteBuffer hello = ByteBuffer.wrap(HELLO);
        ByteBuffer nothing = ByteBuffer.allocate(0);
        ByteBuffer plain = ByteBuffer.allocate(engine.getSession().getApplicationBufferSize());
        ByteBuffer answer = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
        engine.setUseClientMode(false);
        engine.beginHandshake();
        while (hello.hasRemaining() || engine.getHandshakeStatus() != HandshakeStatus.NEED_UNWRAP) {
            switch (engine.getHandshakeStatus()) {
                case NEED_TASK -> engine.getDelegatedTask().run();
                case NEED_UNWRAP -> engine.unwrap(hello, plain);
                case NEED_WRAP -> engine.wrap(nothing, answer.clear());
                default -> throw new SSLException("the handshake ended before the server had proved to have its key");
            }
        }
        engine.unwrap(hello, plain); // of nothing: that the answer was an alert is told only now
    }
}
