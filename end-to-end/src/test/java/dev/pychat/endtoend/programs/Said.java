package dev.pychat.endtoend.programs;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** What a client has printed, as messages. */
final class Said {
    private static final Pattern MESSAGE =
            Pattern.compile("(?m)^[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2} ~ \\[([a-z0-9._-]+)]: (.*)$");

    private Said() {}

    /** Its messages, oldest first, each as {@code name: text}. */
    static List<String> messages(String printed) {
        return MESSAGE.matcher(printed).results().map(Said::message).toList();
    }

    private static String message(MatchResult line) {
        return line.group(1) + ": " + line.group(2);
    }
}
