package dev.pychat.client;

import dev.pychat.model.ConversationId;
import dev.pychat.model.Position;
import dev.pychat.model.StoredMessage;
import dev.pychat.wire.Message;
import java.util.ArrayList;
import java.util.List;

/** The messages of a frame, as the server says that they are stored. Stateless. */
final class ServedMessages {

    private ServedMessages() {}

    /** All of them, in their order. */
    static List<StoredMessage> of(ConversationId conversation, Message frame) {
        List<StoredMessage> messages = new ArrayList<>();
        Position position = frame.first();
        for (Message.Item item : frame.items()) {
            messages.add(stored(conversation, position, item));
            position = position.next();
        }
        return messages;
    }

    /** Those behind a position. */
    static List<StoredMessage> after(Position last, ConversationId conversation, Message frame) {
        return of(conversation, frame).stream()
                .filter(message -> message.position().isAfter(last))
                .toList();
    }

    private static StoredMessage stored(ConversationId conversation, Position position, Message.Item item) {
        return new StoredMessage(
                conversation,
                position,
                item.by(),
                item.id(),
                item.lane(),
                item.epoch(),
                item.ordinal(),
                item.quiet(),
                item.time(),
                item.envelope());
    }
}
