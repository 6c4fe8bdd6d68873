package dev.pychat.ref.client.terminal;

/**
 * What came back when the console was asked for a line.
 *
 * <p>Immutable and thread-safe.
 */
public sealed interface Answer {
    /**
     * A line.
     *
     * @param text the line without its end; one that was pasted may hold line feeds
     */
    record Line(String text) implements Answer {
        /** Says nothing of the text, which may be a secret. */
        @Override
        public String toString() {
            return "Line[" + text.length() + " characters]";
        }
    }

    /**
     * A line that can't be used.
     *
     * @param reason why, as a sentence
     */
    record Unusable(String reason) implements Answer {}

    /** The person took the line back (Ctrl-C). */
    record Cancelled() implements Answer {}

    /** There will be no more lines (Ctrl-D, or the end of the input). */
    record End() implements Answer {}
}
