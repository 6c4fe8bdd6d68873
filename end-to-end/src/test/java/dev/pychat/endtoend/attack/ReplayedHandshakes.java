package dev.pychat.endtoend.attack;

import dev.pychat.wire.ProtocolVersion;
import java.nio.ByteBuffer;
import java.util.Arrays;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;

/**
 * One recorded first flight of a handshake, sent again and again: it costs the attacker nothing, and the server a key exchange and
 * a signature each time.
 */
final class ReplayedHandshakes implements Attack {

    private static final String FROM = "127.0.0.14";
    private static final int MOST_WAITING = 400;

    @Override
    public String name() {
        return "replayed handshakes";
    }

    @Override
    public String attack(Field field) throws Exception {
        byte[] hello = clientHello();
        int atOnce = Math.min(MOST_WAITING, field.scale().ofAnAddress() / 2);
        int computed = 0;
        try (Sockets sockets = new Sockets(field.server(), FROM)) {
            while (!field.isOver() || computed < atOnce) {
                while (sockets.count() < atOnce) {
                    sockets.connect();
                    sockets.writeToLast(hello);
                }
                computed += sockets.takeEnded(true).size();
                Stranger.greeted(field.server(), "127.0.0.15").close();
            }
        }
        return computed + " answered; another address was served meanwhile";
    }

    private static byte[] clientHello() throws Exception {
        SSLEngine engine = SSLContext.getDefault().createSSLEngine("127.0.0.1", 1);
        engine.setUseClientMode(true);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setProtocols(new String[] {"TLSv1.3"});
        parameters.setApplicationProtocols(new String[] {ProtocolVersion.ALPN});
        engine.setSSLParameters(parameters);
        ByteBuffer out = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
        engine.wrap(ByteBuffer.allocate(0), out);
        return Arrays.copyOf(out.array(), out.position());
    }
}
