package dev.pychat.crypto.open;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class LabelTest {

    @Test
    void noLabelIsAPrefixOfAnother() {
        for (Label one : Label.values()) {
            for (Label other : Label.values()) {
                if (one != other) {
                    assertThat(other.bytes().hex())
                            .as("%s, %s", one, other)
                            .doesNotStartWith(one.bytes().hex());
                }
            }
        }
    }

    @Test
    void everyLabelIsPrintableAsciiBehindTheProtocolsNameAndEndsInOneZero() {
        for (Label label : Label.values()) {
            assertThat(label.text()).matches("pychat/1 [a-z0-9 ]+");
            assertThat(label.bytes().toArray()).isEqualTo((label.text() + "\0").getBytes(StandardCharsets.US_ASCII));
        }
    }

    @Test
    void theDocumentListsExactlyTheseLabels() throws IOException {
        Path document = Path.of(System.getProperty("basedir", "."), "ENVELOPE.md");
        List<String> rows = Files.readAllLines(document).stream()
                .filter(line -> line.startsWith("| `pychat/1 "))
                .map(line -> line.substring(3, line.indexOf('`', 3)))
                .toList();
        assertThat(rows)
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(Label.values()).map(Label::text).toList());
    }
}
