package dev.pychat.ref.client.screen;

import java.util.ArrayList;
import java.util.List;

/**
 * As much of a message as a terminal shows unasked, so that nobody drowns what others have written.
 *
 * <p>Immutable and thread-safe.
 *
 * @param lines the lines that are shown, the last one cut where it alone is too long
 * @param left how many lines are not shown, or not to their end
 */
record Excerpt(List<String> lines, int left) {
    static final int MOST_LINES = 200;
    static final int MOST_CHARACTERS = 16_384;
    private static final int MOST_EMPTY = 2;

    Excerpt {
        lines = List.copyOf(lines);
    }

    static Excerpt of(List<String> all) {
        List<String> shown = new ArrayList<>();
        int room = MOST_CHARACTERS;
        int empty = 0;
        int folded = 0;
        for (int i = 0; i < all.size(); i++) {
            String line = all.get(i);
            empty = line.isEmpty() ? empty + 1 : 0;
            if (empty > MOST_EMPTY) {
                folded++;
            } else if (shown.size() == MOST_LINES || line.length() > room) {
                if (shown.size() < MOST_LINES) {
                    shown.add(cut(line, room));
                }
                return new Excerpt(shown, folded + all.size() - i);
            } else {
                shown.add(line);
                room -= line.length();
            }
        }
        return new Excerpt(shown, folded);
    }

    /** Never inside a character. */
    private static String cut(String line, int room) {
        boolean inside = room > 0 && Character.isHighSurrogate(line.charAt(room - 1));
        return line.substring(0, inside ? room - 1 : room);
    }
}
