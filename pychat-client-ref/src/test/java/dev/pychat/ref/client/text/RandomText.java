package dev.pychat.ref.client.text;

import java.util.List;
import java.util.Random;

/** Hostile text: every kind of character, those that steer terminals far more often than by chance. */
final class RandomText {
    /** What changes the direction of the text around it. */
    static final List<Byte> EXPLICIT_DIRECTIONS = List.of(
            Character.DIRECTIONALITY_LEFT_TO_RIGHT_EMBEDDING,
            Character.DIRECTIONALITY_LEFT_TO_RIGHT_OVERRIDE,
            Character.DIRECTIONALITY_RIGHT_TO_LEFT_EMBEDDING,
            Character.DIRECTIONALITY_RIGHT_TO_LEFT_OVERRIDE,
            Character.DIRECTIONALITY_POP_DIRECTIONAL_FORMAT,
            Character.DIRECTIONALITY_LEFT_TO_RIGHT_ISOLATE,
            Character.DIRECTIONALITY_RIGHT_TO_LEFT_ISOLATE,
            Character.DIRECTIONALITY_FIRST_STRONG_ISOLATE,
            Character.DIRECTIONALITY_POP_DIRECTIONAL_ISOLATE);

    private static final String[] PIECES = {
        "\u001b[2J",
        "\u001b]0;title\u0007",
        "\u009b1A",
        "\r",
        "\n",
        "\r\n",
        "\u2028",
        "\u0085",
        "\u202e",
        "\u2066",
        "\u2069",
        "2026-11-22 14:03 ~ [bob]: ",
        Rows.GUTTER,
        " ",
        "word",
        "\u05e9\u05dc",
        "\u0301",
        "\u200d",
        "\ud83d\udc69",
        "\ud800",
        "\b",
        "\t",
        "\u6f22",
        "\udb40\udc41",
        "\u2067",
        "\u000b",
        "\f"
    };

    private RandomText() {}

    static String of(Random random) {
        StringBuilder text = new StringBuilder();
        int pieces = random.nextInt(40);
        for (int i = 0; i < pieces; i++) {
            if (random.nextInt(4) == 0) {
                text.appendCodePoint(random.nextInt(Character.MAX_CODE_POINT + 1));
            } else {
                text.append(PIECES[random.nextInt(PIECES.length)]);
            }
        }
        return text.toString();
    }
}
