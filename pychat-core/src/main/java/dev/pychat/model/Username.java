package dev.pychat.model;

import java.util.Locale;

/**
 * A user name in its one canonical form: 2 to 32 characters out of lower-case ASCII letters, digits, dot, underscore and
 * hyphen, the first a letter or digit.
 *
 * <p>Immutable and thread-safe. Ordered by its ASCII bytes.
 *
 * @param value the canonical form
 */
public record Username(String value) implements Comparable<Username> {

    /** The fewest characters of a name. */
    public static final int MIN_LENGTH = 2;

    /** The most characters of a name. */
    public static final int MAX_LENGTH = 32;

    /**
     * Checks that the name is canonical.
     *
     * @param value the canonical form
     * @throws IllegalArgumentException if it is not; the message says what is allowed
     */
    public Username {
        if (!isCanonical(value)) {
            throw refused(value);
        }
    }

    /**
     * Takes a name as a person typed it: outer white space is cut and letters are folded to lower case
     * ({@link Locale#ROOT}); anything else that is not canonical is refused.
     *
     * @param typed what was typed
     * @return the canonical name
     * @throws IllegalArgumentException if it is no user name; the message says what is allowed
     */
    public static Username parse(String typed) {
        String folded = typed.strip().toLowerCase(Locale.ROOT);
        if (!isCanonical(folded)) {
            throw refused(typed.strip());
        }
        return new Username(folded);
    }

    private static IllegalArgumentException refused(String text) {
        return new IllegalArgumentException("\"" + shown(text) + "\" is not a user name: allowed are " + MIN_LENGTH
                + " to " + MAX_LENGTH + " characters out of a-z 0-9 . _ - and the first must be a letter or digit");
    }

    @Override
    public int compareTo(Username other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }

    private static boolean isCanonical(String value) {
        if (value.length() < MIN_LENGTH || value.length() > MAX_LENGTH || !isLetterOrDigit(value.charAt(0))) {
            return false;
        }
        return value.chars().allMatch(c -> isLetterOrDigit(c) || c == '.' || c == '_' || c == '-');
    }

    private static boolean isLetterOrDigit(int c) {
        return c >= 'a' && c <= 'z' || c >= '0' && c <= '9';
    }

    /** As it was typed, but for what nobody would see, which shows as its number. */
    private static String shown(String text) {
        StringBuilder shown = new StringBuilder();
        text.codePoints().limit(MAX_LENGTH).forEach(c -> {
            if (isVisible(c)) {
                shown.appendCodePoint(c);
            } else {
                shown.append(String.format(Locale.ROOT, "<U+%04X>", c));
            }
        });
        return text.codePointCount(0, text.length()) > MAX_LENGTH
                ? shown.append("...").toString()
                : shown.toString();
    }

    private static boolean isVisible(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            case Character.SPACE_SEPARATOR -> c == ' ';
            default -> true;
        };
    }
}
