package dev.pychat.ref.client.screen;

import java.util.Locale;
import java.util.Optional;

/** The commands, each written with an exclamation mark in any letter case. */
enum Command {
    SIGNUP("!SIGNUP [recovery]", "make a new account; \"recovery\" with a secret that new devices need, too"),
    LOGIN(
            "!LOGIN [changed] [recovery]",
            "log in; \"changed\" if the passphrase was changed on another device (asks for both), \"recovery\" with the secret"),
    LIST("!LIST [prefix]", "list the known users, or those whose names begin so"),
    TALK("!TALK [name]", "open the chat with a user"),
    BLOCK("!BLOCK [name]", "take no more messages from somebody"),
    UNBLOCK("!UNBLOCK [name]", "take messages from somebody again"),
    BLOCKED("!BLOCKED", "list whom you have blocked"),
    PASSWD("!PASSWD", "change the passphrase; other devices have to log in anew"),
    RECOVERY("!RECOVERY [off]", "make a recovery secret that new devices need, or take it away"),
    FORGET(
            "!FORGET [days|never]",
            "show after how long your devices forget what was said, or change it; \"never\" keeps it"),
    RECEIPTS("!RECEIPTS [on|off]", "show whether others are told what you have got and read, or change it"),
    DEVICES("!DEVICES", "list the devices of your account"),
    REMOVE_DEVICE(
            "!REMOVE-DEVICE number", "remove a device that is no longer used (not for a stolen one: !RESET-IDENTITY)"),
    REJOIN("!REJOIN", "take this device, which was removed, into the account again"),
    RESET_IDENTITY("!RESET-IDENTITY", "make new keys, for when a device was stolen"),
    DELETE_ACCOUNT(
            "!DELETE-ACCOUNT name",
            "delete your account, whose name this is, for good; whoever gets the name later (not for 30 days) is shown your sealed messages"),
    EXPORT("!EXPORT file", "write a backup of your keys and messages, under a passphrase of its own"),
    IMPORT("!IMPORT file", "read a backup; without an account here, log in with one"),
    ARCHIVE("!ARCHIVE [name]", "list what backups brought here, or read what was said with somebody"),
    VERIFY("!VERIFY [name]", "compare the safety number, to know who somebody is"),
    ACCEPT("!ACCEPT [name]", "accept the new identity, or the weaker keys, of somebody whose keys changed"),
    REWRAP("!REWRAP [name]", "see which keys of older messages somebody's device asks for, and give them"),
    EVIDENCE(
            "!EVIDENCE name file [with keys]",
            "write what proves a chat to a file; with keys, others can read the messages"),
    HISTORY("!HISTORY", "show this chat from its beginning"),
    SHOW("!SHOW number", "show a long message whole"),
    STATUS("!STATUS", "show whether there is a connection, and in a chat how far your last messages have come"),
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
            if (command.typed().equals(folded)) {
                return Optional.of(command);
            }
        }
        return Optional.empty();
    }

    private String typed() {
        return name().replace('_', '-');
    }

    /** Whether nothing may stand behind it. */
    boolean isBare() {
        return usage.equals(toString());
    }

    /** How many lines behind it in a script may hold a secret, with what stands behind it. */
    int secretLines(String argument) {
        return switch (this) {
            case LOGIN -> 2 + count(argument, "changed") + count(argument, "recovery");
            case SIGNUP, PASSWD, RESET_IDENTITY, IMPORT -> 2;
            case DELETE_ACCOUNT, EXPORT, RECOVERY -> 1;
            default -> 0;
        };
    }

    private static int count(String argument, String word) {
        return argument.toLowerCase(Locale.ROOT).contains(word) ? 1 : 0;
    }

    /** How it is typed. */
    String usage() {
        return usage;
    }

    /** One line of help. */
    String help() {
        return String.format(Locale.ROOT, "  %-22s %s", usage, purpose);
    }

    @Override
    public String toString() {
        return "!" + typed();
    }
}
