package dev.pychat.ref.client.screen;

import dev.pychat.client.ChatMessage;
import dev.pychat.client.Conversation;
import dev.pychat.client.MessageState;
import dev.pychat.client.PendingMessage;
import dev.pychat.envelope.Seen;
import dev.pychat.model.Position;
import dev.pychat.model.PychatException;
import java.util.List;

/** Says what the connection is doing, and in a chat how far the own last messages have come. Confined to the thread that reads lines. */
final class StatusScreen {
    private static final int PAGE = 128;
    private static final int MOST = 10;

    private final Session session;

    StatusScreen(Session session) {
        this.session = session;
    }

    void show() {
        session.output().say(session.status().text());
    }

    /** The last messages that the server has, then what failed in this run, then what waits. */
    void show(Conversation conversation) throws PychatException, InterruptedException {
        List<PendingMessage> waiting = conversation.pending().messages();
        List<ChatMessage> own = conversation.history(Position.NONE, PAGE).messages().stream()
                .filter(message -> message.mine() && message.text().isPresent())
                .toList();
        Seen byPeer = conversation.seenByPeer();
        show();
        for (ChatMessage message : own.subList(Math.max(0, own.size() - MOST), own.size())) {
            session.output()
                    .state(
                            MessageState.of(message.position(), byPeer),
                            message.time(),
                            message.text().orElseThrow());
        }
        session.sent()
                .failed(conversation.peer())
                .forEach(failed -> session.output().state(new MessageState.Failed(failed.why()), failed.text()));
        for (PendingMessage message : waiting) {
            boolean accepted = own.stream().anyMatch(one -> one.id().equals(message.id()));
            if (!accepted) {
                message.content().asText().ifPresent(text -> session.output().state(new MessageState.Queued(), text));
            }
        }
    }
}
