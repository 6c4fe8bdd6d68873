package dev.pychat.ref.client.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class QrRowsTest {
    @Test
    void whatIsDrawnIsRead() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int length = 1; length < 120; length += 7) {
            StringBuilder text = new StringBuilder("PYCHAT:");
            for (int i = 0; i < length; i++) {
                text.append((char) ('0' + random.nextInt(10)));
            }
            assertThat(QrReader.read(QrRows.of(text.toString())))
                    .as("seed %d", seed)
                    .isEqualTo(text.toString());
        }
    }

    @Test
    void codeHasItsQuietZoneAndFitsASmallTerminal() {
        List<String> rows = QrRows.of("PYCHAT:1:" + "0123456789".repeat(6));
        assertThat(rows).hasSizeLessThanOrEqualTo(19).allMatch(row -> row.length() == 37);
        assertThat(rows.get(0)).isBlank();
        assertThat(rows.get(1)).isBlank();
        assertThat(rows).allMatch(row -> row.startsWith("    ") && row.endsWith("    "));
    }

    @Test
    void codeThatDoesNotFitIsNotBroken() {
        Entry code = Entry.code(QrRows.of("PYCHAT:1:" + "0123456789".repeat(6)));
        assertThat(Rows.of(code, 37)).isEqualTo(code.body());
        assertThat(Rows.of(code, 36)).containsExactly("(There is no room here for the code.)");
    }
}
