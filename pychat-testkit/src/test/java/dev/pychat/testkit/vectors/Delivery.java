package dev.pychat.testkit.vectors;

import static dev.pychat.testkit.vectors.Vectors.hex;

import com.google.gson.JsonObject;
import dev.pychat.model.Bytes;
import dev.pychat.model.ConversationId;
import dev.pychat.model.Envelope;
import dev.pychat.model.EpochName;
import dev.pychat.model.LaneId;
import dev.pychat.model.MessageId;
import dev.pychat.model.Position;
import dev.pychat.model.StoredMessage;
import dev.pychat.model.Username;
import java.time.Instant;

/**
 * A message of the vectors as a server would deliver it.
 *
 * @param sender who the server says sent it
 * @param id its id, by the server's word
 * @param lane its lane, by the server's word
 * @param epoch its epoch, by the server's word
 * @param envelope its envelope
 */
record Delivery(Username sender, Bytes id, Bytes lane, Bytes epoch, Bytes envelope) {

    Delivery(JsonObject message, JsonObject epoch) {
        this(
                new Username("alice"),
                hex(message, "messageId"),
                hex(epoch, "lane"),
                hex(epoch, "name"),
                hex(message, "envelope"));
    }

    static Delivery damaged(JsonObject damaged) {
        return new Delivery(
                new Username(Vectors.string(damaged, "sender")),
                hex(damaged, "messageId"),
                hex(damaged, "lane"),
                hex(damaged, "epoch"),
                hex(damaged, "envelope"));
    }

    StoredMessage message() {
        return message(Position.FIRST);
    }

    StoredMessage message(Position position) {
        return new StoredMessage(
                new ConversationId(hex(Vectors.ALL, "conversation")),
                position,
                sender,
                new MessageId(id),
                new LaneId(lane),
                new EpochName(epoch),
                1,
                false,
                Instant.EPOCH,
                new Envelope(envelope));
    }
}
