package dev.pychat.ref.client.text;

/**
 * How many cells of a terminal's row text takes: rather too many than too few where terminals differ, since a row that the
 * terminal itself wraps would put a peer's text at the beginning of a row.
 *
 * <p>Stateless; safe for every thread.
 */
final class Cells {
    private static final int ZERO_WIDTH_JOINER = 0x200d;
    private static final int ZERO_WIDTH_NON_JOINER = 0x200c;
    /** From here on, with Hangul, most scripts and pictures are two cells wide on some terminal. */
    private static final int FIRST_WIDE = 0x1100;

    private Cells() {}

    static int of(String text) {
        return text.codePoints().map(Cells::of).sum();
    }

    /** The index at which a row of so many cells ends: behind a space if there is one, never before a mark; at least 1. */
    static int fitting(String text, int room) {
        int used = 0;
        int afterSpace = 0;
        int end = 0;
        while (end < text.length()) {
            int codePoint = text.codePointAt(end);
            used += of(codePoint);
            if (used > room && end > 0) {
                return afterSpace > 0 ? afterSpace : end;
            }
            end += Character.charCount(codePoint);
            if (codePoint == ' ') {
                afterSpace = end;
            }
        }
        return end;
    }

    private static int of(int codePoint) {
        if (codePoint < 0x300) {
            return 1;
        }
        int type = Character.getType(codePoint);
        if (type == Character.NON_SPACING_MARK
                || type == Character.ENCLOSING_MARK
                || codePoint == ZERO_WIDTH_JOINER
                || codePoint == ZERO_WIDTH_NON_JOINER) {
            return 0;
        }
        return codePoint < FIRST_WIDE || isNarrow(codePoint) ? 1 : 2;
    }

    /** Punctuation, arrows, box drawing and the pictures of controls, which common terminals draw in one cell. */
    private static boolean isNarrow(int codePoint) {
        return codePoint >= 0x1200 && codePoint < 0x231a
                || codePoint >= 0x2400 && codePoint < 0x2427
                || codePoint >= 0x2500 && codePoint < 0x2600;
    }
}
