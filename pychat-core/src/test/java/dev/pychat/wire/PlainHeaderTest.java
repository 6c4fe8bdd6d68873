package dev.pychat.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.model.Bytes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The quick way to read a header gives what the thorough way gives, or nothing. */
class PlainHeaderTest {

    private static final long SEED = Long.getLong("pychat.test.seed", 20_261_126);
    private static final int PREFIX = Integer.BYTES + Short.BYTES;
    private static final String OF_JSON = "\"\\{}[],:0123456789-tfen abcAZ_=\u007f\t";
    private static final String ACK = "{\"t\":\"ack\",\"with\":\"bob\",\"upTo\":17}";

    /** What came of reading: a frame, a refusal in words, or nothing. */
    private record Outcome(Optional<Frame> frame, String refusal) {}

    private interface Reading {
        Optional<Frame> read() throws MalformedFrameException;
    }

    @ParameterizedTest
    @EnumSource(FrameType.class)
    void framesAreReadAlikeHoweverTheyAreDamaged(FrameType type) {
        Random random = new Random(SEED);
        RandomFrames frames = new RandomFrames(SEED);
        for (int i = 0; i < 300; i++) {
            byte[] frame = FrameCodec.encode(frames.next(type));
            int length = Short.toUnsignedInt(ByteBuffer.wrap(frame).getShort(Integer.BYTES));
            byte[] header = Arrays.copyOfRange(frame, PREFIX, PREFIX + length);
            Bytes body = Bytes.copyOf(frame, PREFIX + length, frame.length - PREFIX - length);
            requireAlike(type.direction(), header, body);
            requireAlike(type.direction(), header, Bytes.concat(body, Bytes.copyOf(new byte[] {1})));
            for (int damage = 0; damage < 8; damage++) {
                requireAlike(type.direction(), damaged(header, random), body);
            }
        }
    }

    @Test
    void messagesAndAcknowledgementsAreReadQuickly() throws Exception {
        RandomFrames frames = new RandomFrames(SEED);
        Set<FrameType> hot = EnumSet.of(FrameType.SUBMIT, FrameType.ACK);
        for (FrameType type : hot) {
            for (int i = 0; i < 200; i++) {
                Frame frame = frames.next(type);
                byte[] bytes = FrameCodec.encode(frame);
                int length = Short.toUnsignedInt(ByteBuffer.wrap(bytes).getShort(Integer.BYTES));
                byte[] header = Arrays.copyOfRange(bytes, PREFIX, PREFIX + length);
                Bytes body = Bytes.copyOf(bytes, PREFIX + length, bytes.length - PREFIX - length);
                assertThat(PlainHeader.read(Direction.TO_SERVER, header, body)).contains(frame);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                " {\"t\":\"ack\",\"with\":\"bob\",\"upTo\":17}",
                "{\"t\":\"ack\",\"with\":\"bob\",\"upTo\":17} ",
                "{\"t\": \"ack\",\"with\":\"bob\",\"upTo\":17}",
                "{\"with\":\"bob\",\"t\":\"ack\",\"upTo\":17}",
                "{\"t\":\"ack\",\"with\":\"bo\\u0062\",\"upTo\":17}",
                "{\"t\":\"ack\",\"with\":\"bob\",\"upTo\":017}",
                "{\"t\":\"ack\",\"with\":\"bob\",\"upTo\":-0}",
                "{\"t\":\"ack\",\"with\":\"bob\",\"upTo\":1.0}",
                "{\"t\":\"ack\",\"with\":\"bob\",\"upTo\":1e1}",
                "{\"t\":\"ack\",\"with\":\"bob\",\"upTo\":\"17\"}",
                "{\"t\":\"ack\",\"with\":\"bob\",\"upTo\":null}",
                "{\"t\":\"ack\",\"with\":\"bob\",\"upTo\":17,\"upTo\":17}",
                "{\"t\":\"ack\",\"t\":\"ack\",\"with\":\"bob\",\"upTo\":17}",
                "{\"t\":\"ack\",\"with\":\"bob\",\"upTo\":17,\"new\":1}",
                "{\"t\":\"ack\",\"with\":\"bob\",\"upTo\":17,}",
                "{\"t\":\"ack\",\"with\":\"bob\",\"upTo\":17",
                "{\"t\":\"ack\",\"with\":\"bob\",\"upTo\":17}}",
                "{\"t\":\"ack\",\"with\":\"bob\",\"upTo\":9007199254740992}",
                "{\"t\":\"ack\",\"with\":\"bob\",\"upTo\":99999999999999999999}",
                "{\"t\":\"ack\",\"with\":\"b b\",\"upTo\":17}",
                "{\"t\":\"ack\",\"with\":\"bob\"}",
                "{\"t\":\"nothing\"}",
                "{\"t\":\"",
                "{\"t\":",
                "{\"t\":\"ack\"",
            })
    void whateverIsUnusualOrWrongIsLeftToTheThoroughWay(String header) throws Exception {
        byte[] bytes = header.getBytes(StandardCharsets.UTF_8);
        assertThat(PlainHeader.read(Direction.TO_SERVER, bytes, Bytes.EMPTY)).isEmpty();
    }

    @Test
    void theUsualFormOfThoseIsRead() throws Exception {
        byte[] bytes = ACK.getBytes(StandardCharsets.UTF_8);
        assertThat(PlainHeader.read(Direction.TO_SERVER, bytes, Bytes.EMPTY))
                .isEqualTo(Optional.of(FrameCodec.closely(Direction.TO_SERVER, bytes, Bytes.EMPTY)));
    }

    private static void requireAlike(Direction direction, byte[] header, Bytes body) {
        Outcome quick = outcome(() -> PlainHeader.read(direction, header, body));
        if (quick.frame().isPresent() || !quick.refusal().isEmpty()) {
            assertThat(quick)
                    .as("seed %d, header %s", SEED, new String(header, StandardCharsets.ISO_8859_1))
                    .isEqualTo(outcome(() -> Optional.of(FrameCodec.closely(direction, header, body))));
        }
    }

    private static Outcome outcome(Reading reading) {
        try {
            return new Outcome(reading.read(), "");
        } catch (MalformedFrameException e) {
            return new Outcome(Optional.empty(), String.valueOf(e.getMessage()));
        }
    }

    /** One byte changed, left out or put in, or a piece of the header repeated elsewhere. */
    private static byte[] damaged(byte[] header, Random random) {
        int at = random.nextInt(header.length);
        switch (random.nextInt(4)) {
            case 0 -> {
                byte[] changed = header.clone();
                changed[at] = (byte) OF_JSON.charAt(random.nextInt(OF_JSON.length()));
                return changed;
            }
            case 1 -> {
                return join(header, 0, at, header, at + 1, header.length);
            }
            case 2 -> {
                byte[] longer = join(header, 0, at, header, at, header.length);
                return join(longer, 0, at + 1, header, at, header.length);
            }
            default -> {
                int end = at + random.nextInt(header.length - at + 1);
                int where = random.nextInt(header.length);
                byte[] doubled = join(header, 0, where, header, at, end);
                return join(doubled, 0, doubled.length, header, where, header.length);
            }
        }
    }

    private static byte[] join(byte[] first, int from, int to, byte[] second, int from2, int to2) {
        return ByteBuffer.allocate(to - from + to2 - from2)
                .put(first, from, to - from)
                .put(second, from2, to2 - from2)
                .array();
    }
}
