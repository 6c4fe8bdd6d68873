package dev.pychat.ref.client.terminal;

import dev.pychat.ref.client.text.Entry;

/**
 * Lines in, entries out. Lines are asked for by one thread; {@link #show} may be called by any thread at any time, also
 * while a line is being typed.
 */
public interface Console extends AutoCloseable {
    /**
     * Whether a person sits there, who can be asked.
     *
     * @return false if lines come from a pipe or a file
     */
    boolean interactive();

    /**
     * Asks for a line. On a terminal it is kept, in memory, to be called up again by the arrow keys.
     *
     * @param prompt what stands before it on a terminal; not printed elsewhere
     * @return what came
     */
    Answer line(String prompt);

    /**
     * Asks for a short answer such as a name. It is not kept.
     *
     * @param prompt what stands before it on a terminal; not printed elsewhere
     * @return what came
     */
    Answer word(String prompt);

    /**
     * Asks for a secret. It is neither shown nor kept.
     *
     * @param prompt what stands before it on a terminal; not printed elsewhere
     * @return what came
     */
    Answer secret(String prompt);

    /**
     * Shows an entry, on a terminal above the line that is being typed.
     *
     * @param entry the entry
     */
    void show(Entry entry);

    /**
     * Shows a line at the foot of a terminal in the place of the one before, also while a line is being typed; elsewhere, and on a terminal
     * that can't move its cursor, nothing.
     *
     * @param line harmless words on one line, of which what does not fit is cut off; empty to take the line away
     */
    default void status(String line) {}

    /**
     * How many rows fit before a person has to be asked whether to go on.
     *
     * @return the rows of a page, or {@link Integer#MAX_VALUE} if nobody is to be asked
     */
    int pageRows();

    /**
     * Whether signs beyond ASCII may be shown where a word would do.
     *
     * @return false for a terminal whose locale does not speak UTF-8
     */
    default boolean showsSigns() {
        return true;
    }

    /**
     * Whether something that was shown could not be written, to a full disk for instance.
     *
     * @return true if so; never for a terminal, which takes everything or is gone
     */
    default boolean isCut() {
        return false;
    }

    /** Gives the terminal back as it was. Does nothing the second time. */
    @Override
    void close();
}
