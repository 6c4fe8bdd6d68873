package dev.pychat.envelope;

import dev.pychat.crypto.open.Sha256;
import dev.pychat.model.Bytes;
import dev.pychat.model.EpochName;
import dev.pychat.model.MessageId;
import dev.pychat.model.Position;
import dev.pychat.model.StoredMessage;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * {@link KnownMessages} in memory, filled by the caller from its stored history.
 *
 * <p>Confined to one thread.
 */
public final class MessageIndex implements KnownMessages {

    private final Map<MessageId, Known> ids = new HashMap<>();
    private final Map<Place, Known> places = new HashMap<>();
    private final Map<Position, Bytes> views = new HashMap<>();
    private final Map<Position, Step> steps = new HashMap<>();

    /** Makes an empty one. */
    public MessageIndex() {}

    /**
     * Adds everything that taking one message brought.
     *
     * @param message the message as it was delivered
     * @param taken what the transcript made of it
     */
    public void add(StoredMessage message, Taken taken) {
        Bytes envelopeHash = Sha256.of(message.envelope().value());
        addStep(message.position(), message.id(), envelopeHash);
        taken.views().forEach(this::addView);
        taken.shown().ifPresent(opened -> {
            LaneHead head = opened.head();
            addMessage(message.position(), head.id(), head.epoch(), head.n(), envelopeHash);
        });
    }

    /**
     * Adds a message that opened.
     *
     * @param position where it stands
     * @param id the id in its envelope
     * @param epoch its epoch
     * @param n its number in the epoch
     * @param envelopeHash the SHA-256 of its envelope
     */
    public void addMessage(Position position, MessageId id, EpochName epoch, int n, Bytes envelopeHash) {
        Known known = new Known(position, envelopeHash);
        ids.putIfAbsent(id, known);
        places.putIfAbsent(new Place(epoch, n), known);
    }

    /**
     * Adds any message, opened or not.
     *
     * @param position where it stands
     * @param id the id that the server names it by
     * @param envelopeHash the SHA-256 of its envelope
     */
    public void addStep(Position position, MessageId id, Bytes envelopeHash) {
        steps.put(position, new Step(id, envelopeHash));
    }

    /**
     * Adds the view hash at a position.
     *
     * @param view the position and H there
     */
    public void addView(View view) {
        views.put(view.position(), view.hash());
    }

    @Override
    public Optional<Known> byId(MessageId id) {
        return Optional.ofNullable(ids.get(id));
    }

    @Override
    public Optional<Known> byPlace(EpochName epoch, int n) {
        return Optional.ofNullable(places.get(new Place(epoch, n)));
    }

    @Override
    public Optional<Bytes> viewAt(Position position) {
        return Optional.ofNullable(views.get(position));
    }

    @Override
    public Optional<Step> stepAt(Position position) {
        return Optional.ofNullable(steps.get(position));
    }

    private record Place(EpochName epoch, int n) {}
}
