package dev.pychat.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.model.Bytes;

/** Whether a frame that was read comes back when it is written and read again. */
final class AgainFrame {

    private AgainFrame() {}

    /** Frames of a type that is not known can't be written, which is not asked of them. */
    static void check(Frame frame) throws MalformedFrameException {
        if (frame instanceof UnknownRequest || frame instanceof UnknownReply) {
            return;
        }
        Bytes again = Bytes.adopt(FrameCodec.encode(frame));
        Direction direction = frame instanceof ClientFrame ? Direction.TO_SERVER : Direction.TO_CLIENT;
        Bytes body = again.slice(Integer.BYTES, again.size() - Integer.BYTES);
        assertThat(FrameCodec.decode(direction, body, WireLimits.MAX_HEADER)).isEqualTo(frame);
    }
}
