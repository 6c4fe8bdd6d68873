package dev.pychat.ref.client.screen;

import dev.pychat.client.ChatClient;
import dev.pychat.crypto.secret.Passphrase;
import dev.pychat.crypto.secret.RecoverySecret;
import dev.pychat.model.PychatException;
import dev.pychat.model.Username;
import dev.pychat.ref.client.screen.Typed.Order;
import java.util.Optional;

/** What a person does with the own account: another passphrase, new keys, its end. Confined to the thread that reads lines. */
final class AccountScreen {
    private final Session session;
    private final Username user;
    private final Credentials credentials;

    AccountScreen(Session session, Username user) {
        this.session = session;
        this.user = user;
        this.credentials = new Credentials(session.console(), session.output(), session.random(), session::isCommand);
    }

    /** How the client is asked, with the present passphrase and the new one. */
    private interface Change {
        void make(ChatClient client, Passphrase present, Passphrase next) throws PychatException, InterruptedException;
    }

    void changePassphrase() throws PychatException, InterruptedException {
        change(
                ChatClient::changePassphrase,
                "The passphrase is changed. Your other devices have to log in anew: !LOGIN changed.");
    }

    void resetIdentity() throws PychatException, InterruptedException {
        change(
                ChatClient::resetIdentity,
                "You have a new identity and a new passphrase. Everybody you talk with has to accept it: compare safety"
                        + " numbers with them.");
    }

    private void change(Change change, String done) throws PychatException, InterruptedException {
        Optional<Credentials.Two> given = credentials.askForChange();
        if (given.isEmpty()) {
            return;
        }
        try (Passphrase present = given.get().before();
                Passphrase next = given.get().next()) {
            if (next.equals(present)) {
                session.output()
                        .trouble("Nothing was changed: the new passphrase is the present one. Choose another one.");
                return;
            }
            session.busy("Making new keys...");
            change.make(session.client(), present, next);
        }
        session.output().say(done);
    }

    /** Another recovery secret, the first one, or with "off" none. In a script the next line is the passphrase. */
    void recovery(Order order) throws PychatException, InterruptedException {
        boolean off = order.argument().equalsIgnoreCase("off");
        if (!off && !order.argument().isEmpty()) {
            session.skipWhatFollows(order);
            session.output().trouble("Nothing was changed: !RECOVERY takes nothing but \"off\" behind it.");
            return;
        }
        Optional<Passphrase> given = credentials.present();
        if (given.isEmpty()) {
            return;
        }
        try (Passphrase present = given.get()) {
            session.busy("Making new keys...");
            if (off) {
                session.client().recovery().remove(present);
                session.output().say("New devices need the passphrase only. The sheet is of no use any more.");
            } else {
                try (RecoverySecret secret = session.client().recovery().renew(present)) {
                    Sheet.show(session.output(), user, secret);
                }
            }
        }
        session.output().say("Your other devices have to log in anew: !LOGIN changed.");
    }

    /** The name has to stand there, so that nobody deletes an account by a slip. In a script the next line is the passphrase. */
    void delete(Order order) throws PychatException, InterruptedException {
        if (!order.argument().equals(user.value())) {
            session.skipWhatFollows(order);
            session.output()
                    .trouble(
                            "Nothing was deleted: !DELETE-ACCOUNT " + user + " deletes this account."
                                    + " Whoever gets its name after that, not for 30 days, is shown its sealed messages: with whom, when, how long.");
            return;
        }
        Optional<Passphrase> given = credentials.present();
        if (given.isEmpty()) {
            return;
        }
        try (Passphrase present = given.get()) {
            session.deletes();
            session.client().deleteAccount(present);
        }
        session.deleted();
        session.output()
                .say("The account " + user
                        + " is deleted, and its keys on this device. What you wrote stays with those you wrote to. When"
                        + " the name is free again and somebody takes it, the server shows them the sealed messages of this"
                        + " account: not what they say, but with whom, when and how long they were.");
    }
}
