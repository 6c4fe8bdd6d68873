package dev.pychat.wire;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.pychat.model.Bytes;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever the header document of a frame says, and whatever body follows it. */
class FrameHeaderFuzzTest {

    private static final int PREFIX = Integer.BYTES + Short.BYTES;

    static Stream<byte[]> headers() {
        RandomFrames random = new RandomFrames(2);
        return Stream.of(FrameType.values()).map(random::next).map(FrameHeaderFuzzTest::seed);
    }

    /** The header without its length, and the sizes of the body for the first byte. */
    private static byte[] seed(Frame frame) {
        ByteBuffer encoded = ByteBuffer.wrap(FrameCodec.encode(frame));
        int header = Short.toUnsignedInt(encoded.getShort(Integer.BYTES));
        int body = encoded.capacity() - PREFIX - header;
        return ByteBuffer.allocate(1 + header)
                .put((byte) Math.min(body, 255))
                .put(encoded.array(), PREFIX, header)
                .array();
    }

    /** The first byte says how many zeros follow the header. */
    @MethodSource("headers")
    @FuzzTest
    void anyHeaderIsAFrameOrRefused(byte[] input) throws MalformedFrameException {
        if (input.length == 0 || input.length > WireLimits.MAX_HEADER) {
            return;
        }
        int body = Byte.toUnsignedInt(input[0]);
        ByteBuffer frame = ByteBuffer.allocate(Short.BYTES + input.length - 1 + body);
        frame.putShort((short) (input.length - 1)).put(Arrays.copyOfRange(input, 1, input.length));
        for (Direction direction : Direction.values()) {
            Frame read;
            try {
                read = FrameCodec.decode(direction, Bytes.copyOf(frame.array()), WireLimits.MAX_HEADER);
            } catch (MalformedFrameException expected) {
                continue;
            }
            AgainFrame.check(read);
        }
    }
}
