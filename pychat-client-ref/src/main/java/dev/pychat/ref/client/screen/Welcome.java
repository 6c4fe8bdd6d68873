package dev.pychat.ref.client.screen;

import dev.pychat.client.KdfChangedException;
import dev.pychat.crypto.secret.Passphrase;
import dev.pychat.model.PychatException;
import dev.pychat.model.Username;
import dev.pychat.ref.client.screen.Typed.Order;
import dev.pychat.store.StoreException;
import java.util.List;
import java.util.Optional;

/** The first screen: who is there? */
final class Welcome implements Screen {
    private final Session session;
    private final Credentials credentials;

    Welcome(Session session) {
        this.session = session;
        this.credentials = new Credentials(session.console(), session.output(), session.random(), session::isCommand);
    }

    @Override
    public String prompt() {
        return "pychat> ";
    }

    @Override
    public List<Command> commands() {
        return List.of(Command.LOGIN, Command.SIGNUP, Command.IMPORT);
    }

    @Override
    public Screen enter() {
        session.output()
                .say("Connected to " + session.server()
                        + ". !LOGIN to your account or !SIGNUP for a new one; !HELP shows what is understood.");
        return this;
    }

    @Override
    public Screen order(Order order) throws PychatException, InterruptedException {
        if (order.command() == Command.IMPORT) {
            Optional<Username> user = new BackupScreen(session).logIn(order.argument());
            return user.isPresent() ? Menu.of(session, user.get()) : this;
        }
        boolean fresh = order.command() == Command.SIGNUP;
        if (!fresh && order.argument().equalsIgnoreCase("changed")) {
            return enterAfterChange();
        }
        if (!order.argument().isEmpty()) {
            session.skipWhatFollows(order.command());
            session.output()
                    .trouble("Nothing was done: " + order.command() + " asks for the name, and takes "
                            + (fresh ? "nothing" : "nothing but \"changed\"") + " behind it.");
            return this;
        }
        Optional<Credentials.Pair> given = credentials.ask(fresh);
        if (given.isEmpty()) {
            return this;
        }
        try (Passphrase passphrase = given.get().passphrase()) {
            enter(fresh, given.get().user(), passphrase);
            return Menu.of(session, given.get().user());
        } catch (StoreException e) {
            throw e;
        } catch (PychatException e) {
            session.output()
                    .trouble(
                            (fresh ? "No account was made: " : "You are not logged in: ") + e.getMessage() + advice(e));
            return this;
        }
    }

    /** Another device has changed the passphrase: in a script the next three lines are the name, the one before and the new one. */
    private Screen enterAfterChange() throws PychatException, InterruptedException {
        Optional<Username> user = credentials.askForName();
        if (user.isEmpty() && session.console().interactive()) {
            return this;
        }
        Optional<Credentials.Two> given = credentials.askForBoth();
        if (user.isEmpty() || given.isEmpty()) {
            return this;
        }
        try (Passphrase before = given.get().before();
                Passphrase now = given.get().next()) {
            session.busy("Logging in...");
            session.client().logInAfterChange(user.get(), before, now);
            return Menu.of(session, user.get());
        } catch (StoreException e) {
            throw e;
        } catch (PychatException e) {
            session.output().trouble("You are not logged in: " + e.getMessage());
            return this;
        }
    }

    private void enter(boolean fresh, Username user, Passphrase passphrase)
            throws PychatException, InterruptedException {
        if (fresh) {
            session.busy("Making the keys of " + user + "...");
            session.client().signUp(user, passphrase);
        } else {
            session.busy("Logging in...");
            session.client().logIn(user, passphrase);
        }
    }

    @Override
    public void text(String text) {
        session.output()
                .trouble(
                        "This was not sent: log in first. !LOGIN, !SIGNUP, !HELP and !DISCONNECT are understood here.");
    }

    @Override
    public String misplaced(Command command) {
        return command == Command.BACK
                ? "There is no screen before this one; !DISCONNECT leaves pychat."
                : command + " needs an account: !LOGIN or !SIGNUP first.";
    }

    private static String advice(PychatException failure) {
        return failure instanceof KdfChangedException ? ". !LOGIN changed asks for the old one, then the new one." : "";
    }
}
