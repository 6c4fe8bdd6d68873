package dev.pychat.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.pychat.model.Bytes;
import dev.pychat.model.EpochName;
import dev.pychat.model.Username;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class FrameDecoderTest {

    private final FrameDecoder<ClientFrame> decoder =
            FrameDecoder.ofClientFrames(WireLimits.MAX_FRAME, WireLimits.MAX_HEADER);

    @Test
    void anAnnouncedLengthTakesNoMemoryUntilTheBytesArrive() throws Exception {
        byte[] begun = {0, 15, (byte) 0xff, (byte) 0xff, 1};
        assertThat(decoder.decode(ByteBuffer.wrap(begun))).isEmpty(); // loads what has to be loaded
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        FrameDecoder<ClientFrame> measured = FrameDecoder.ofClientFrames(WireLimits.MAX_FRAME, WireLimits.MAX_HEADER);
        ByteBuffer chunk = ByteBuffer.wrap(begun);
        long before = threads.getCurrentThreadAllocatedBytes();
        assertThat(measured.decode(chunk)).isEmpty();
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(64 * 1024);
        assertThat(measured.isInsideFrame()).isTrue();
    }

    @Test
    void aRaisedLimitHoldsFromTheNextFrameOn() throws Exception {
        byte[] large = FrameCodec.encode(new PutEpoch(
                1, new Username("bob"), EpochName.NONE, Bytes.adopt(new byte[WireLimits.MAX_EPOCH_HEADER])));
        FrameDecoder<ClientFrame> strict = FrameDecoder.ofClientFrames(1000, WireLimits.MAX_HEADER);
        assertThatThrownBy(() -> strict.decode(ByteBuffer.wrap(large))).isInstanceOf(MalformedFrameException.class);
        FrameDecoder<ClientFrame> raised = FrameDecoder.ofClientFrames(1000, WireLimits.MAX_HEADER);
        assertThat(raised.decode(ByteBuffer.wrap(FrameCodec.encode(new Ping(1)))))
                .isPresent();
        raised.maxFrame(WireLimits.MAX_FRAME);
        assertThat(raised.decode(ByteBuffer.wrap(large))).isPresent();
        assertThat(raised.isInsideFrame()).isFalse();
    }

    @Test
    void whatFollowsAFrameInAChunkIsLeftThere() throws Exception {
        ByteBuffer chunk = ByteBuffer.allocate(1000);
        chunk.put(FrameCodec.encode(new Ping(1)))
                .put(FrameCodec.encode(new Ping(2)))
                .flip();
        assertThat(decoder.decode(chunk)).contains(new Ping(1));
        assertThat(chunk.remaining()).isEqualTo(FrameCodec.encode(new Ping(2)).length);
        assertThat(decoder.decode(chunk)).contains(new Ping(2));
        assertThat(decoder.decode(chunk)).isEmpty();
    }
}
