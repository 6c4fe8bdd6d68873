package dev.pychat.examples;

import dev.pychat.client.ChatClient;
import dev.pychat.client.ChatMessage;
import dev.pychat.client.ClientListener;
import dev.pychat.model.PychatException;
import java.util.Locale;

/**
 * A bot that answers whoever writes to it: each text comes back in capital letters.
 *
 * <p>Thread-safe: the client calls it for one message of a conversation at a time.
 */
public final class AnsweringBot implements ClientListener {

    private final ChatClient client;

    private AnsweringBot(ChatClient client) {
        this.client = client;
    }

    /**
     * Lets a client answer from now on.
     *
     * @param client signed up or logged in; stays the caller's to close
     */
    public static void answerWith(ChatClient client) {
        client.addListener(new AnsweringBot(client));
    }

    @Override
    public void onMessage(ChatMessage message) {
        if (!message.mine()) {
            message.text().ifPresent(text -> answer(message, text.toUpperCase(Locale.ROOT)));
        }
    }

    private void answer(ChatMessage message, String text) {
        try {
            var conversation = client.conversation(message.peer());
            conversation.sendText(text);
            conversation.markRead(message.position());
        } catch (PychatException e) {
            System.err.println("no answer to " + message.peer() + ": " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
