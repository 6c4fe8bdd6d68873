package dev.pychat.ref.client.text;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.DecodeHintType;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.common.GlobalHistogramBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import java.util.List;
import java.util.Map;

/**
 * Reads drawn QR codes with another library than the one that makes them. It is told that the picture holds nothing but the code:
 * its search for a code in a photograph misses about one of 300 that are drawn as they should be.
 */
public final class QrReader {
    private static final int PIXELS = 6;
    private static final int INK = 0x000000;
    private static final int PAPER = 0xffffff;

    private QrReader() {}

    /** Whether a row of output is one of a code. */
    public static boolean isRow(String row) {
        return row.chars().anyMatch(QrReader::isBlock) && row.chars().allMatch(c -> c == ' ' || isBlock(c));
    }

    private static boolean isBlock(int c) {
        return c == '\u2588' || c == '\u2580' || c == '\u2584';
    }

    /** What the rows say; a character has two modules, one above the other. */
    public static String read(List<String> rows) throws Exception {
        int width = rows.stream().mapToInt(String::length).max().orElseThrow();
        int margin = 4;
        int columns = (width + 2 * margin) * PIXELS;
        int lines = (2 * rows.size() + 2 * margin) * PIXELS;
        int[] pixels = new int[columns * lines];
        for (int y = 0; y < lines; y++) {
            for (int x = 0; x < columns; x++) {
                boolean dark = isDark(rows, x / PIXELS - margin, y / PIXELS - margin);
                pixels[y * columns + x] = dark ? INK : PAPER;
            }
        }
        BinaryBitmap picture =
                new BinaryBitmap(new GlobalHistogramBinarizer(new RGBLuminanceSource(columns, lines, pixels)));
        return new QRCodeReader()
                .decode(picture, Map.of(DecodeHintType.PURE_BARCODE, true))
                .getText();
    }

    private static boolean isDark(List<String> rows, int x, int y) {
        if (y < 0 || y >= 2 * rows.size() || x < 0 || x >= rows.get(y / 2).length()) {
            return false;
        }
        char block = rows.get(y / 2).charAt(x);
        return block == '\u2588' || block == (y % 2 == 0 ? '\u2580' : '\u2584');
    }
}
