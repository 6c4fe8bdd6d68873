package dev.pychat.ref.client.text;

import java.util.List;

/**
 * One thing to show: a head that the program wrote, and behind it lines that somebody else may have written.
 *
 * <p>Immutable and thread-safe.
 *
 * @param tone how it is meant
 * @param head the program's own words, on the first row
 * @param body further lines, made harmless by {@link Printable}; the first continues the head's row, each further one
 *     stands behind a gutter
 */
public record Entry(Tone tone, String head, List<String> body) {

    /** How an entry is meant. */
    public enum Tone {
        /** An answer of the program. */
        PLAIN,
        /** A code for a phone to read, drawn in the body; the head stands for it where there is no room. */
        CODE,
        /** What somebody wrote. */
        MESSAGE,
        /** Something that happened meanwhile. */
        NOTICE,
        /** Something that was not done. */
        TROUBLE
    }

    /**
     * Copies the list.
     *
     * @param tone how it is meant
     * @param head the program's own words
     * @param body harmless lines of somebody else
     */
    public Entry {
        body = List.copyOf(body);
    }

    /**
     * An answer of the program.
     *
     * @param sentence its words
     * @return the entry
     */
    public static Entry plain(String sentence) {
        return new Entry(Tone.PLAIN, sentence, List.of());
    }

    /**
     * A notice of something that happened meanwhile.
     *
     * @param sentence its words
     * @return the entry
     */
    public static Entry notice(String sentence) {
        return new Entry(Tone.NOTICE, sentence, List.of());
    }

    /**
     * A code for a phone to read.
     *
     * @param rows its rows
     * @return the entry
     */
    public static Entry code(List<String> rows) {
        return new Entry(Tone.CODE, "(There is no room here for the code.)", rows);
    }

    /**
     * Says that something was not done.
     *
     * @param sentence its words
     * @return the entry
     */
    public static Entry trouble(String sentence) {
        return new Entry(Tone.TROUBLE, sentence, List.of());
    }
}
