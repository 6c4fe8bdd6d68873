package dev.pychat.store.internal.tree;

import dev.pychat.model.Bytes;
import dev.pychat.model.Username;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Makes the keys of the trees. Numbers are big-endian, so that they sort as they count; a zero byte ends a name. */
final class Keys {

    private static final Bytes END = Bytes.adopt(new byte[1]);

    private Keys() {}

    static Bytes text(String text) {
        return Bytes.adopt(text.getBytes(StandardCharsets.UTF_8));
    }

    static Bytes name(Username name) {
        return text(name.value());
    }

    /** What all keys of an account begin with, where more follows. */
    static Bytes owner(Username name) {
        return Bytes.concat(name(name), END);
    }

    static Bytes number(long number) {
        return Bytes.adopt(ByteBuffer.allocate(Long.BYTES).putLong(number).array());
    }

    static Bytes message(long conversation, long position) {
        return Bytes.adopt(ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(conversation)
                .putLong(position)
                .array());
    }

    static boolean startsWith(Bytes key, Bytes prefix) {
        return key.size() >= prefix.size() && key.slice(0, prefix.size()).equals(prefix);
    }

    /** What follows a prefix, as text. */
    static String rest(Bytes key, Bytes prefix) {
        return new String(key.slice(prefix.size(), key.size() - prefix.size()).toArray(), StandardCharsets.US_ASCII);
    }
}
