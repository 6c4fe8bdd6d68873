package dev.pychat.ref.client.screen;

import dev.pychat.crypto.secret.Passphrase;
import dev.pychat.crypto.secret.PassphraseException;
import dev.pychat.crypto.secret.RecoverySecret;
import dev.pychat.crypto.secret.RecoveryTextException;
import dev.pychat.model.Username;
import dev.pychat.ref.client.terminal.Answer;
import dev.pychat.ref.client.terminal.Console;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Asks for a user name and a passphrase. In a script these are the next two lines, and both are taken whatever the first
 * one says, so that a passphrase never ends up where text is sent. Confined to the thread that reads lines.
 */
final class Credentials {
    private final Console console;
    private final Output output;
    private final SecureRandom random;
    private final Predicate<Answer> commands;

    /**
     * Makes one.
     *
     * @param commands says whether an answer is a command, which is then taken instead
     */
    Credentials(Console console, Output output, SecureRandom random, Predicate<Answer> commands) {
        this.console = console;
        this.output = output;
        this.random = random;
        this.commands = commands;
    }

    /** What was given. */
    record Pair(Username user, Passphrase passphrase) {}

    /** Takes the lines that follow a command in a script, unread. */
    void skip(int lines) {
        for (int i = 0; i < lines; i++) {
            console.secret("");
        }
    }

    /** A present and a new passphrase. */
    record Two(Passphrase before, Passphrase next) {}

    /** Asks for the present passphrase; empty if that led to nothing. */
    Optional<Passphrase> present() {
        return text(console.secret("Your passphrase: ")).flatMap(this::passphrase);
    }

    /** Asks for the recovery secret; empty if that led to nothing. */
    Optional<RecoverySecret> recoverySecret() {
        Optional<String> typed = text(console.secret("Recovery secret (from the sheet): "));
        if (typed.isEmpty()) {
            return Optional.empty();
        }
        char[] characters = typed.get().toCharArray();
        try {
            return Optional.of(RecoverySecret.parse(characters));
        } catch (RecoveryTextException e) {
            output.trouble(sentence(String.valueOf(e.getMessage())));
            return Optional.empty();
        } finally {
            Arrays.fill(characters, '\0');
        }
    }

    /** Asks for a passphrase that something has already; empty if that led to nothing. */
    Optional<Passphrase> of(String what) {
        return text(console.secret("The passphrase of " + what + ": ")).flatMap(this::passphrase);
    }

    /** Asks for a passphrase that something is to have: a person twice, a script once. Empty if that led to nothing. */
    Optional<Passphrase> newOf(String what) {
        return console.interactive() ? newPassphrase() : of(what);
    }

    /** Asks for the present and a new passphrase: in a script the next two lines. Empty if that led to nothing. */
    Optional<Two> askForChange() {
        return two("Your passphrase: ", true);
    }

    /** Asks for the passphrase that this device knows and the one that another device has made. */
    Optional<Two> askForBoth() {
        return two("The passphrase that this device knows: ", false);
    }

    private Optional<Two> two(String prompt, boolean fresh) {
        Optional<Passphrase> before = text(console.secret(prompt)).flatMap(this::passphrase);
        if (before.isEmpty() && console.interactive()) {
            return Optional.empty();
        }
        Optional<Passphrase> next = fresh && console.interactive()
                ? newPassphrase()
                : text(console.secret("The new passphrase: ")).flatMap(this::passphrase);
        if (before.isEmpty() || next.isEmpty()) {
            before.ifPresent(Passphrase::close);
            next.ifPresent(Passphrase::close);
            return Optional.empty();
        }
        return Optional.of(new Two(before.get(), next.get()));
    }

    /** Asks for a user name alone. */
    Optional<Username> askForName() {
        Answer named = console.word("User name: ");
        return commands.test(named) ? Optional.empty() : text(named).flatMap(this::user);
    }

    /** Asks; empty if that led to nothing, and then the reason was said. */
    Optional<Pair> ask(boolean fresh) {
        Answer named = console.word("User name: ");
        if (commands.test(named)) {
            return Optional.empty();
        }
        Optional<String> name = text(named);
        if (name.isEmpty()) {
            return Optional.empty();
        }
        Optional<Username> user = user(name.get());
        if (user.isEmpty() && console.interactive()) {
            return Optional.empty();
        }
        Optional<Passphrase> passphrase = fresh && console.interactive() ? newPassphrase() : known();
        if (user.isEmpty() || passphrase.isEmpty()) {
            passphrase.ifPresent(Passphrase::close);
            return Optional.empty();
        }
        return Optional.of(new Pair(user.get(), passphrase.get()));
    }

    private Optional<Username> user(String typed) {
        try {
            return Optional.of(Username.parse(typed));
        } catch (IllegalArgumentException e) {
            output.trouble(sentence(String.valueOf(e.getMessage())));
            return Optional.empty();
        }
    }

    private Optional<Passphrase> known() {
        return text(console.secret("Passphrase: ")).flatMap(this::passphrase);
    }

    private Optional<Passphrase> newPassphrase() {
        char[] suggested = Passphrase.suggest(random);
        String suggestion = new String(suggested);
        Arrays.fill(suggested, '\0');
        output.say("A passphrase that nobody guesses: " + suggestion);
        output.say("Press Enter to take it (write it down, nobody can bring it back), or type your own.");
        Optional<String> typed = text(console.secret("New passphrase: "));
        if (typed.isEmpty() || typed.get().isEmpty()) {
            return typed.isEmpty() ? Optional.empty() : passphrase(suggestion);
        }
        Optional<Passphrase> first = passphrase(typed.get());
        if (first.isEmpty()) {
            return first;
        }
        Optional<String> again = text(console.secret("The same again: "));
        if (again.isPresent() && again.get().equals(typed.get())) {
            return first;
        }
        first.get().close();
        if (again.isPresent()) {
            output.trouble("The two passphrases differ. Nothing was made.");
        }
        return Optional.empty();
    }

    private Optional<Passphrase> passphrase(String typed) {
        char[] characters = typed.toCharArray();
        try {
            return Optional.of(Passphrase.of(characters));
        } catch (PassphraseException e) {
            output.trouble(sentence(String.valueOf(e.getMessage())));
            return Optional.empty();
        } finally {
            Arrays.fill(characters, '\0');
        }
    }

    private Optional<String> text(Answer answer) {
        if (answer instanceof Answer.Unusable unusable) {
            output.trouble(unusable.reason());
        } else if (answer instanceof Answer.End && !commands.test(answer)) {
            output.trouble("The input ended where a user name or a passphrase was expected.");
        }
        return answer instanceof Answer.Line line ? Optional.of(line.text()) : Optional.empty();
    }

    private static String sentence(String reason) {
        String begin = reason.substring(0, 1).toUpperCase(java.util.Locale.ROOT);
        return begin + reason.substring(1) + (reason.endsWith(".") ? "" : ".");
    }
}
