package dev.pychat.ref.client.screen;

import dev.pychat.client.ConversationPolicy;
import dev.pychat.key.HistoryPolicy;
import dev.pychat.model.PychatException;
import dev.pychat.ref.client.terminal.Answer;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** Shows and changes after how long the own account forgets. Confined to the thread that reads lines. */
final class ForgetScreen {
    private final Session session;

    ForgetScreen(Session session) {
        this.session = session;
    }

    /** Behind the command nothing, days or "never"; in a script "yes" behind the days. */
    void order(String argument) throws PychatException, InterruptedException {
        String[] words = argument.toLowerCase(Locale.ROOT).split("\\s+", 2);
        String answer = words.length == 2 ? words[1] : "";
        if (argument.isEmpty()) {
            show();
        } else if (words[0].equals("never") && answer.isEmpty()) {
            change(HistoryPolicy.KEEP);
        } else if (policy(words[0]).isPresent()) {
            ask(policy(words[0]).get(), answer);
        } else {
            session.output()
                    .trouble("Nothing was changed: \"never\" or a number of days from "
                            + HistoryPolicy.SHORTEST.toDays() + " to " + HistoryPolicy.LONGEST.toDays()
                            + " is understood, and not \"" + argument + "\".");
        }
    }

    private static Optional<HistoryPolicy> policy(String days) {
        if (!days.matches("[0-9]{1,4}")) {
            return Optional.empty();
        }
        try {
            return Optional.of(HistoryPolicy.forgetAfter(Duration.ofDays(Long.parseLong(days))));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private void show() throws PychatException, InterruptedException {
        HistoryPolicy policy = session.client().historyPolicy();
        session.output()
                .say(
                        policy.isKeep()
                                ? "Your devices keep what is said, and a new one shows all of it, or, if this account once"
                                        + " forgot, what was sent from when it began to keep again on: that is what your passphrase"
                                        + " and the server together open. " + Command.FORGET
                                        + " 7 makes them forget after 7 days."
                                : "Your devices forget what is said after " + ConversationPolicy.words(policy)
                                        + "; a new device shows nothing from before it came. " + Command.FORGET
                                        + " never keeps what is said from now on.");
    }

    private void ask(HistoryPolicy policy, String given) throws PychatException, InterruptedException {
        String time = ConversationPolicy.words(policy);
        session.output()
                .say("All your devices will erase what was said " + time
                        + " after the server stored it: your messages and those written to you, in every chat, and what"
                        + " opens them. Whatever is older goes at once, but for what a device got within the last day, which"
                        + " can be read for a day; and nothing brings it back.");
        session.output()
                .say(
                        "This can't make others forget. Those you write to keep your messages unless they forget as well; backups,"
                                + " archives and evidence files keep what they have; a device that is switched off forgets when it"
                                + " is used again; the server may have kept keys of before in an old copy of your vault; and a disk"
                                + " may keep for a while what was erased on it.");
        if (answer(given, "Forget after " + time + "? (yes/no) ").equals("yes")) {
            change(policy);
        } else if (!given.isEmpty() || session.console().interactive()) {
            session.output().say("Nothing was changed.");
        } else {
            session.output().trouble("Nothing was changed: \"yes\" has to stand behind it.");
        }
    }

    private void change(HistoryPolicy policy) throws PychatException, InterruptedException {
        session.busy("Making new keys...");
        session.client().changeHistoryPolicy(policy);
        session.output()
                .say(
                        policy.isKeep()
                                ? "Your devices keep what is said from now on. What is forgotten does not come back."
                                : "Your devices forget after " + ConversationPolicy.words(policy)
                                        + ". Those you write to are told.");
    }

    private String answer(String given, String question) {
        if (!given.isEmpty() || !session.console().interactive()) {
            return given;
        }
        Answer answer = session.console().word(question);
        if (session.isCommand(answer)) {
            return "";
        }
        return answer instanceof Answer.Line line ? line.text().strip().toLowerCase(Locale.ROOT) : "";
    }
}
