package dev.pychat.wire;

import dev.pychat.model.MessageId;
import dev.pychat.model.Position;
import java.time.Instant;
import java.util.List;

/**
 * Answers one or several {@link Submit}: these messages are durable. One item for each request, in the same order.
 *
 * <p>Immutable and thread-safe.
 *
 * @param answered the {@code id}s of the requests that this answers (the field {@code re}), 1 to 64
 * @param items what became of them
 */
public record Accepted(List<Long> answered, List<Item> items) implements ServerFrame {

    /**
     * Where one message is stored.
     *
     * @param mid the message's id
     * @param position its position ({@code pos})
     * @param ordinal how many messages that count its sender has there, this one included ({@code ord})
     * @param time when it was stored
     * @param duplicate whether it was there already ({@code dup}); then the rest is that of the first time
     */
    public record Item(MessageId mid, Position position, long ordinal, Instant time, boolean duplicate) {

        static final Shape<Item> SHAPE = Shape.of(Item.class)
                .with(Fields.MID, Item::mid)
                .with(Fields.POS, Item::position)
                .with(Fields.ORDINAL, Item::ordinal)
                .with(Fields.TIME, Item::time)
                .orElse(Fields.DUPLICATE, false, Item::duplicate)
                .make(v -> new Item(
                        v.get(Fields.MID),
                        v.get(Fields.POS),
                        v.get(Fields.ORDINAL),
                        v.get(Fields.TIME),
                        v.get(Fields.DUPLICATE)));
    }

    private static final Field<List<Item>> ITEMS =
            new Field<>("items", new ShapesKind<>(Item.SHAPE, 1, WireLimits.MAX_PAGE));

    static final Shape<Accepted> SHAPE = Shape.of(Accepted.class)
            .with(Fields.ANSWERED, Accepted::answered)
            .with(ITEMS, Accepted::items)
            .make(v -> new Accepted(v.get(Fields.ANSWERED), v.get(ITEMS)));

    /**
     * Copies the lists and checks that they go together.
     *
     * @param answered the {@code id}s of the requests that this answers (the field {@code re}), 1 to 64
     * @param items what became of them
     * @throws IllegalArgumentException if there is not one item for each request
     */
    public Accepted {
        answered = List.copyOf(answered);
        items = List.copyOf(items);
        if (answered.size() != items.size()) {
            throw new IllegalArgumentException("re names " + answered.size() + " requests and items are " + items.size()
                    + ", there must be one for each");
        }
    }

    @Override
    public <R> R accept(ServerFrame.Handler<R> handler) {
        return handler.accepted(this);
    }
}
