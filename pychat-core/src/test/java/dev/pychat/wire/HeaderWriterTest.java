package dev.pychat.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import dev.pychat.model.Bytes;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HeaderWriterTest {

    private static final int ROOM = 6;

    @Test
    void objectsAndArraysHaveTheirCommas() {
        HeaderWriter out = new HeaderWriter(ROOM);
        out.beginObject().name("a").value(1).name("b").beginArray();
        out.beginObject().endObject().value(true).beginArray().endArray().value("c");
        out.endArray().name("d").value(false).name("e").value(-9_007_199_254_740_991L);
        out.endObject();
        assertThat(text(out)).isEqualTo("{\"a\":1,\"b\":[{},true,[],\"c\"],\"d\":false,\"e\":-9007199254740991}");
        assertThat(out.length()).isEqualTo(text(out).length());
    }

    @Test
    void roomIsLeftInFrontAndBehind() {
        HeaderWriter out = new HeaderWriter(ROOM);
        out.beginObject().endObject();
        assertThat(out.withRoomBehind(3)).containsExactly(0, 0, 0, 0, 0, 0, '{', '}', 0, 0, 0);
    }

    @Test
    void whatJsonDoesNotTakeAsItIsIsEscaped() {
        HeaderWriter out = new HeaderWriter(ROOM);
        out.value("\"\\/\b\f\n\r\t\u0000\u001f");
        assertThat(text(out)).isEqualTo("\"\\\"\\\\/\\b\\f\\n\\r\\t\\u0000\\u001f\"");
    }

    @Test
    void anyTextComesBack() throws Exception {
        Random random = new Random(11);
        for (int i = 0; i < 2_000; i++) {
            String given = text(random);
            HeaderWriter out = new HeaderWriter(ROOM);
            out.value(given);
            try (JsonReader in = new JsonReader(new StringReader(text(out)))) {
                in.setStrictness(Strictness.STRICT);
                assertThat(in.nextString()).isEqualTo(given);
            }
        }
    }

    @Test
    void bytesAreBase64UrlWithoutPadding() {
        Random random = new Random(12);
        for (int size = 0; size < 2_000; size += 1 + size / 8) {
            byte[] given = new byte[size];
            random.nextBytes(given);
            HeaderWriter out = new HeaderWriter(ROOM);
            out.value(Bytes.copyOf(given));
            String expected = Base64.getUrlEncoder().withoutPadding().encodeToString(given);
            assertThat(text(out)).isEqualTo('"' + expected + '"');
        }
    }

    /** Mostly ASCII, with letters of two to four bytes in between, and never half of a pair. */
    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(40); i > 0; i--) {
            int range = switch (random.nextInt(12)) {
                case 0 -> 0x10FFFF;
                case 1 -> 0xFFFF;
                case 2 -> 0x7FF;
                default -> 0x7F;
            };
            int drawn = random.nextInt(range + 1);
            if (drawn < Character.MIN_SURROGATE || drawn > Character.MAX_SURROGATE) {
                text.appendCodePoint(drawn);
            }
        }
        return text.toString();
    }

    private static String text(HeaderWriter out) {
        byte[] all = out.withRoomBehind(0);
        return new String(Arrays.copyOfRange(all, ROOM, all.length), StandardCharsets.UTF_8);
    }
}
