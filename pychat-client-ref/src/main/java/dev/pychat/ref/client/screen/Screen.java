package dev.pychat.ref.client.screen;

import dev.pychat.model.PychatException;
import dev.pychat.ref.client.screen.Typed.Order;
import java.util.List;

/**
 * A state of the client: what it asks with, what it understands, and which screen each line leads to. Confined to the
 * thread that reads lines.
 */
interface Screen {
    /** What stands before the line on a terminal. */
    String prompt();

    /** What is understood here, besides {@link Command#HELP} and {@link Command#DISCONNECT}. */
    List<Command> commands();

    /** Shows what this screen begins with; gives itself. */
    Screen enter() throws PychatException, InterruptedException;

    /** The screen to go on with if this one can't be entered; then this one need not be left. */
    default Screen instead() {
        return this;
    }

    /** Does one of {@link #commands()}; gives the screen to go on with. */
    Screen order(Order order) throws PychatException, InterruptedException;

    /** Takes text. */
    void text(String text) throws PychatException, InterruptedException;

    /** Says why a command of other screens does nothing here. */
    String misplaced(Command command);

    /** Is called when another screen takes its place, or the program ends. */
    default void leave() {}
}
