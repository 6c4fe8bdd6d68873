package dev.pychat.ref.client.screen;

import dev.pychat.client.ChatClient;
import dev.pychat.client.ClientListener;
import dev.pychat.client.ClientState;
import dev.pychat.client.Pending;
import dev.pychat.client.PendingMessage;
import dev.pychat.model.PychatException;
import dev.pychat.ref.client.terminal.Console;
import dev.pychat.ref.client.text.Printable;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * What the connection is doing, and how much waits for it, in one line at the foot of a terminal; the same words answer
 * {@link Command#STATUS} anywhere. Thread-safe.
 */
final class StatusLine implements ClientListener {
    private static final DateTimeFormatter SECOND = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

    private final Console console;
    private final ChatClient client;
    private final String server;
    private final ZoneId zone;

    StatusLine(Console console, ChatClient client, String server, ZoneId zone) {
        this.console = console;
        this.client = client;
        this.server = server;
        this.zone = zone;
    }

    @Override
    public void onStateChanged(ClientState state) {
        refresh();
    }

    /** Shows it as it is now, while somebody is logged in. */
    void refresh() {
        if (console.interactive()) {
            console.status(client.user().isPresent() ? text() : "");
        }
    }

    String text() {
        String who = client.user().map(user -> user + " at " + server).orElse(server);
        ClientState state = client.state();
        return Printable.line(
                who + " | " + words(state, zone) + (state instanceof ClientState.Waiting ? waiting() : ""));
    }

    /** A state in words. */
    static String words(ClientState state, ZoneId zone) {
        if (state instanceof ClientState.Waiting waiting) {
            return "no connection, next attempt at " + second(waiting.retryAt(), zone);
        }
        if (state instanceof ClientState.Closed closed) {
            return "closed: " + closed.reason();
        }
        return state instanceof ClientState.Online ? "online" : "connecting";
    }

    private static String second(Instant time, ZoneId zone) {
        return SECOND.format(time.atZone(zone));
    }

    private String waiting() {
        try {
            long left = 0;
            for (Pending pending : client.pending()) {
                left += pending.messages().stream()
                        .filter(StatusLine::isForPeople)
                        .count();
            }
            return left == 0 ? "" : " | " + left + (left == 1 ? " message waits" : " messages wait");
        } catch (PychatException e) {
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }

    private static boolean isForPeople(PendingMessage message) {
        return !message.content().isControl();
    }
}
