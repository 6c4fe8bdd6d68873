package dev.pychat.ref.client.screen;

import java.util.Optional;

/** What a line means. */
sealed interface Typed {
    /** A command and what follows it, without outer white space; may be empty. */
    record Order(Command command, String argument) implements Typed {}

    /** A line that begins like a command but is none. What it says may be a secret, so it is not kept. */
    record Unknown() implements Typed {}

    /** Text, as it is meant: the doubled exclamation mark at its beginning has become one. */
    record Text(String text) implements Typed {}

    /** Nothing but white space. */
    record Blank() implements Typed {}

    /**
     * Reads a line. One with line breaks inside was pasted and is text, whatever it begins with; line breaks at its end
     * are cut first.
     */
    static Typed of(String line) {
        String cut = withoutLineEnds(line);
        if (cut.isBlank()) {
            return new Blank();
        }
        if (cut.indexOf('\n') >= 0 || cut.charAt(0) != '!') {
            return new Text(cut);
        }
        return cut.startsWith("!!") ? new Text(cut.substring(1)) : order(cut.substring(1));
    }

    private static Typed order(String words) {
        int end = 0;
        while (end < words.length() && !Character.isWhitespace(words.charAt(end))) {
            end++;
        }
        String argument = words.substring(end).strip();
        Optional<Command> command = Command.named(words.substring(0, end));
        return command.isPresent() ? new Order(command.get(), argument) : new Unknown();
    }

    private static String withoutLineEnds(String line) {
        int end = line.length();
        while (end > 0 && (line.charAt(end - 1) == '\n' || line.charAt(end - 1) == '\r')) {
            end--;
        }
        return line.substring(0, end);
    }
}
