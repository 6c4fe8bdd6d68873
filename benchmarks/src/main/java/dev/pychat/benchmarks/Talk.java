package dev.pychat.benchmarks;

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

/** One side of a conversation, which sends on one lane. Confined to one thread. */
final class Talk {

    static final int ENVELOPE_BYTES = 500;

    private final Random random;
    private final ConversationId conversation;
    private final Username sender;
    private final Username recipient;
    private final LaneId lane;
    private MessageId last = MessageId.NONE;
    private int sent;

    Talk(Random random, int number) {
        this.random = random;
        this.conversation = new ConversationId(bytes(ConversationId.SIZE));
        this.sender = new Username("sender" + number);
        this.recipient = new Username("receiver" + number);
        this.lane = new LaneId(bytes(LaneId.SIZE));
    }

    ConversationId conversation() {
        return conversation;
    }

    /** A position in front of which there is something, if anything was said. */
    Position somewhere() {
        return new Position(1 + random.nextInt(Math.max(1, sent)));
    }

    /** The next message, which is then the last that was said. */
    Submission next() {
        Bytes envelope = bytes(ENVELOPE_BYTES);
        MessageId id = new MessageId(bytes(MessageId.SIZE));
        Submission next = new Submission(
                conversation,
                sender,
                recipient,
                id,
                Sha256.of(envelope),
                new EpochName(bytes(EpochName.SIZE)),
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

    private Bytes bytes(int size) {
        byte[] bytes = new byte[size];
        random.nextBytes(bytes);
        return Bytes.adopt(bytes);
    }
}
