package dev.pychat.crypto.secret;

import dev.pychat.crypto.secret.PassphraseException.Reason;
import java.text.Normalizer;

/**
 * The OpaqueString profile of RFC 8265, section 4.2, over the FreeformClass of RFC 8264, section 4.3. Stricter in one place:
 * the two join controls are refused everywhere, as no keyboard shows them.
 */
final class OpaqueString {

    private OpaqueString() {}

    static char[] enforce(char[] typed) throws PassphraseException {
        StringBuilder mapped = new StringBuilder(typed.length);
        for (int i = 0; i < typed.length; ) {
            int c = Character.codePointAt(typed, i);
            i += Character.charCount(c);
            requireEncodable(c);
            mapped.appendCodePoint(Character.getType(c) == Character.SPACE_SEPARATOR ? ' ' : c);
        }
        String normal = Normalizer.normalize(mapped, Normalizer.Form.NFC);
        mapped.setLength(0);
        for (int i = 0; i < normal.length(); ) {
            int c = normal.codePointAt(i);
            i += Character.charCount(c);
            if (isUnsafe(c)) {
                throw new PassphraseException(Reason.UNSAFE_CHARACTER);
            }
        }
        return normal.toCharArray();
    }

    private static void requireEncodable(int c) throws PassphraseException {
        if (Character.getType(c) == Character.CONTROL) {
            throw new PassphraseException(Reason.CONTROL_CHARACTER);
        }
        if (Character.getType(c) == Character.SURROGATE) {
            throw new PassphraseException(Reason.NOT_TEXT);
        }
    }

    private static boolean isUnsafe(int c) {
        return switch (Character.getType(c)) {
            // Unassigned covers noncharacters; format covers most of what shows as nothing, both join controls too.
            case Character.UNASSIGNED,
                    Character.PRIVATE_USE,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> isIgnorable(c) || isConjoiningJamo(c);
        };
    }

    /** The assigned default-ignorable code points of Unicode that are not of the general category Cf. */
    private static boolean isIgnorable(int c) {
        return c == 0x034F
                || c == 0x115F
                || c == 0x1160
                || c == 0x17B4
                || c == 0x17B5
                || c >= 0x180B && c <= 0x180F
                || c == 0x3164
                || c >= 0xFE00 && c <= 0xFE0F
                || c == 0xFFA0
                || c >= 0xE0000 && c <= 0xE0FFF;
    }

    /** Hangul jamo that composed to no syllable: RFC 8264, section 9.9. */
    private static boolean isConjoiningJamo(int c) {
        return c >= 0x1100 && c <= 0x11FF || c >= 0xA960 && c <= 0xA97C || c >= 0xD7B0 && c <= 0xD7FB;
    }
}
