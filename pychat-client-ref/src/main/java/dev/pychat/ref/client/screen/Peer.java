package dev.pychat.ref.client.screen;

import dev.pychat.client.AskedEpoch;
import dev.pychat.client.Conversation;
import dev.pychat.client.IdentityChange;
import dev.pychat.client.PeerIdentity;
import dev.pychat.client.SuiteChange;
import dev.pychat.key.SafetyNumber;
import dev.pychat.model.PychatException;
import dev.pychat.model.Username;
import dev.pychat.ref.client.terminal.Answer;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Who somebody is: compares safety numbers, accepts another identity or a weaker suite, and gives keys. A person is asked; in a script the answer stands behind
 * the name. Confined to the thread that reads lines.
 */
final class Peer {
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("uuuu-MM-dd", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Session session;
    private final Conversation conversation;
    private final String given;

    private Peer(Session session, Conversation conversation, String given) {
        this.session = session;
        this.conversation = conversation;
        this.given = given;
    }

    /** Whoever is named first in what was typed, or else the one whose chat is open; empty if there is nobody, and that was said. */
    static Optional<Peer> of(Session session, String typed, Optional<Conversation> open)
            throws PychatException, InterruptedException {
        String[] words = typed.split("\\s+", 2);
        String answer = words.length > 1 ? words[1] : "";
        if (words[0].isEmpty()) {
            if (open.isEmpty()) {
                session.output().trouble("Nobody was named: !VERIFY, !ACCEPT or !REWRAP, and a name.");
            }
            return open.map(conversation -> new Peer(session, conversation, answer));
        }
        try {
            Conversation named = session.client().conversation(Username.parse(words[0]));
            return Optional.of(new Peer(session, named, answer));
        } catch (IllegalArgumentException e) {
            session.output().trouble(String.valueOf(e.getMessage()) + ".");
            return Optional.empty();
        }
    }

    Username name() {
        return conversation.peer();
    }

    /** Shows the safety number, and marks the peer as verified if it is said to be equal. */
    void verify() throws PychatException, InterruptedException {
        PeerIdentity identity = conversation.identity();
        if (identity.change().isPresent()) {
            session.output()
                    .trouble("The identity of " + name() + " has changed: !ACCEPT " + name()
                            + " says what that may mean, and shows the new number.");
            return;
        }
        session.output().say("Safety number of you and " + name() + ", as a code and in digits:");
        session.output().code(SafetyCode.of(identity.safetyNumber()));
        digits(identity.safetyNumber());
        session.output().say("Compare it with what " + name() + " sees, where nobody can stand between you.");
        session.output()
                .say(name() + (identity.verified() ? " is marked as verified." : " is not marked as verified."));
        decide(identity, answer("Are the numbers equal? (yes/no) "));
    }

    private void decide(PeerIdentity identity, String answer) throws PychatException, InterruptedException {
        Optional<SafetyNumber> typed = SafetyCode.typed(answer);
        if (answer.equals("yes") || typed.isPresent()) {
            conversation.verify(typed.orElse(identity.safetyNumber()));
            session.output().say(name() + " is verified.");
        } else if (answer.equals("no")) {
            conversation.unverify();
            session.output()
                    .say(name()
                            + " is not verified. If the numbers differ, somebody may stand between you: write nothing that"
                            + " nobody else may read, and ask whoever runs the server.");
        } else if (!answer.isEmpty()) {
            session.output().trouble("Nothing was changed: \"yes\", \"no\" or the sixty digits are understood.");
        }
    }

    /** Shows what may have happened, and accepts what was shown if that is wanted; true for a new identity that was accepted. */
    boolean accept() throws PychatException, InterruptedException {
        PeerIdentity identity = conversation.identity();
        Optional<IdentityChange> change = identity.change();
        if (change.isPresent()) {
            return accept(change.get());
        }
        if (identity.suite().isPresent()) {
            accept(identity.suite().get());
        } else {
            session.output().trouble("Nothing was accepted: the identity of " + name() + " is the one you know.");
        }
        return false;
    }

    private void accept(SuiteChange change) throws PychatException, InterruptedException {
        session.output()
                .say("The keys of " + name() + " offer " + change.after() + ", and have offered " + change.before()
                        + ". What is sealed in the weaker one is read by whoever breaks RSA later. The program of "
                        + name()
                        + " was changed or set back, or somebody else holds the keys of " + name() + ": ask, where"
                        + " nobody can stand between you.");
        if (!isWanted("Accept the weaker suite of " + name() + "? (yes/no) ")) {
            return;
        }
        conversation.acceptSuite(change.after());
        session.output().say("Accepted. What waited is sent.");
    }

    private boolean isWanted(String question) {
        boolean wanted = answer(question).equals("yes");
        if (!wanted && (!given.isEmpty() || session.console().interactive())) {
            session.output().say("It is not accepted, and nothing is sent to " + name() + ".");
        }
        return wanted;
    }

    private boolean accept(IdentityChange change) throws PychatException, InterruptedException {
        session.output().say(change.sentence() + ".");
        if (change.wasVerified()) {
            session.output().say(name() + " was marked as verified; the new identity would not be.");
        }
        session.output().say("The safety number would be:");
        digits(change.safetyNumber());
        if (!isWanted("Accept the new identity of " + name() + "? (yes/no) ")) {
            return false;
        }
        conversation.acceptIdentity(change.after());
        session.news().accepted(name());
        session.output().say("Accepted. What waited is sent; !VERIFY " + name() + " compares the new number.");
        return true;
    }

    /** Shows which keys the peer's device has asked for that wait for the person, and gives those that were shown if that is wanted. */
    void rewrap() throws PychatException, InterruptedException {
        List<AskedEpoch> asked = conversation.asked();
        if (asked.isEmpty()) {
            session.output().say("Nothing was given: " + name() + "'s device asks for no keys that wait for you.");
            return;
        }
        List<Instant> begun = asked.stream().map(AskedEpoch::made).sorted().toList();
        session.output()
                .say(name() + "'s device asks for the keys of " + runs(asked.size()) + " of messages, begun from "
                        + DAY.format(begun.get(0)) + " to " + DAY.format(begun.get(begun.size() - 1))
                        + ". Whoever holds the device can read them then: give them if " + name()
                        + " has told you, where nobody can stand between you, that a device was lost or set up anew.");
        if (answer("Give the keys of " + runs(asked.size()) + "? (yes/no) ").equals("yes")) {
            int count =
                    conversation.giveAsked(asked.stream().map(AskedEpoch::name).collect(Collectors.toSet()));
            session.output().say("The device of " + name() + " is given the keys of " + runs(count) + " of messages.");
        } else {
            session.output().trouble("Nothing was given: the answer \"yes\" gives the keys.");
        }
    }

    private static String runs(int count) {
        return count + (count == 1 ? " run" : " runs");
    }

    private void digits(SafetyNumber number) {
        SafetyCode.rows(number).forEach(row -> session.output().say("    " + row));
    }

    /** What stands behind the name; else a person is asked, and a script has said nothing. */
    private String answer(String question) {
        if (!given.isEmpty() || !session.console().interactive()) {
            return given.toLowerCase(Locale.ROOT);
        }
        Answer answer = session.console().word(question);
        if (session.isCommand(answer)) {
            return "";
        }
        return answer instanceof Answer.Line line ? line.text().strip().toLowerCase(Locale.ROOT) : "";
    }
}
