package dev.pychat.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.pychat.model.Bytes;
import dev.pychat.model.Envelope;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ProtocolDocumentTest {

    private static final Pattern EXAMPLE = Pattern.compile(
            "\n(client|server), header\n\n```json\n(.*)\n```\n\nall bytes\n\n```hex\n([0-9a-f\n]+)```\n");

    private String document = "";

    @BeforeEach
    void read() throws IOException {
        document = Files.readString(Path.of("PROTOCOL.md"));
    }

    @ParameterizedTest
    @EnumSource(FrameType.class)
    void everyFrameHasItsSectionWithEveryField(FrameType type) {
        String section = section(type);
        RandomFrames frames = new RandomFrames(1);
        Set<String> fields = new TreeSet<>();
        for (int i = 0; i < 50; i++) {
            collect(header(FrameCodec.encode(frames.next(type))), fields);
        }
        assertThat(fields)
                .contains("t")
                .allSatisfy(field -> assertThat(field.equals("t")
                                || field.equals("id")
                                || field.equals("re")
                                || isDescribed(section, field))
                        .as("%s.%s", type.wireName(), field)
                        .isTrue());
    }

    /** The parts of kdf are described once for all frames. */
    private boolean isDescribed(String section, String field) {
        return section.contains("`" + field + "`")
                || Set.of("m", "t", "p").contains(field)
                        && section.contains("`kdf`")
                        && document.contains("`" + field + "` (");
    }

    @ParameterizedTest
    @EnumSource(ErrorCode.class)
    void everyErrorCodeIsThereWithItsRemedy(ErrorCode code) {
        assertThat(document).containsPattern("\\| `" + code.code() + "` \\| [^|]+ \\| " + Pattern.quote(code.remedy()));
    }

    @Test
    void nothingIsDescribedThatIsNotThere() {
        Set<String> sections = new TreeSet<>();
        Pattern.compile("(?m)^### `([a-z-]+)`$").matcher(document).results().forEach(m -> sections.add(m.group(1)));
        Set<String> types = new TreeSet<>();
        for (FrameType type : FrameType.values()) {
            types.add(type.wireName());
        }
        assertThat(sections).isEqualTo(types);
        assertThat(FrameType.RESERVED).allSatisfy(name -> assertThat(document).contains("`" + name + "`"));
    }

    @Test
    void theLimitsAreThoseOfTheCode() {
        assertThat(List.of(
                        WireLimits.MAX_FRAME,
                        WireLimits.BEFORE_LOGIN,
                        WireLimits.MAX_HEADER,
                        WireLimits.MAX_PAGE_BYTES,
                        WireLimits.MAX_EPOCH_HEADER,
                        WireLimits.MAX_BUNDLE,
                        WireLimits.MAX_VAULT,
                        WireLimits.MAX_ONE_TIME_KEY,
                        WireLimits.MAX_ONE_TIME_KEYS,
                        WireLimits.MAX_POOL,
                        Envelope.MAX_SIZE,
                        KdfCost.MAX_MEMORY))
                .allSatisfy(limit -> assertThat(document).contains(String.format(Locale.ROOT, "%,d", limit)));
    }

    @Test
    void theExchangeDecodesToTheFramesShown() throws Exception {
        List<Frame> shown = new ArrayList<>();
        for (MatchResult example : EXAMPLE.matcher(document).results().toList()) {
            byte[] bytes = Bytes.fromHex(example.group(3).replace("\n", "")).toArray();
            Direction direction = example.group(1).equals("client") ? Direction.TO_SERVER : Direction.TO_CLIENT;
            Frame frame =
                    Frames.decoder(direction).decode(ByteBuffer.wrap(bytes)).orElseThrow();
            assertThat(FrameCodec.encode(frame)).isEqualTo(bytes);
            assertThat(header(bytes)).isEqualTo(JsonParser.parseString(example.group(2)));
            shown.add(frame);
        }
        assertThat(shown).isEqualTo(ExampleExchange.frames());
    }

    private String section(FrameType type) {
        String heading = "\n### `" + type.wireName() + "`\n";
        assertThat(document).containsOnlyOnce(heading);
        int start = document.indexOf(heading) + heading.length();
        int end = document.indexOf("\n### ", start);
        String section = document.substring(start, end < 0 ? document.length() : end);
        return type == FrameType.INBOX_CHANGED || type == FrameType.INBOX_PAGE
                ? section + document.substring(document.indexOf("### `inbox-page`"))
                : section;
    }

    private static JsonElement header(byte[] frame) {
        int length = Short.toUnsignedInt(ByteBuffer.wrap(frame).getShort(Integer.BYTES));
        return JsonParser.parseString(new String(frame, Integer.BYTES + Short.BYTES, length, StandardCharsets.UTF_8));
    }

    private static void collect(JsonElement element, Set<String> names) {
        if (element instanceof JsonObject object) {
            object.entrySet().forEach(entry -> {
                names.add(entry.getKey());
                collect(entry.getValue(), names);
            });
        } else if (element instanceof JsonArray array) {
            array.forEach(each -> collect(each, names));
        }
    }
}
