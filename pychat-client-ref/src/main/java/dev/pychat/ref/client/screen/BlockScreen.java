package dev.pychat.ref.client.screen;

import dev.pychat.model.PychatException;
import dev.pychat.model.Username;
import java.util.Optional;
import java.util.Set;

/** Takes no more messages from somebody, or takes them again. Confined to the thread that reads lines. */
final class BlockScreen {
    private final Session session;

    BlockScreen(Session session) {
        this.session = session;
    }

    /** Blocks whoever is named, or else the one whose chat is open. */
    void block(String typed, Optional<Username> open) throws PychatException, InterruptedException {
        Optional<Username> user = named(typed, open);
        if (user.isPresent()) {
            session.client().blocking().block(user.get());
            session.output()
                    .say(user.get()
                            + " is blocked: the server takes no more messages of theirs for you, and tells them so."
                            + " !UNBLOCK " + user.get() + " takes them again.");
        }
    }

    void unblock(String typed, Optional<Username> open) throws PychatException, InterruptedException {
        Optional<Username> user = named(typed, open);
        if (user.isPresent()) {
            session.client().blocking().unblock(user.get());
            session.output().say(user.get() + " is not blocked, and can write to you.");
        }
    }

    void list() throws PychatException, InterruptedException {
        Set<Username> blocked = session.client().blocking().list();
        if (blocked.isEmpty()) {
            session.output().say("You have blocked nobody.");
        }
        blocked.forEach(user -> session.output().say(" " + user));
    }

    private Optional<Username> named(String typed, Optional<Username> open) {
        if (typed.isEmpty()) {
            if (open.isEmpty()) {
                session.output().trouble("Nobody was named: !BLOCK or !UNBLOCK, and a name.");
            }
            return open;
        }
        try {
            return Optional.of(Username.parse(typed));
        } catch (IllegalArgumentException e) {
            session.output().trouble(String.valueOf(e.getMessage()) + ".");
            return Optional.empty();
        }
    }
}
