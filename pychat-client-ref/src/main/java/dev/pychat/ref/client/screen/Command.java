package dev.pychat.ref.client.screen;

import java.util.Locale;
import java.util.Optional;

/** The commands, each written with an exclamation mark in any letter case. */
enum Command {
    SIGNUP("!SIGNUP", "make a new account"),
    LOGIN("!LOGIN", "log in to an account of this device"),
    LIST("!LIST [prefix]", "list the known users, or those whose names begin so"),
    TALK("!TALK [name]", "open the chat with a user"),
    HISTORY("!HISTORY", "show this chat from its beginning"),
    BACK("!BACK", "return to the previous screen"),
    HELP("!HELP", "show what this screen understands"),
    DISCONNECT("!DISCONNECT", "leave pychat");

    private final String usage;
    private final String purpose;

    Command(String usage, String purpose) {
        this.usage = usage;
        this.purpose = purpose;
    }

    /** The command of that name; empty if there is none. */
    static Optional<Command> named(String name) {
        String folded = name.toUpperCase(Locale.ROOT);
        for (Command command : values()) {
            if (command.name().equals(folded)) {
                return Optional.of(command);
            }
        }
        return Optional.empty();
    }

    /** One line of help. */
    String help() {
        return String.format(Locale.ROOT, "  %-16s %s", usage, purpose);
    }

    @Override
    public String toString() {
        return "!" + name();
    }
}
