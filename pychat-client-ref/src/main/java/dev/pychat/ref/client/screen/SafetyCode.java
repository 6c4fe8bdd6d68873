package dev.pychat.ref.client.screen;

import dev.pychat.key.SafetyNumber;
import dev.pychat.ref.client.text.QrRows;
import java.util.List;
import java.util.Optional;

/** A safety number as people see it: digits in groups, and the QR code of ENVELOPE.md, section 13. Stateless. */
final class SafetyCode {
    private static final String BEGINNING = "PYCHAT:1:";
    private static final int GROUP = 5;
    private static final int GROUPS_IN_ROW = 6;

    private SafetyCode() {}

    static List<String> of(SafetyNumber number) {
        return QrRows.of(BEGINNING + number.digits());
    }

    /** Twelve groups of five in two rows. */
    static List<String> rows(SafetyNumber number) {
        int row = GROUPS_IN_ROW * (GROUP + 1);
        String groups = number + " ";
        return List.of(groups.substring(0, row).strip(), groups.substring(row).strip());
    }

    /** The number that somebody typed, with white space or without. */
    static Optional<SafetyNumber> typed(String text) {
        String digits = text.replaceAll("\\s", "");
        try {
            return Optional.of(new SafetyNumber(digits));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
