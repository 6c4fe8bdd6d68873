package dev.pychat.ref.client.screen;

import dev.pychat.client.Conversation;
import dev.pychat.model.PychatException;
import dev.pychat.model.Username;
import dev.pychat.ref.client.terminal.Answer;
import dev.pychat.store.StoreException;

/** Opens the chat with whoever was named. Confined to the thread that reads lines. */
final class TalkTo {
    private final Session session;
    private final Screen back;

    TalkTo(Session session, Screen back) {
        this.session = session;
        this.back = back;
    }

    /** The chat; the screen to go back to if there is none with that name, and then the reason was said. */
    Screen open(String named) throws StoreException, InterruptedException {
        String name = named;
        if (name.isEmpty()) {
            Answer answer = session.console().word("Talk to: ");
            if (session.isCommand(answer)) {
                return back;
            }
            name = answer instanceof Answer.Line line ? line.text().strip() : "";
        }
        if (name.isEmpty()) {
            session.output().trouble("Nobody was named: !TALK and a name opens a chat.");
            return back;
        }
        try {
            Conversation conversation = session.client().conversation(Username.parse(name));
            return new Chat(session, conversation, back);
        } catch (StoreException e) {
            throw e;
        } catch (IllegalArgumentException | PychatException e) {
            session.output().trouble("No chat was opened: " + e.getMessage());
            return back;
        }
    }
}
