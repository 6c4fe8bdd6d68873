package dev.pychat.ref.client.text;

import java.text.Bidi;
import java.util.ArrayList;
import java.util.List;

/**
 * Lays entries out as rows. What somebody else wrote begins behind the head of its entry or behind the gutter, also where
 * a row is full, so that no part of it ever stands at the beginning of a row; right-to-left text is isolated, row by row.
 *
 * <p>Stateless; safe for every thread.
 */
public final class Rows {
    /** Begins each further row of an entry. No head begins like it. */
    public static final String GUTTER = "    | ";

    /** As a width: rows are never full, for output that is not a terminal. */
    public static final int ENDLESS = Integer.MAX_VALUE;

    /** Begins each further row of the program's own words, which may quote others. */
    private static final String INDENT = "    ";

    private static final int NARROWEST = 20;
    private static final char FIRST_STRONG_ISOLATE = '\u2068';
    private static final char POP_ISOLATE = '\u2069';

    private Rows() {}

    /**
     * Lays an entry out.
     *
     * @param entry the entry
     * @param width how many cells a row has, or {@link #ENDLESS}; less than {@value #NARROWEST} counts as that
     * @return its rows, without line ends
     */
    public static List<String> of(Entry entry, int width) {
        if (entry.tone() == Entry.Tone.CODE) {
            boolean fits = entry.body().stream().allMatch(row -> Cells.of(row) <= width);
            return fits ? entry.body() : List.of(entry.head());
        }
        int cells = Math.max(width, NARROWEST);
        List<String> rows = new ArrayList<>();
        String start = entry.head();
        for (String line : entry.body()) {
            lay(start, line, GUTTER, cells, rows);
            start = GUTTER;
        }
        if (entry.body().isEmpty()) {
            lay("", start, INDENT, cells, rows);
        }
        return rows;
    }

    private static void lay(String start, String line, String gutter, int cells, List<String> rows) {
        String before = start;
        String rest = line;
        do {
            int room = cells - Cells.of(before);
            if (room < NARROWEST / 2 && !before.equals(gutter)) {
                rows.add(before.stripTrailing());
                before = gutter;
                continue;
            }
            int end = Cells.fitting(rest, room);
            rows.add(before + isolated(rest.substring(0, end)));
            rest = rest.substring(end);
            before = gutter;
        } while (!rest.isEmpty());
    }

    private static String isolated(String text) {
        char[] characters = text.toCharArray();
        return Bidi.requiresBidi(characters, 0, characters.length) ? FIRST_STRONG_ISOLATE + text + POP_ISOLATE : text;
    }
}
