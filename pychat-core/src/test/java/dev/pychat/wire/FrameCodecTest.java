package dev.pychat.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pychat.model.Bytes;
import dev.pychat.model.Username;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class FrameCodecTest {

    private final long seed = System.nanoTime();

    @ParameterizedTest
    @EnumSource(FrameType.class)
    void everyFrameComesBackAsItWasWritten(FrameType type) throws Exception {
        RandomFrames frames = new RandomFrames(seed);
        for (int i = 0; i < 200; i++) {
            Frame frame = frames.next(type);
            assertThat(decodeAll(FrameCodec.encode(frame), type.direction(), 1 << 20))
                    .as("seed %d", seed)
                    .containsExactly(frame);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 1000})
    void chunksOfAnySizeGiveTheSameFrames(int chunk) throws Exception {
        RandomFrames frames = new RandomFrames(seed);
        List<Frame> sent = new ArrayList<>();
        List<Bytes> bytes = new ArrayList<>();
        for (FrameType type : FrameType.values()) {
            if (type.direction() == Direction.TO_SERVER) {
                sent.add(frames.next(type));
                bytes.add(Bytes.adopt(FrameCodec.encode(sent.get(sent.size() - 1))));
            }
        }
        byte[] stream = Bytes.concat(bytes.toArray(Bytes[]::new)).toArray();
        assertThat(decodeAll(stream, Direction.TO_SERVER, chunk))
                .as("seed %d", seed)
                .isEqualTo(sent);
    }

    @ParameterizedTest
    @EnumSource(FrameType.class)
    void damagedFramesGiveAFrameOrAreMalformed(FrameType type) {
        Random random = new Random(seed);
        RandomFrames frames = new RandomFrames(seed);
        for (int i = 0; i < 300; i++) {
            byte[] bytes = FrameCodec.encode(frames.next(type));
            for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
                bytes[random.nextInt(Math.min(bytes.length, 300))] ^= (byte) (1 << random.nextInt(8));
            }
            assertFrameOrMalformed(bytes, type.direction());
        }
    }

    @Test
    void arbitraryBytesGiveAFrameOrAreMalformed() {
        Random random = new Random(seed);
        for (int i = 0; i < 5_000; i++) {
            byte[] bytes = new byte[random.nextInt(300)];
            random.nextBytes(bytes);
            assertFrameOrMalformed(bytes, Direction.TO_SERVER);
            String json = "{\"t\":\"submit\",\"id\":" + new String(bytes, StandardCharsets.ISO_8859_1) + "}";
            assertFrameOrMalformed(Frames.raw(json, Bytes.EMPTY), Direction.TO_SERVER);
        }
    }

    @Test
    void htmlIsNotEscaped() {
        String written = new String(FrameCodec.encode(new Hello(1, List.of(1), "a<b>&='c'")), StandardCharsets.UTF_8);
        assertThat(written).contains("a<b>&='c'");
    }

    @Test
    void valuesOutOfRangeAreTheWritersFault() {
        assertThatThrownBy(() -> FrameCodec.encode(new Ping(0)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1 to 9007199254740991");
        assertThatThrownBy(() -> FrameCodec.encode(new Hello(1, List.of(1), "\ud800")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> FrameCodec.encode(new UnknownRequest(1, "later")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void credentialsDoNotShowInAFramesText() {
        Frame frame = new RandomFrames(seed).next(FrameType.LOG_IN);
        assertThat(frame.toString())
                .contains("hidden")
                .doesNotContain(((LogIn) frame).secret().value().hex());
        assertThat(new GetBundle(1, new Username("bob")).toString()).contains("bob");
    }

    private void assertFrameOrMalformed(byte[] bytes, Direction direction) {
        try {
            assertThat(decodeAll(bytes, direction, 1 << 20)).doesNotContainNull();
        } catch (MalformedFrameException e) {
            assertThat(e)
                    .as("seed %d", seed)
                    .message()
                    .startsWith(e.where() + ": ")
                    .containsPattern("allowed|must")
                    .doesNotContain("JsonReader", "http");
        }
    }

    private static List<Frame> decodeAll(byte[] bytes, Direction direction, int chunk) throws MalformedFrameException {
        FrameDecoder<?> decoder = Frames.decoder(direction);
        List<Frame> found = new ArrayList<>();
        for (int at = 0; at < bytes.length; at += chunk) {
            ByteBuffer part = ByteBuffer.wrap(bytes, at, Math.min(chunk, bytes.length - at));
            while (part.hasRemaining()) {
                decoder.decode(part).ifPresent(found::add);
            }
        }
        return found;
    }
}
