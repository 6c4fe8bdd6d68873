package dev.pychat.ref.client.screen;

import dev.pychat.client.AcceptedChange;
import dev.pychat.client.ChatMessage;
import dev.pychat.client.HistoryGap;
import dev.pychat.client.MessageState;
import dev.pychat.model.Content;
import dev.pychat.model.Username;
import dev.pychat.ref.client.terminal.Console;
import dev.pychat.ref.client.text.Entry;
import dev.pychat.ref.client.text.Printable;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** What the screens say, and whether all of it was good news. Thread-safe. */
final class Output {
    private final Console console;
    private final ZoneId zone;
    private final AtomicBoolean failed = new AtomicBoolean();

    Output(Console console, ZoneId zone) {
        this.console = console;
        this.zone = zone;
    }

    void say(String sentence) {
        console.show(Entry.plain(sentence));
    }

    void notice(String sentence) {
        console.show(Entry.notice(Printable.line(sentence)));
    }

    /** Says that something was not done. A script has failed by it; a person has read it and goes on. */
    void trouble(String sentence) {
        if (!console.interactive()) {
            failed.set(true);
        }
        console.show(Entry.trouble(Printable.line(sentence)));
    }

    /** Says that something that was to be sent will not be, or not now. */
    void unsent(String sentence) {
        failed.set(true);
        trouble(sentence);
    }

    /** Says that the server has ended the session: to a person who can log in again, to a script that fails by it. */
    void overFor(String reason) {
        if (console.interactive()) {
            trouble("You are logged out: " + reason + ". Enter leads to where you can log in again.");
        } else {
            unsent("The connection is over: " + reason);
        }
    }

    void code(List<String> rows) {
        console.show(Entry.code(rows));
    }

    void change(Username peer, AcceptedChange change) {
        console.show(Lines.of(peer, change, zone));
    }

    void forgotten(ChatMessage first, ChatMessage last, long count) {
        console.show(Lines.forgotten(first, last, count, zone));
    }

    void gap(HistoryGap gap) {
        trouble("----- from place " + gap.from() + " on the server did not give what may follow: " + gap.why()
                + " -----");
    }

    /** Shows a message: to a person not more than fits, to a script all of it. */
    void message(ChatMessage message) {
        message(message, Mark.NONE);
    }

    void message(ChatMessage message, Mark mark) {
        show(message, !console.interactive(), mark);
    }

    void whole(ChatMessage message, Mark mark) {
        show(message, true, mark);
    }

    private void show(ChatMessage message, boolean whole, Mark mark) {
        Lines.of(message, zone, whole, mark.behindName(console.showsSigns())).forEach(console::show);
    }

    /** Says how far the own messages have come. */
    void seen(String what, ChatMessage message) {
        console.show(Lines.about(what, message, zone));
    }

    /** Says how far a message has come that the server has stored. */
    void state(MessageState state, Instant time, String text) {
        console.show(Lines.state(state, Optional.of(time.atZone(zone)), text, inSigns()));
    }

    /** Says how far a message has come that the server has not. */
    void state(MessageState state, String text) {
        console.show(Lines.state(state, Optional.empty(), text, inSigns()));
    }

    void pending(Username user, Content content) {
        Lines.pending(user, content).ifPresent(console::show);
    }

    private boolean inSigns() {
        return console.interactive() && console.showsSigns();
    }

    boolean failed() {
        return failed.get();
    }
}
