package dev.pychat.benchmarks.load;

import dev.pychat.crypto.open.Sha256;
import dev.pychat.model.Bytes;
import dev.pychat.model.ConversationId;
import dev.pychat.model.Envelope;
import dev.pychat.model.EpochName;
import dev.pychat.model.LaneId;
import dev.pychat.model.MessageId;
import dev.pychat.model.Position;
import dev.pychat.model.Username;
import dev.pychat.store.Submission;
import java.time.Instant;
import java.util.Random;

/** One side of a conversation, which sends on one lane in one epoch. Confined to one thread. */
public final class Talk {

    /** How long the envelopes of {@linkplain #ofStrangers strangers} are, in bytes. */
    public static final int ENVELOPE_BYTES = 500;

    private final Random random;
    private final ConversationId conversation;
    private final Username sender;
    private final Username recipient;
    private final int envelopeBytes;
    private final LaneId lane;
    private final EpochName epoch;
    private MessageId last = MessageId.NONE;
    private int sent;

    /**
     * Begins a conversation in which nothing was said.
     *
     * @param random where ids and envelopes are drawn from
     * @param conversation its id
     * @param sender who sends
     * @param recipient to whom
     * @param envelopeBytes how long each envelope is
     */
    public Talk(Random random, ConversationId conversation, Username sender, Username recipient, int envelopeBytes) {
        this.random = random;
        this.conversation = conversation;
        this.sender = sender;
        this.recipient = recipient;
        this.envelopeBytes = envelopeBytes;
        this.lane = new LaneId(bytes(random, LaneId.SIZE));
        this.epoch = new EpochName(bytes(random, EpochName.SIZE));
    }

    /**
     * Begins a conversation of two who have no account, with envelopes of {@value #ENVELOPE_BYTES} bytes.
     *
     * @param random where its id is drawn from, too
     * @param number tells it from others
     * @return a new one
     */
    public static Talk ofStrangers(Random random, int number) {
        return new Talk(
                random,
                new ConversationId(bytes(random, ConversationId.SIZE)),
                new Username("sender" + number),
                new Username("receiver" + number),
                ENVELOPE_BYTES);
    }

    /**
     * Which conversation it is.
     *
     * @return its id
     */
    public ConversationId conversation() {
        return conversation;
    }

    /**
     * Who sends.
     *
     * @return the name
     */
    public Username sender() {
        return sender;
    }

    /**
     * A position in front of which there is something, if more than one thing was said.
     *
     * @return any such position
     */
    public Position somewhere() {
        return new Position(1 + random.nextInt(Math.max(1, sent)));
    }

    /**
     * Says something.
     *
     * @return the next message, which is then the last that was said
     */
    public Submission next() {
        Bytes envelope = bytes(random, envelopeBytes);
        MessageId id = new MessageId(bytes(random, MessageId.SIZE));
        Submission next = new Submission(
                conversation,
                sender,
                recipient,
                id,
                Sha256.of(envelope),
                epoch,
                lane,
                last,
                Position.NONE,
                false,
                Instant.now(),
                new Envelope(envelope));
        last = id;
        sent++;
        return next;
    }

    private static Bytes bytes(Random random, int size) {
        byte[] bytes = new byte[size];
        random.nextBytes(bytes);
        return Bytes.adopt(bytes);
    }
}
