package dev.pychat.ref.client.text;

import java.util.ArrayList;
import java.util.List;

/**
 * Makes text from outside harmless for a terminal and for a file that is later shown on one: it can neither steer the
 * terminal nor look like a line of the program.
 *
 * <ul>
 *   <li>Line breaks (LF, CR LF, NEL, U+2028, U+2029) end a line; the caller shows the next one behind a gutter.
 *   <li>Other controls show as pictures: C0 and DEL as U+2400 to U+2421, a C1 control in its seven-bit form, the picture of
 *       ESC and a letter (ECMA-48, section 5.3).
 *   <li>Bidirectional controls, tags and other invisible format characters are dropped; the joiners that scripts and
 *       emoji need stay.
 *   <li>More than {@value #MOST_MARKS} combining marks in a row are cut, and a mark without a base gets a dotted circle, so
 *       that none sits on what the program wrote.
 *   <li>Lone surrogates and noncharacters show as U+FFFD.
 * </ul>
 *
 * <p>Stateless; safe for every thread.
 */
public final class Printable {
    static final int MOST_MARKS = 8;

    private static final int LINE_FEED = '\n';
    private static final int CARRIAGE_RETURN = '\r';
    private static final int NEXT_LINE = 0x85;
    private static final int LINE_SEPARATOR = 0x2028;
    private static final int PARAGRAPH_SEPARATOR = 0x2029;
    private static final int DELETE = 0x7f;
    private static final int PICTURES = 0x2400;
    private static final int PICTURE_OF_DELETE = 0x2421;
    private static final int PICTURE_OF_ESCAPE = 0x241b;
    private static final int PICTURE_OF_LINE_FEED = 0x240a;
    private static final int SEVEN_BIT_OFFSET = 0x40;
    private static final int DOTTED_CIRCLE = 0x25cc;
    private static final int REPLACEMENT = 0xfffd;

    private final List<String> lines = new ArrayList<>();
    private StringBuilder line = new StringBuilder();
    private int marks;

    private Printable() {}

    /**
     * The lines of a text.
     *
     * @param untrusted any text
     * @return its lines, at least one, each of them harmless and without a line break
     */
    public static List<String> lines(String untrusted) {
        Printable shown = new Printable();
        int[] codePoints = untrusted.codePoints().toArray();
        for (int i = 0; i < codePoints.length; i++) {
            boolean pair = i + 1 < codePoints.length && codePoints[i + 1] == LINE_FEED;
            if (!(codePoints[i] == CARRIAGE_RETURN && pair)) {
                shown.take(codePoints[i]);
            }
        }
        shown.endLine();
        return List.copyOf(shown.lines);
    }

    /**
     * A text as one line, for names and sentences of others: its line breaks show as pictures too.
     *
     * @param untrusted any text
     * @return one harmless line
     */
    public static String line(String untrusted) {
        return String.join(Character.toString(PICTURE_OF_LINE_FEED), lines(untrusted));
    }

    private void take(int codePoint) {
        if (isLineBreak(codePoint)) {
            endLine();
        } else if (isMark(codePoint)) {
            takeMark(codePoint);
        } else if (!isDropped(codePoint)) {
            marks = 0;
            append(codePoint);
        }
    }

    private void takeMark(int codePoint) {
        if (line.isEmpty()) {
            line.appendCodePoint(DOTTED_CIRCLE);
        }
        marks++;
        if (marks <= MOST_MARKS) {
            line.appendCodePoint(codePoint);
        }
    }

    private void append(int codePoint) {
        if (codePoint < 0x20) {
            line.appendCodePoint(PICTURES + codePoint);
        } else if (codePoint == DELETE) {
            line.appendCodePoint(PICTURE_OF_DELETE);
        } else if (codePoint > DELETE && codePoint < 0xa0) {
            line.appendCodePoint(PICTURE_OF_ESCAPE).append((char) (codePoint - SEVEN_BIT_OFFSET));
        } else if (Character.getType(codePoint) == Character.SURROGATE || isNoncharacter(codePoint)) {
            line.appendCodePoint(REPLACEMENT);
        } else {
            line.appendCodePoint(codePoint);
        }
    }

    private void endLine() {
        lines.add(line.toString());
        line = new StringBuilder();
        marks = 0;
    }

    private static boolean isLineBreak(int codePoint) {
        return codePoint == LINE_FEED
                || codePoint == NEXT_LINE
                || codePoint == LINE_SEPARATOR
                || codePoint == PARAGRAPH_SEPARATOR;
    }

    /** What takes no cell of its own: combining marks, and the joiners between what is joined. */
    private static boolean isMark(int codePoint) {
        int type = Character.getType(codePoint);
        boolean joins = codePoint == 0x200c || codePoint == 0x200d;
        boolean marks = type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK;
        return joins || marks && !isTagOrSelector(codePoint);
    }

    /** Invisible, and of no use to a script or an emoji; bidirectional controls among them. */
    private static boolean isDropped(int codePoint) {
        return isTagOrSelector(codePoint)
                || codePoint == 0x00ad
                || codePoint == 0x061c
                || codePoint == 0x180e
                || codePoint == 0x200b
                || codePoint == 0x200e
                || codePoint == 0x200f
                || codePoint >= 0x202a && codePoint <= 0x202e
                || codePoint >= 0x2060 && codePoint <= 0x206f
                || codePoint == 0xfeff
                || codePoint >= 0xfff9 && codePoint <= 0xfffb
                || codePoint >= 0x1bca0 && codePoint <= 0x1bca3
                || codePoint >= 0x1d173 && codePoint <= 0x1d17a;
    }

    /** The tags and variation selectors of plane 14, in which a whole text can be hidden. */
    private static boolean isTagOrSelector(int codePoint) {
        return codePoint >= 0xe0000 && codePoint <= 0xe0fff;
    }

    private static boolean isNoncharacter(int codePoint) {
        return codePoint >= 0xfdd0 && codePoint <= 0xfdef || (codePoint & 0xfffe) == 0xfffe;
    }
}
