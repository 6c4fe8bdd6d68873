package dev.pychat.ref.client.text;

import io.nayuki.qrcodegen.QrCode;
import java.util.ArrayList;
import java.util.List;

/**
 * Draws a QR code with characters, two rows of modules in each row of text, with the four light modules around it that a reader
 * looks for. A dark module is ink: black on white is how a phone expects it.
 *
 * <p>Stateless; safe for every thread.
 */
public final class QrRows {
    private static final int QUIET = 4;
    private static final char BOTH = '\u2588';
    private static final char UPPER = '\u2580';
    private static final char LOWER = '\u2584';

    private QrRows() {}

    /**
     * Draws a text.
     *
     * @param text what a reader will read
     * @return rows of one width
     */
    public static List<String> of(String text) {
        QrCode code = QrCode.encodeText(text, QrCode.Ecc.LOW);
        List<String> rows = new ArrayList<>();
        for (int y = -QUIET; y < code.size + QUIET; y += 2) {
            StringBuilder row = new StringBuilder();
            for (int x = -QUIET; x < code.size + QUIET; x++) {
                // Outside of the code every module is light.
                row.append(block(code.getModule(x, y), code.getModule(x, y + 1)));
            }
            rows.add(row.toString());
        }
        return rows;
    }

    private static char block(boolean upper, boolean lower) {
        if (upper) {
            return lower ? BOTH : UPPER;
        }
        return lower ? LOWER : ' ';
    }
}
