package dev.pychat.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever anybody sends, in pieces of any size: frames that come back the same, or one exception type. */
class FrameStreamFuzzTest {

    static Stream<byte[]> frames() {
        RandomFrames random = new RandomFrames(1);
        return Stream.of(FrameType.values()).map(random::next).map(FrameStreamFuzzTest::seed);
    }

    private static byte[] seed(Frame frame) {
        byte[] encoded = FrameCodec.encode(frame);
        return ByteBuffer.allocate(1 + encoded.length)
                .put((byte) (frame instanceof ClientFrame ? 200 : 201))
                .put(encoded)
                .array();
    }

    /** The first byte says whose frames they are, and how many bytes arrive at a time. */
    @MethodSource("frames")
    @FuzzTest
    void anyStreamIsFramesOrRefused(byte[] input) {
        if (input.length == 0) {
            return;
        }
        int first = Byte.toUnsignedInt(input[0]);
        FrameDecoder<?> decoder = first % 2 == 0
                ? FrameDecoder.ofClientFrames(WireLimits.MAX_FRAME, WireLimits.MAX_HEADER)
                : FrameDecoder.ofServerFrames(WireLimits.MAX_FRAME, WireLimits.MAX_HEADER);
        int step = 1 + first / 2;
        try {
            for (int at = 1; at < input.length; at += step) {
                takeAll(decoder, ByteBuffer.wrap(input, at, Math.min(step, input.length - at)));
            }
        } catch (MalformedFrameException expected) {
            assertThat(expected.getMessage()).isNotBlank();
        }
    }

    private static void takeAll(FrameDecoder<?> decoder, ByteBuffer chunk) throws MalformedFrameException {
        Optional<? extends Frame> frame = decoder.decode(chunk);
        while (frame.isPresent()) {
            AgainFrame.check(frame.get());
            frame = decoder.decode(chunk);
        }
    }
}
