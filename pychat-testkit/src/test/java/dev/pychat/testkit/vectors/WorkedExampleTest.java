package dev.pychat.testkit.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The bytes in ENVELOPE.md's worked example are those of the vectors. */
class WorkedExampleTest {

    private static final Path DOCUMENT = Path.of("../pychat-core/ENVELOPE.md");
    private static final Pattern VALUE =
            Pattern.compile("^.+ \\[([A-Za-z0-9.]+)]\\n((?: {4}[0-9a-f]+\\n)+)", Pattern.MULTILINE);

    @Test
    void everyValueOfTheExampleIsTheVectors() throws Exception {
        Map<String, String> values = example();
        assertThat(values)
                .hasSizeGreaterThan(40)
                .containsKeys("epochs.0.header", "messages.0.envelope", "parties.1.bundle");
        values.forEach((path, hex) -> assertThat(hex).as(path).isEqualTo(lookUp(path)));
    }

    @Test
    void exampleShowsTheVectorsText() throws Exception {
        assertThat(document()).contains("The text is `" + lookUp("messages.0.text") + "`.");
    }

    private static Map<String, String> example() throws Exception {
        String document = document();
        Matcher matcher = VALUE.matcher(document.substring(document.indexOf("## 15. A worked example")));
        Map<String, String> values = new LinkedHashMap<>();
        while (matcher.find()) {
            values.put(matcher.group(1), matcher.group(2).replaceAll("\\s", ""));
        }
        return values;
    }

    private static String lookUp(String path) {
        JsonElement value = Vectors.ALL;
        for (String step : path.split("\\.", -1)) {
            value = value.isJsonArray()
                    ? value.getAsJsonArray().get(Integer.parseInt(step))
                    : value.getAsJsonObject().get(step);
        }
        return value.getAsString();
    }

    private static String document() throws Exception {
        return Files.readString(DOCUMENT, StandardCharsets.UTF_8);
    }
}
