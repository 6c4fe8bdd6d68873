package dev.pychat.testkit.server;

import dev.pychat.crypto.open.Sha256;
import dev.pychat.model.Bytes;
import dev.pychat.model.Envelope;
import dev.pychat.model.EpochName;
import dev.pychat.model.LaneId;
import dev.pychat.model.MessageId;
import dev.pychat.model.Position;
import dev.pychat.model.Username;
import dev.pychat.wire.Accepted;
import dev.pychat.wire.Ok;
import dev.pychat.wire.PutEpoch;
import dev.pychat.wire.Submit;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;

/**
 * A lane of a raw client: messages of plain bytes, each behind the one before, in an epoch whose header is plain bytes too.
 * Confined to one thread.
 */
public final class RawLane {

    private static final SecureRandom RANDOM = new SecureRandom();

    private final RawClient client;
    private final Username peer;
    private final Bytes header = Bytes.random(RANDOM, 300);
    private final EpochName epoch = new EpochName(Sha256.of(header));
    private final LaneId lane = LaneId.random(RANDOM);
    private MessageId last = MessageId.NONE;

    /**
     * A lane to somebody, whose epoch header is stored at once.
     *
     * @param client whose
     * @param peer to whom
     */
    public RawLane(RawClient client, String peer) {
        this.client = client;
        this.peer = new Username(peer);
        client.ask(Ok.class, id -> new PutEpoch(id, this.peer, epoch, header));
    }

    /**
     * The epoch's header.
     *
     * @return its bytes
     */
    public Bytes header() {
        return header;
    }

    /**
     * The next message, to be sent with any number.
     *
     * @param text its plain bytes
     * @return the request with the number 1
     */
    public Submit next(String text) {
        Bytes body = Bytes.copyOf(text.getBytes(StandardCharsets.UTF_8));
        MessageId mid = MessageId.random(RANDOM);
        Submit next =
                new Submit(1, peer, mid, Sha256.of(body), epoch, lane, last, Position.NONE, false, new Envelope(body));
        last = mid;
        return next;
    }

    /**
     * Sends the next message and waits for nothing.
     *
     * @param text its plain bytes
     * @return the request's number
     */
    public long begin(String text) {
        return begin(next(text));
    }

    /**
     * Sends a message under a new number and waits for nothing.
     *
     * @param message the message
     * @return the request's number
     */
    public long begin(Submit message) {
        return client.begin(id -> numbered(message, id));
    }

    /**
     * Sends the next message and waits until it is accepted.
     *
     * @param text its plain bytes
     * @return where it is stored
     */
    public Accepted.Item send(String text) {
        return accepted(begin(text));
    }

    /**
     * Waits until a message is accepted.
     *
     * @param id the number of its request
     * @return where it is stored
     */
    public Accepted.Item accepted(long id) {
        if (client.await(id) instanceof Accepted accepted) {
            return accepted.items().get(accepted.answered().indexOf(id));
        }
        throw new AssertionError("expected accepted, got " + client.await(id));
    }

    /**
     * The same message with another number.
     *
     * @param message the message
     * @param id the number
     * @return the request
     */
    public static Submit numbered(Submit message, long id) {
        return new Submit(
                id,
                message.to(),
                message.mid(),
                message.hash(),
                message.epoch(),
                message.lane(),
                message.after(),
                message.seen(),
                message.quiet(),
                message.envelope());
    }
}
