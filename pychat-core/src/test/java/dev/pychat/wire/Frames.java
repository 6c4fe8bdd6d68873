package dev.pychat.wire;

import dev.pychat.model.Bytes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Frames made by hand. */
final class Frames {

    private Frames() {}

    /** A frame with any text as its header. */
    static byte[] raw(String header, Bytes body) {
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        ByteBuffer out = ByteBuffer.allocate(6 + json.length + body.size());
        out.putInt(2 + json.length + body.size()).putShort((short) json.length).put(json);
        body.copyTo(out);
        return out.array();
    }

    static FrameDecoder<?> decoder(Direction direction) {
        return direction == Direction.TO_SERVER
                ? FrameDecoder.ofClientFrames(WireLimits.MAX_FRAME, WireLimits.MAX_HEADER)
                : FrameDecoder.ofServerFrames(WireLimits.MAX_FRAME, WireLimits.MAX_HEADER);
    }

    /** Reads one frame that a client sent. */
    static Frame fromClient(String header, Bytes body) throws MalformedFrameException {
        return decoder(Direction.TO_SERVER)
                .decode(ByteBuffer.wrap(raw(header, body)))
                .orElseThrow();
    }

    /** Reads one frame that a server sent. */
    static Frame fromServer(String header, Bytes body) throws MalformedFrameException {
        return decoder(Direction.TO_CLIENT)
                .decode(ByteBuffer.wrap(raw(header, body)))
                .orElseThrow();
    }
}
