package dev.pychat.testkit.liar;

import dev.pychat.crypto.open.Sha256;
import dev.pychat.model.Bytes;
import dev.pychat.model.Envelope;
import dev.pychat.model.EpochName;
import dev.pychat.model.LaneId;
import dev.pychat.model.MessageId;
import dev.pychat.model.Username;
import dev.pychat.wire.Message;
import java.time.Instant;

/**
 * One message as a client is shown it: what the server says about it, its envelope, and the epoch header that comes along. Its
 * position is its place in the list that a {@link Lie} answers.
 *
 * <p>Immutable and thread-safe.
 *
 * @param item the fields of the frame and the envelope
 * @param header the epoch header that the server gives under the name that the item tells; {@link Bytes#EMPTY} if it gives
 *     none, not even when asked
 */
public record Shown(Message.Item item, Bytes header) {

    private static final int NAME_AT = 18;

    /**
     * The same, sent by somebody else by the server's word.
     *
     * @param sender who
     * @return the changed message
     */
    public Shown by(Username sender) {
        return of(item.id(), sender, item.lane(), item.epoch(), item.envelope());
    }

    /**
     * The same, under another id by the server's word.
     *
     * @param id which
     * @return the changed message
     */
    public Shown named(MessageId id) {
        return of(id, item.by(), item.lane(), item.epoch(), item.envelope());
    }

    /**
     * The same, on another lane by the server's word.
     *
     * @param lane which
     * @return the changed message
     */
    public Shown onLane(LaneId lane) {
        return of(item.id(), item.by(), lane, item.epoch(), item.envelope());
    }

    /**
     * The same, in another epoch by the server's word; the header stays.
     *
     * @param epoch which
     * @return the changed message
     */
    public Shown inEpoch(EpochName epoch) {
        return of(item.id(), item.by(), item.lane(), epoch, item.envelope());
    }

    /**
     * The same with another envelope.
     *
     * @param envelope the envelope, which may be any bytes
     * @return the changed message
     */
    public Shown with(Envelope envelope) {
        return of(item.id(), item.by(), item.lane(), item.epoch(), envelope);
    }

    /**
     * The same with other numbers of the server's own, which nothing in the envelope speaks about.
     *
     * @param ordinal how many messages that count its sender has there
     * @param quiet whether it counts in no ordinal
     * @param time when it was stored
     * @return the changed message
     */
    public Shown counted(long ordinal, boolean quiet, Instant time) {
        Message.Item changed = new Message.Item(
                item.id(), item.by(), item.lane(), item.epoch(), ordinal, quiet, time, item.envelope());
        return new Shown(changed, header);
    }

    /**
     * The same with other bytes as its header, or none, under the name that was told before.
     *
     * @param other the header; {@link Bytes#EMPTY} for none
     * @return the changed message
     */
    public Shown withHeader(Bytes other) {
        return new Shown(item, other);
    }

    /**
     * The same with another header, and everything that names the header changed to go with it, the envelope too.
     *
     * @param other the header
     * @return the changed message
     * @throws IndexOutOfBoundsException if the envelope is too short to name a header
     */
    public Shown underHeader(Bytes other) {
        EpochName name = new EpochName(Sha256.of(other));
        Bytes whole = item.envelope().value();
        int rest = NAME_AT + EpochName.SIZE;
        Bytes renamed = Bytes.concat(whole.slice(0, NAME_AT), name.value(), whole.slice(rest, whole.size() - rest));
        return inEpoch(name).with(new Envelope(renamed)).withHeader(other);
    }

    private Shown of(MessageId id, Username by, LaneId lane, EpochName epoch, Envelope envelope) {
        return new Shown(
                new Message.Item(id, by, lane, epoch, item.ordinal(), item.quiet(), item.time(), envelope), header);
    }
}
