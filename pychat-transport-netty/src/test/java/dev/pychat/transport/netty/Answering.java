package dev.pychat.transport.netty;

import dev.pychat.transport.CloseReason;
import dev.pychat.transport.Connection;
import dev.pychat.transport.FrameHandler;
import dev.pychat.wire.ClientFrame;
import dev.pychat.wire.FrameCodec;
import dev.pychat.wire.MalformedFrameException;
import dev.pychat.wire.Ping;
import dev.pychat.wire.Pong;
import dev.pychat.wire.ServerFrame;
import java.time.Instant;

/** Answers each ping. */
record Answering(Connection<ServerFrame> connection) implements FrameHandler<ClientFrame> {

    /** The bytes of an answer. */
    static byte[] pong(long id) {
        return FrameCodec.encode(new Pong(id, Instant.EPOCH));
    }

    @Override
    public void onFrame(ClientFrame frame) {
        if (frame instanceof Ping ping) {
            connection.send(new Pong(ping.id(), Instant.EPOCH));
        }
    }

    @Override
    public void onMalformed(MalformedFrameException fault) {}

    @Override
    public void onClosed(CloseReason reason) {}
}
