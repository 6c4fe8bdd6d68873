package dev.pychat.ref.client.screen;

import dev.pychat.client.ChatMessage;
import dev.pychat.envelope.Seen;

/** How far an own message has come: to the server by its word, further by the peer's sealed word alone. */
enum Mark {
    /** Nothing is marked: somebody else's message, or a script that reads. */
    NONE("", ""),
    ACCEPTED("\u2713", "(accepted)"),
    DELIVERED("\u2713\u2713", "(delivered)"),
    READ("\u2713\u2713 (read)", "(read)");

    private final String signs;
    private final String words;

    Mark(String signs, String words) {
        this.signs = signs;
        this.words = words;
    }

    static Mark of(ChatMessage message, Seen byPeer) {
        if (!message.mine()) {
            return NONE;
        }
        if (!message.position().isAfter(byPeer.read())) {
            return READ;
        }
        return message.position().isAfter(byPeer.delivered()) ? ACCEPTED : DELIVERED;
    }

    /** What stands behind the name, in signs or in ASCII alone. */
    String behindName(boolean inSigns) {
        return this == NONE ? "" : " " + (inSigns ? signs : words);
    }
}
