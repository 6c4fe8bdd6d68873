package dev.pychat.ref.client.screen;

import dev.pychat.client.Conversation;
import dev.pychat.client.Disclosure;
import dev.pychat.client.EvidenceSummary;
import dev.pychat.client.Pending;
import dev.pychat.model.Position;
import dev.pychat.model.PychatException;
import dev.pychat.model.Username;
import dev.pychat.ref.client.home.NewFile;
import dev.pychat.ref.client.terminal.Answer;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

/**
 * Writes what proves a conversation to a file. Whether others can read it is for the person to say; unasked they can't. Confined to the
 * thread that reads lines.
 */
final class EvidenceScreen {
    private static final String WITH_KEYS = " with keys";
    private static final Duration STEP = Duration.ofMillis(200);

    private final Session session;

    EvidenceScreen(Session session) {
        this.session = session;
    }

    /** What was asked for. */
    private record Wanted(Username peer, Path file, Disclosure disclosure) {

        static Wanted of(String typed) {
            String[] words = typed.split("\\s+", 2);
            if (words.length < 2) {
                throw new IllegalArgumentException("a name and a file are wanted: " + Command.EVIDENCE.usage());
            }
            Username peer = Username.parse(words[0]);
            String rest = words[1].strip();
            boolean withKeys = rest.toLowerCase(Locale.ROOT).endsWith(WITH_KEYS);
            String file = withKeys
                    ? rest.substring(0, rest.length() - WITH_KEYS.length()).strip()
                    : rest;
            Disclosure disclosure = withKeys ? Disclosure.EPOCH_SECRETS : Disclosure.NO_SECRETS;
            return new Wanted(peer, Path.of(file), disclosure);
        }
    }

    void write(String typed) throws PychatException, InterruptedException {
        Wanted wanted;
        try {
            wanted = Wanted.of(typed);
        } catch (InvalidPathException e) {
            session.output().trouble("No evidence was written: that is no name of a file.");
            return;
        } catch (IllegalArgumentException e) {
            session.output().trouble("No evidence was written: " + e.getMessage() + ".");
            return;
        }
        if (wanted.disclosure == Disclosure.EPOCH_SECRETS && !isMeant(wanted)) {
            session.output().say("No evidence was written.");
            return;
        }
        try {
            write(wanted);
        } catch (IOException e) {
            session.output().trouble("No evidence was written: " + reason(wanted.file, e) + ".");
        }
    }

    /** A person is asked; in a script the words stand for it. */
    private boolean isMeant(Wanted wanted) {
        session.output()
                .say("With keys, whoever gets hold of the file can read all messages of you and " + wanted.peer
                        + " that it holds, yours and theirs. It is not encrypted.");
        if (!session.console().interactive()) {
            return true;
        }
        Answer answer = session.console().word("Write it with keys? (yes/no) ");
        return !session.isCommand(answer)
                && answer instanceof Answer.Line line
                && line.text().strip().toLowerCase(Locale.ROOT).equals("yes");
    }

    private void write(Wanted wanted) throws IOException, PychatException, InterruptedException {
        Conversation conversation = session.client().conversation(wanted.peer);
        session.busy("Gathering the messages...");
        awaitAccepted(conversation);
        EvidenceSummary summary = NewFile.write(wanted.file, out -> conversation.writeEvidence(out, wanted.disclosure));
        session.output()
                .say("Evidence of your conversation with " + wanted.peer + ", positions " + summary.first() + " to "
                        + summary.last() + ", is in the file. ./pychat audit checks it.");
        session.output()
                .say(
                        wanted.disclosure == Disclosure.EPOCH_SECRETS
                                ? "Whoever holds it can read these messages."
                                : "Nobody can read a message with it; who wrote when, to whom and how much stands in it.");
        if (summary.absent() > 0) {
            session.output()
                    .trouble(summary.absent()
                            + " of the messages are not in it, since the server did not give them as it had before.");
        }
    }

    /**
     * What was typed before belongs in the file: waits until the server has accepted it, and has it back, since the history has only what
     * came from the server. There is no use in waiting for what can't go out.
     */
    private void awaitAccepted(Conversation conversation) throws PychatException, InterruptedException {
        long end = System.nanoTime() + session.patience().toNanos();
        Pending left = conversation.pending();
        while (isOnItsWay(left) && System.nanoTime() - end < 0) {
            session.client().awaitAccepted(STEP);
            left = conversation.pending();
        }
        int unsent = left.messages().size();
        if (unsent > 0) {
            session.output()
                    .trouble(unsent + (unsent == 1 ? " message" : " messages") + " to " + conversation.peer()
                            + (unsent == 1 ? " is" : " are") + " still unsent, and not in the evidence.");
        }
        conversation.history(Position.NONE, 1);
    }

    private static boolean isOnItsWay(Pending left) {
        return !left.messages().isEmpty() && left.obstacle().isEmpty();
    }

    private static String reason(Path file, IOException failure) {
        if (failure instanceof FileAlreadyExistsException) {
            return file + " is there already, and nothing is written over";
        }
        if (failure instanceof NoSuchFileException) {
            return "there is no directory for " + file;
        }
        return failure instanceof AccessDeniedException
                ? "permission denied for " + file
                : file + " can't be written: " + failure.getMessage();
    }
}
