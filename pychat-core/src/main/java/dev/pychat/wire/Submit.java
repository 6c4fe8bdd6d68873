package dev.pychat.wire;

import dev.pychat.model.Bytes;
import dev.pychat.model.Envelope;
import dev.pychat.model.EpochName;
import dev.pychat.model.LaneId;
import dev.pychat.model.MessageId;
import dev.pychat.model.Position;
import dev.pychat.model.Username;

/**
 * Submits a sealed message. Answered by {@link Accepted} when it is durable, and by no earlier sign. To be repeated
 * with the same bytes until it is answered; only {@code seen} may rise.
 *
 * <p>Immutable and thread-safe.
 *
 * @param id what the reply's {@code re} will be: 1 to 2^53 - 1, not in use by an unanswered request
 * @param to the other side of the conversation
 * @param mid the message's id, drawn by its sender
 * @param hash SHA-256 of the envelope
 * @param epoch the epoch whose header the message names
 * @param lane the lane it is sent on
 * @param after the id before it in the lane; absent and {@link MessageId#NONE} for the lane's first
 * @param seen the highest position up to which the client had read when it sealed, 0 for none
 * @param quiet whether it counts in no ordinal and never as unread; absent: it counts
 * @param envelope the body: the sealed message
 */
public record Submit(
        long id,
        Username to,
        MessageId mid,
        Bytes hash,
        EpochName epoch,
        LaneId lane,
        MessageId after,
        Position seen,
        boolean quiet,
        Envelope envelope)
        implements ClientFrame.Request {

    static final Shape<Submit> SHAPE = Shape.of(Submit.class)
            .with(Fields.ID, Submit::id)
            .with(Fields.TO, Submit::to)
            .with(Fields.MID, Submit::mid)
            .with(Fields.HASH, Submit::hash)
            .with(Fields.EPOCH, Submit::epoch)
            .with(Fields.LANE, Submit::lane)
            .orElse(Fields.AFTER_MESSAGE, MessageId.NONE, Submit::after)
            .with(Fields.SEEN, Submit::seen)
            .orElse(Fields.QUIET, false, Submit::quiet)
            .body(frame -> frame.envelope.value())
            .make(v -> new Submit(
                    v.get(Fields.ID),
                    v.get(Fields.TO),
                    v.get(Fields.MID),
                    v.get(Fields.HASH),
                    v.get(Fields.EPOCH),
                    v.get(Fields.LANE),
                    v.get(Fields.AFTER_MESSAGE),
                    v.get(Fields.SEEN),
                    v.get(Fields.QUIET),
                    new Envelope(v.body())));

    @Override
    public <R> R accept(ClientFrame.Handler<R> handler) {
        return handler.submit(this);
    }
}
