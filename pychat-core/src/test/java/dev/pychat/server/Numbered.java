package dev.pychat.server;

import dev.pychat.model.Bytes;
import dev.pychat.model.ConversationId;
import dev.pychat.model.Envelope;
import dev.pychat.model.EpochName;
import dev.pychat.model.LaneId;
import dev.pychat.model.MessageId;
import dev.pychat.model.Position;
import dev.pychat.model.Username;
import dev.pychat.store.Submission;
import java.nio.ByteBuffer;
import java.time.Instant;

/** Submissions that differ in a number. */
final class Numbered {

    private Numbered() {}

    static Submission submission(int number) {
        return new Submission(
                new ConversationId(padded(ConversationId.SIZE, 7)),
                new Username("alice"),
                new Username("bob"),
                new MessageId(padded(MessageId.SIZE, number + 1)),
                padded(32, number),
                new EpochName(padded(EpochName.SIZE, 1)),
                new LaneId(padded(LaneId.SIZE, 1)),
                MessageId.NONE,
                Position.NONE,
                false,
                Instant.EPOCH,
                new Envelope(padded(100, number)));
    }

    private static Bytes padded(int size, int number) {
        return Bytes.adopt(ByteBuffer.allocate(size).putInt(number).array());
    }
}
