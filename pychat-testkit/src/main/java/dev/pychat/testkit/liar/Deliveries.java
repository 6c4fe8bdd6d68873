package dev.pychat.testkit.liar;

import dev.pychat.model.Position;
import dev.pychat.model.Username;
import dev.pychat.wire.Ack;
import dev.pychat.wire.Follow;
import dev.pychat.wire.InboxChanged;
import dev.pychat.wire.InboxEntry;
import dev.pychat.wire.InboxPage;
import dev.pychat.wire.Message;
import dev.pychat.wire.Ok;
import dev.pychat.wire.ServerFrame;
import dev.pychat.wire.WireLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * What of each conversation one connection has been told, and what the real server's frames become for it. Thread-safe; frames
 * come out in the order of the calls that the caller makes one at a time.
 */
final class Deliveries {

    /** How far the client was told, in told positions, and the real server has told, in true ones. */
    private record Cursor(long told, long real) {}

    private final Function<Username, Optional<Pages>> pages;
    private final Map<Username, Cursor> cursors = new ConcurrentHashMap<>();
    private final Map<Long, Username> follows = new ConcurrentHashMap<>();

    Deliveries(Function<Username, Optional<Pages>> pages) {
        this.pages = pages;
    }

    void begin(Follow asked) {
        long after = asked.after().value();
        cursors.put(asked.with(), new Cursor(after, after));
        follows.put(asked.id(), asked.with());
    }

    void end(Username peer) {
        cursors.remove(peer);
    }

    /** What to acknowledge to the real server: all that it has told. */
    Position acknowledged(Ack ack) {
        Cursor cursor = cursors.get(ack.with());
        return cursor == null || pages.apply(ack.with()).isEmpty() ? ack.upTo() : new Position(cursor.real);
    }

    /** What the client is to be sent in place of a frame of the real server. */
    List<ServerFrame> from(ServerFrame frame) {
        if (frame instanceof Message push && push.re() == 0) {
            return pushed(push);
        }
        if (frame instanceof Ok ok) {
            return answered(ok);
        }
        if (frame instanceof InboxChanged changed) {
            return entry(changed.entry())
                    .map(InboxChanged::new)
                    .<List<ServerFrame>>map(List::of)
                    .orElse(List.of());
        }
        if (frame instanceof InboxPage page) {
            List<InboxEntry> entries = page.entries().stream()
                    .flatMap(entry -> entry(entry).stream())
                    .toList();
            return List.of(new InboxPage(page.re(), entries, page.more()));
        }
        return List.of(frame);
    }

    private List<ServerFrame> pushed(Message push) {
        Cursor before = cursors.get(push.with());
        if (before == null) {
            return List.of(push);
        }
        long real = push.last().value();
        if (pages.apply(push.with()).isEmpty()) {
            cursors.put(push.with(), new Cursor(real, real));
            return List.of(push);
        }
        cursors.put(push.with(), new Cursor(before.told, real));
        return rest(push.with());
    }

    private List<ServerFrame> answered(Ok ok) {
        Username peer = follows.remove(ok.re());
        Optional<Pages> told = peer == null ? Optional.empty() : pages.apply(peer);
        if (peer == null || told.isEmpty()) {
            return List.of(ok);
        }
        List<ServerFrame> frames = new ArrayList<>();
        frames.add(new Ok(ok.re(), new Position(told.get().size()), ok.read()));
        Cursor cursor = cursors.get(peer);
        if (cursor != null && cursor.told > told.get().size()) {
            cursors.put(peer, new Cursor(told.get().size(), cursor.real));
        }
        frames.addAll(rest(peer));
        return frames;
    }

    /** Whatever of the told history the client was not told yet, if it follows the conversation and is lied to about it. */
    List<ServerFrame> rest(Username peer) {
        Cursor cursor = cursors.get(peer);
        Optional<Pages> told = pages.apply(peer);
        List<ServerFrame> frames = new ArrayList<>();
        if (cursor == null || told.isEmpty()) {
            return frames;
        }
        long at = cursor.told;
        while (at < told.get().size()) {
            Message next = told.get().after(0, (int) at, WireLimits.MAX_PAGE);
            frames.add(next);
            at = next.last().value();
        }
        cursors.put(peer, new Cursor(at, cursor.real));
        return frames;
    }

    private Optional<InboxEntry> entry(InboxEntry entry) {
        Optional<Pages> told = pages.apply(entry.with());
        if (told.isEmpty()) {
            return Optional.of(entry);
        }
        Position head = new Position(told.get().size());
        Position read = entry.read().isAfter(head) ? head : entry.read();
        return head.isMessage()
                ? Optional.of(new InboxEntry(entry.with(), head, entry.unread(), read, entry.time()))
                : Optional.empty();
    }
}
