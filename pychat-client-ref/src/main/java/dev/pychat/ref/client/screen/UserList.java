package dev.pychat.ref.client.screen;

import dev.pychat.model.PychatException;
import dev.pychat.model.Username;
import dev.pychat.ref.client.terminal.Answer;
import dev.pychat.store.UserPage;
import java.util.List;
import java.util.Locale;

/** Lists the known users, page by page for a person, all at once for a script. Confined to the thread that reads lines. */
final class UserList {
    private static final int PAGE = 100;

    private final Session session;

    UserList(Session session) {
        this.session = session;
    }

    void show(String typed) throws PychatException, InterruptedException {
        String prefix = typed.toLowerCase(Locale.ROOT);
        if (!prefix.chars().allMatch(UserList::mayBeInAName) || prefix.length() > Username.MAX_LENGTH) {
            session.output().say("No user has a name that begins so.");
            return;
        }
        int rows = Math.min(PAGE, session.console().pageRows());
        UserPage page = session.client().users(prefix, "", rows);
        if (page.names().isEmpty()) {
            session.output().say(prefix.isEmpty() ? "There are no users." : "No user has a name that begins so.");
        }
        show(page);
        while (page.more() && goesOn()) {
            List<Username> shown = page.names();
            page = session.client().users(prefix, shown.get(shown.size() - 1).value(), rows);
            show(page);
            if (page.names().isEmpty()) {
                return;
            }
        }
    }

    private void show(UserPage page) {
        page.names().forEach(name -> session.output().say(name.value()));
    }

    private boolean goesOn() {
        if (!session.console().interactive()) {
            return true;
        }
        Answer answer = session.console().word("-- Enter for more, q and Enter to stop -- ");
        return !session.isCommand(answer)
                && answer instanceof Answer.Line line
                && line.text().isBlank();
    }

    private static boolean mayBeInAName(int c) {
        return c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '.' || c == '_' || c == '-';
    }
}
