package dev.pychat.key;

import dev.pychat.crypto.open.BinaryWriter;
import dev.pychat.crypto.open.Label;
import dev.pychat.crypto.open.Sha256;
import dev.pychat.model.ConversationId;
import dev.pychat.model.Realm;
import dev.pychat.model.Username;

/** Makes the ids of conversations. Thread-safe. */
public final class ConversationIds {

    private ConversationIds() {}

    /**
     * The id of the conversation of two users: SHA-256(label "conversation id" | realm | u8 length | name | u8 length |
     * name), the names in the order of their bytes, so that both users compute the same.
     *
     * @param realm the server's realm
     * @param one one of the two
     * @param other the other
     * @return the id
     * @throws IllegalArgumentException if both are the same user
     */
    public static ConversationId of(Realm realm, Username one, Username other) {
        int order = one.compareTo(other);
        if (order == 0) {
            throw new IllegalArgumentException("a conversation has two users, given was " + one + " twice");
        }
        try (BinaryWriter input = new BinaryWriter(Label.CONVERSATION_ID)) {
            input.raw(realm.value()).username(order < 0 ? one : other).username(order < 0 ? other : one);
            return new ConversationId(Sha256.of(input.toBytes()));
        }
    }
}
