package dev.pychat.ref.client.screen;

import dev.pychat.client.AcceptedChange;
import dev.pychat.client.ChatMessage;
import dev.pychat.client.MessageState;
import dev.pychat.envelope.Finding;
import dev.pychat.model.Content;
import dev.pychat.model.Username;
import dev.pychat.ref.client.text.Entry;
import dev.pychat.ref.client.text.Entry.Tone;
import dev.pychat.ref.client.text.Printable;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A message as it is shown: {@code 2026-11-22 14:03 ~ [bob]: text}, in local time; behind it, or in its place, what was
 * found about it.
 *
 * <p>Stateless; safe for every thread.
 */
final class Lines {
    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT);

    private static final int BEGINNING = 30;

    private Lines() {}

    /** The place where somebody's identity changed. */
    static Entry of(Username peer, AcceptedChange change, ZoneId zone) {
        return Entry.plain("----- a new identity of " + peer + " from here on, accepted "
                + MINUTE.format(change.accepted().atZone(zone)) + " -----");
    }

    /** The whole message, or as much of it as a terminal shows unasked, and then how to see the rest. */
    static List<Entry> of(ChatMessage message, ZoneId zone, boolean whole) {
        return of(message, zone, whole, "");
    }

    /** The same, with what stands behind the sender's name. */
    static List<Entry> of(ChatMessage message, ZoneId zone, boolean whole, String mark) {
        String time = MINUTE.format(message.time().atZone(zone));
        List<Entry> entries = new ArrayList<>();
        message.text().map(Printable::lines).ifPresent(lines -> {
            Excerpt shown = whole ? new Excerpt(lines, 0) : Excerpt.of(lines);
            entries.add(new Entry(Tone.MESSAGE, time + " ~ [" + message.sender() + "]" + mark + ": ", shown.lines()));
            if (shown.left() > 0) {
                entries.add(Entry.notice(time + " ! of this message " + String.format(Locale.ROOT, "%,d", shown.left())
                        + (shown.left() == 1 ? " line is" : " lines are") + " not shown, or not to the end; "
                        + Command.SHOW + " " + message.position() + " shows it whole"));
            }
        });
        boolean control = isControl(message);
        if (message.text().isEmpty() && message.content().isPresent() && !control) {
            entries.add(Entry.notice(time + " ! " + message.sender()
                    + " sent a newer kind of message, which this version of pychat can't show"));
        }
        for (Finding finding : message.findings()) {
            entries.add(found(time, message, finding));
        }
        if (message.forgotten()) {
            entries.add(forgotten(message, message, 1, zone));
        } else if (entries.isEmpty() && !control) {
            entries.add(Entry.notice(time + " ! a message of " + message.sender()
                    + " could not be opened: it was sent before this device was one of the account's"));
        }
        return entries;
    }

    /** Messages in a row that the own devices have forgotten. */
    static Entry forgotten(ChatMessage first, ChatMessage last, long count, ZoneId zone) {
        String from = MINUTE.format(first.time().atZone(zone));
        String to = MINUTE.format(last.time().atZone(zone));
        String when = from.equals(to) ? from : from + " to " + to;
        String messages =
                count == 1 ? "a message of " + first.sender() : String.format(Locale.ROOT, "%,d messages", count);
        return Entry.plain("----- " + when + ": " + messages + ", forgotten on this device -----");
    }

    /** A message of the own user that the server has not accepted yet; empty if it is nothing to be shown. */
    static Optional<Entry> pending(Username user, Content content) {
        String head = "not sent yet ~ [" + user + "]: ";
        return content.asText().map(text -> new Entry(Tone.MESSAGE, head, Printable.lines(text)));
    }

    /** Something about an own message, which is named by its time and how it begins. */
    static Entry about(String what, ChatMessage message, ZoneId zone) {
        String head = what + " of " + MINUTE.format(message.time().atZone(zone));
        return message.text()
                .map(text -> new Entry(Tone.NOTICE, head + ": ", List.of(beginning(text))))
                .orElse(Entry.notice(head));
    }

    /** How far an own message has come, which is named by its time, if the server has told one, and how it begins. */
    static Entry state(MessageState state, Optional<ZonedDateTime> time, String text, boolean inSigns) {
        String why = state instanceof MessageState.Failed failed
                ? " (" + failed.reason().getMessage() + ")"
                : "";
        String head = (inSigns ? state.sign() + " " : "")
                + state.word()
                + why
                + time.map(when -> ", sent " + MINUTE.format(when)).orElse("");
        return new Entry(Tone.PLAIN, Printable.line(head) + ": ", List.of(beginning(text)));
    }

    private static String beginning(String text) {
        String first = Printable.lines(text).get(0);
        int characters = first.codePointCount(0, first.length());
        return characters <= BEGINNING ? first : first.substring(0, first.offsetByCodePoints(0, BEGINNING)) + "...";
    }

    private static Entry found(String time, ChatMessage message, Finding finding) {
        String shown = message.content().isPresent() ? "" : ", which is not shown";
        return Entry.notice(Printable.line(time + " ! message " + message.position() + " of " + message.sender() + shown
                + ": " + finding.what() + ". " + finding.remedy()));
    }

    /** Whether it is one of those that programs send each other, which have no text to be shown. */
    static boolean isControl(ChatMessage message) {
        return message.content().filter(Content::isControl).isPresent();
    }
}
