package dev.pychat.envelope;

import dev.pychat.model.Bytes;
import dev.pychat.model.EpochName;
import dev.pychat.model.MessageId;
import dev.pychat.model.Position;
import java.util.Optional;

/**
 * What a device already knows about the messages of one conversation; the caller implements it over its history, or takes
 * {@link MessageIndex}. Called on the thread that judges.
 */
public interface KnownMessages {

    /**
     * Finds a message by the id that its envelope holds, among those that opened.
     *
     * @param id the id
     * @return where it stands; empty if there is none
     */
    Optional<Known> byId(MessageId id);

    /**
     * Finds a message by its place in an epoch, among those that opened.
     *
     * @param epoch the epoch
     * @param n its number there
     * @return where it stands; empty if there is none
     */
    Optional<Known> byPlace(EpochName epoch, int n);

    /**
     * The view hash at a position of the verified span.
     *
     * @param position the position, 1 or more
     * @return H there; empty if the device holds none
     */
    Optional<Bytes> viewAt(Position position);

    /**
     * What went into the view chain at a position, whether the message opened or not.
     *
     * @param position the position, 1 or more
     * @return the step; empty if the device holds no message there
     */
    Optional<Step> stepAt(Position position);

    /**
     * One step of the view chain.
     *
     * @param id the id that the server names the message by
     * @param envelopeHash the SHA-256 of its envelope
     */
    record Step(MessageId id, Bytes envelopeHash) {}

    /**
     * A message that the device knows.
     *
     * @param position where it stands
     * @param envelopeHash the SHA-256 of its envelope
     */
    record Known(Position position, Bytes envelopeHash) {}
}
