package dev.pychat.ref.client.screen;

import dev.pychat.client.ChatMessage;
import java.util.ArrayList;
import java.util.List;

/** Forgotten messages that stand behind one another in a history: one line says that they were there. Confined to one thread. */
final class ForgottenRun {
    private final Output output;
    private final List<ChatMessage> run = new ArrayList<>(2);
    private long count;

    ForgottenRun(Output output) {
        this.output = output;
    }

    /** Takes a message that is forgotten, and of which there is nothing else to say; false of any other, in front of which it is shown. */
    boolean take(ChatMessage message) {
        if (!message.forgotten() || !message.findings().isEmpty()) {
            show();
            return false;
        }
        if (run.size() == 2) {
            run.remove(1);
        }
        run.add(message);
        count++;
        return true;
    }

    /** Shows what was taken and not shown. */
    void show() {
        if (count > 0) {
            output.forgotten(run.get(0), run.get(run.size() - 1), count);
        }
        run.clear();
        count = 0;
    }
}
