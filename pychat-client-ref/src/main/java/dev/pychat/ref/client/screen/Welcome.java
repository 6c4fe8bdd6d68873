package dev.pychat.ref.client.screen;

import dev.pychat.model.PychatException;
import dev.pychat.model.Username;
import dev.pychat.ref.client.screen.Typed.Order;
import java.util.List;
import java.util.Optional;

/** The first screen: who is there? */
final class Welcome implements Screen {
    private final Session session;

    Welcome(Session session) {
        this.session = session;
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
        Optional<Username> user = order.command() == Command.IMPORT
                ? new BackupScreen(session).logIn(order.argument())
                : LogIn.of(session, order);
        return user.isPresent() ? Menu.of(session, user.get()) : this;
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
}
