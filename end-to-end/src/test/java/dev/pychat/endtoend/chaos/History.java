package dev.pychat.endtoend.chaos;

import dev.pychat.client.ChatClient;
import dev.pychat.client.ChatMessage;
import dev.pychat.client.HistoryPage;
import dev.pychat.client.ServerUnreachableException;
import dev.pychat.client.TimedOutException;
import dev.pychat.model.Position;
import dev.pychat.model.PychatException;
import dev.pychat.model.Username;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * What a client holds of its conversations, written down.
 *
 * @param who whose
 * @param client the client
 */
record History(Who who, ChatClient client) {

    private static final int PAGE = 256;
    private static final int BETWEEN_MILLIS = 50;

    /** Text by its digest; else why there is none. */
    static String digest(ChatMessage message) {
        return message.text()
                .map(Gossip::digest)
                .orElseGet(() -> message.content()
                        .map(content -> "control:" + content.type())
                        .orElse("unopened"));
    }

    /** A line for each message: peer, position, id, sender, digest, findings. */
    void write(Path file) throws PychatException, InterruptedException {
        Journal report = new Journal(file);
        for (String peer : who.peers()) {
            for (ChatMessage message : whole(new Username(peer))) {
                report.note(
                        peer,
                        message.position().value(),
                        message.id(),
                        message.sender(),
                        digest(message),
                        message.findings());
            }
        }
    }

    /** All that the server has, too: whatever it could not be asked for now, it is asked for again. */
    private List<ChatMessage> whole(Username peer) throws PychatException, InterruptedException {
        while (true) {
            try {
                Deque<ChatMessage> all = new ArrayDeque<>();
                HistoryPage page = client.conversation(peer).history(Position.NONE, PAGE);
                boolean complete = page.gap().isEmpty();
                prepend(all, page);
                while (page.more()) {
                    page = client.conversation(peer).history(all.getFirst().position(), PAGE);
                    prepend(all, page);
                }
                if (complete) {
                    return new ArrayList<>(all);
                }
            } catch (ServerUnreachableException | TimedOutException lost) {
                // It comes back by itself.
            }
            Thread.sleep(BETWEEN_MILLIS);
        }
    }

    private static void prepend(Deque<ChatMessage> all, HistoryPage page) {
        for (int i = page.messages().size() - 1; i >= 0; i--) {
            all.addFirst(page.messages().get(i));
        }
    }
}
