package dev.pychat.wire;

import dev.pychat.model.Bytes;
import dev.pychat.model.Envelope;
import dev.pychat.model.EpochName;
import dev.pychat.model.LaneId;
import dev.pychat.model.MessageId;
import dev.pychat.model.Position;
import dev.pychat.model.Username;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Consecutive messages of one conversation: pushed to a connection that follows it, or the answer to {@link Page} and
 * {@link Since}. Own messages are among them. Epoch headers come along when this connection has not been sent them yet.
 *
 * <p>Immutable and thread-safe.
 *
 * @param re the {@code id} of the request that this answers; 0 (absent on the wire): pushed
 * @param with the other side of the conversation
 * @param first the position of the first item; {@link Position#NONE} if there is none
 * @param items the messages, at most 64; none only in an answer
 * @param headers epoch headers that items name, at most 64
 * @param more whether the server holds further messages in the direction asked for; absent: no
 */
public record Message(long re, Username with, Position first, List<Item> items, List<EpochHeader> headers, boolean more)
        implements ServerFrame.Reply {

    /**
     * One message. In the array, {@code by}, {@code lane} and {@code epoch} are left out where they equal those of the item
     * before.
     *
     * @param id the message's id
     * @param by its sender
     * @param lane the sender's lane
     * @param epoch the epoch whose header it names
     * @param ordinal how many messages that count its sender has there, this one included ({@code ord})
     * @param quiet whether it counts in no ordinal ({@code q}); absent: it counts
     * @param time when it was stored
     * @param envelope the sealed message: the part of the body with the item's number
     */
    public record Item(
            MessageId id,
            Username by,
            LaneId lane,
            EpochName epoch,
            long ordinal,
            boolean quiet,
            Instant time,
            Envelope envelope) {

        static final Shape<Item> SHAPE = Shape.of(Item.class)
                .with(Fields.ITEM_ID, Item::id)
                .inherited(Fields.BY, Item::by)
                .inherited(Fields.LANE, Item::lane)
                .inherited(Fields.EPOCH, Item::epoch)
                .with(Fields.ORDINAL, Item::ordinal)
                .orElse(Fields.ITEM_QUIET, false, Item::quiet)
                .with(Fields.TIME, Item::time)
                .make(v -> new Item(
                        v.get(Fields.ITEM_ID),
                        v.get(Fields.BY),
                        v.get(Fields.LANE),
                        v.get(Fields.EPOCH),
                        v.get(Fields.ORDINAL),
                        v.get(Fields.ITEM_QUIET),
                        v.get(Fields.TIME),
                        new Envelope(v.part())));
    }

    private static final Field<List<Item>> ITEMS =
            new Field<>("items", new ShapesKind<>(Item.SHAPE, 0, WireLimits.MAX_PAGE));

    static final Shape<Message> SHAPE = Shape.of(Message.class)
            .orElse(Fields.RE, 0L, Message::re)
            .with(Fields.WITH, Message::with)
            .with(Fields.FIRST, Message::first)
            .with(ITEMS, Message::items)
            .orElse(Fields.HEADERS, List.of(), Message::names)
            .orElse(Fields.MORE, false, Message::more)
            .parts(Message::bodies)
            .make(Message::of);

    /**
     * Copies the lists and checks that the rest goes with them.
     *
     * @param re the {@code id} of the request that this answers; 0 (absent on the wire): pushed
     * @param with the other side of the conversation
     * @param first the position of the first item; {@link Position#NONE} if there is none
     * @param items the messages, at most 64; none only in an answer
     * @param headers epoch headers that items name, at most 64
     * @param more whether the server holds further messages in the direction asked for; absent: no
     * @throws IllegalArgumentException if items without a first position are given, or a push without items
     */
    public Message {
        items = List.copyOf(items);
        headers = List.copyOf(headers);
        if (items.isEmpty() == first.isMessage()) {
            throw new IllegalArgumentException(items.size() + " items with first " + first
                    + ", first must be a position if there are items and 0 if there are none");
        }
        if (re == 0 && items.isEmpty()) {
            throw new IllegalArgumentException("a push without items, there must be at least one");
        }
    }

    /**
     * The position of the last item.
     *
     * @return the position; {@link Position#NONE} if there is no item
     */
    public Position last() {
        return items.isEmpty() ? first : first.plus(items.size() - 1L);
    }

    @Override
    public <R> R accept(ServerFrame.Handler<R> handler) {
        return handler.message(this);
    }

    private static Message of(Values v) throws MalformedFrameException {
        List<Item> items = v.get(ITEMS);
        List<EpochName> names = v.get(Fields.HEADERS);
        v.parts(items.size() + names.size());
        List<EpochHeader> headers = new ArrayList<>(names.size());
        for (int i = 0; i < names.size(); i++) {
            headers.add(new EpochHeader(names.get(i), v.part(items.size() + i)));
        }
        return new Message(
                v.get(Fields.RE), v.get(Fields.WITH), v.get(Fields.FIRST), items, headers, v.get(Fields.MORE));
    }

    private List<EpochName> names() {
        return headers.stream().map(EpochHeader::name).toList();
    }

    private List<Bytes> bodies() {
        return Stream.concat(
                        items.stream().map(item -> item.envelope().value()),
                        headers.stream().map(EpochHeader::header))
                .toList();
    }
}
