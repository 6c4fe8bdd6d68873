package dev.pychat.ref.client.screen;

import dev.pychat.client.ChatClient;
import dev.pychat.client.ClientState;
import dev.pychat.client.Subscription;
import dev.pychat.model.PychatException;
import dev.pychat.ref.client.screen.Typed.Order;
import dev.pychat.ref.client.screen.Typed.Text;
import dev.pychat.ref.client.screen.Typed.Unknown;
import dev.pychat.ref.client.terminal.Answer;
import dev.pychat.ref.client.terminal.Console;
import dev.pychat.store.StoreException;
import dev.pychat.transport.TrustRefusedException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Optional;

/**
 * One run of the client: reads lines and leads from screen to screen until the person leaves or the input ends.
 *
 * <p>Confined to the thread that runs it.
 */
public final class Session {
    private static final Duration PATIENCE_OF_A_PERSON = Duration.ofSeconds(5);
    static final Duration PATIENCE_OF_A_SCRIPT = Duration.ofSeconds(60);

    private final Console console;
    private final ChatClient client;
    private final String server;
    private final SecureRandom random;
    private final Output output;
    private final Sent sent;
    private final News news;
    private final StatusLine status;
    private Optional<Answer> instead = Optional.empty();
    private boolean loggedOut;
    private boolean deleted;

    /** How a run ended. */
    public enum End {
        /** Everything was done. */
        DONE,
        /** Something was not sent, or a script's line led to nothing. */
        NOT_DONE,
        /** The server has ended the session of a person, who may log in again over another connection. */
        LOGGED_OUT
    }

    private Session(Console console, ChatClient client, String server, ZoneId zone, SecureRandom random) {
        this.console = console;
        this.client = client;
        this.server = server;
        this.random = random;
        this.output = new Output(console, zone);
        this.sent = new Sent(output);
        this.news = new News(output, sent);
        this.status = new StatusLine(console, client, server, zone);
    }

    /**
     * Runs until the person leaves or the input ends, and then waits, a minute at most, until what was sent is accepted. A script also
     * ends where the files of the device fail.
     *
     * @param console where lines come from and go to
     * @param client a connected client; it is closed at the end
     * @param server its server's name, for people
     * @param zone the zone in which times are shown
     * @param random the source of the passphrase that is offered
     * @return how it ended
     * @throws StoreException if the files of the device fail so that something was lost or could not be done
     * @throws TrustRefusedException if the server came back with a key that is not trusted, and did so to the end
     */
    public static End run(Console console, ChatClient client, String server, ZoneId zone, SecureRandom random)
            throws StoreException, TrustRefusedException {
        return new Session(console, client, server, zone, random).run();
    }

    private End run() throws StoreException, TrustRefusedException {
        Subscription listening = client.addListener(news);
        Subscription watching = client.addListener(status);
        Optional<StoreException> failure;
        try {
            walk();
            failure = new Leaving(this).leave(patience());
        } finally {
            watching.close();
            listening.close();
        }
        if (failure.isPresent()) {
            throw failure.get();
        }
        if (news.refused().isPresent()) {
            throw news.refused().get();
        }
        if (loggedOut) {
            return End.LOGGED_OUT;
        }
        return output.failed() ? End.NOT_DONE : End.DONE;
    }

    private void walk() {
        try {
            walk(new Welcome(this)).leave();
        } catch (StoreException e) {
            sent.fails(e);
            if (!console.interactive()) {
                output.trouble("The rest of the script was not done.");
            }
        }
    }

    private Screen walk(Screen first) throws StoreException {
        Screen screen = entered(first);
        while (true) {
            Answer answer = next(screen.prompt());
            if (answer instanceof Answer.End) {
                return screen;
            }
            if (answer instanceof Answer.Unusable unusable) {
                output.unsent(unusable.reason() + " It was not sent.");
            }
            if (answer instanceof Answer.Line line) {
                Typed typed = Typed.of(line.text());
                if (typed instanceof Order order
                        && order.command() == Command.DISCONNECT
                        && order.argument().isEmpty()) {
                    return screen;
                }
                screen = take(screen, typed);
            }
            if (deleted) {
                return screen;
            }
            if (client.state() instanceof ClientState.Closed) {
                loggedOut = console.interactive();
                return screen;
            }
        }
    }

    private Answer next(String prompt) {
        Optional<Answer> answer = instead;
        instead = Optional.empty();
        status.refresh();
        return answer.isPresent() ? answer.get() : console.line(prompt);
    }

    /**
     * Whether a person has typed a command where a name or a page was asked for, or the end; then it is taken as what comes next.
     */
    boolean isCommand(Answer answer) {
        boolean command = console.interactive()
                && (answer instanceof Answer.End
                        || answer instanceof Answer.Line line && Typed.of(line.text()) instanceof Order);
        if (command) {
            instead = Optional.of(answer);
        }
        return command;
    }

    private Screen take(Screen screen, Typed typed) throws StoreException {
        if (typed instanceof Text text) {
            return attempt(screen, () -> {
                screen.text(text.text());
                return screen;
            });
        }
        if (typed instanceof Unknown) {
            output.trouble(
                    "There is no such command. !HELP shows what is understood here; a line that is meant to begin with"
                            + " ! is typed with !! before it.");
        }
        return typed instanceof Order order ? order(screen, order) : screen;
    }

    private Screen order(Screen screen, Order order) throws StoreException {
        Command command = order.command();
        boolean everywhere = command == Command.HELP || command == Command.DISCONNECT;
        if (!everywhere && !screen.commands().contains(command)) {
            skipWhatFollows(order);
            output.trouble(screen.misplaced(command));
            return screen;
        }
        if (command.isBare() && !order.argument().isEmpty()) {
            skipWhatFollows(order);
            output.trouble("Nothing was done: " + command + " takes nothing behind it.");
            return screen;
        }
        if (command == Command.HELP) {
            screen.commands().forEach(known -> output.say(known.help()));
            output.say(Command.HELP.help());
            output.say(Command.DISCONNECT.help());
            return screen;
        }
        return moved(screen, attempt(screen, () -> screen.order(order)));
    }

    /** In a script the lines behind a misplaced !LOGIN are a name and a passphrase; they must not be taken for text. */
    void skipWhatFollows(Order order) {
        if (!console.interactive()) {
            new Credentials(console, output, random, this::isCommand)
                    .skip(order.command().secretLines(order.argument()));
        }
    }

    private Screen moved(Screen from, Screen to) throws StoreException {
        if (from == to) {
            return from;
        }
        from.leave();
        return entered(to);
    }

    private Screen entered(Screen screen) throws StoreException {
        return attempt(screen.instead(), screen::enter);
    }

    private interface Attempt {
        Screen make() throws PychatException, InterruptedException;
    }

    /** Stays where it is if the attempt fails, and says why. */
    private Screen attempt(Screen screen, Attempt attempt) throws StoreException {
        try {
            return attempt.make();
        } catch (StoreException e) {
            throw e;
        } catch (PychatException e) {
            output.trouble("That did not work: " + e.getMessage());
        } catch (InterruptedException e) {
            output.trouble("Stopped.");
        }
        return screen;
    }

    /** The account is about to be deleted, with which its session ends. */
    void deletes() {
        news.leaves();
    }

    void deleted() {
        deleted = true;
    }

    /** How long what was typed is waited for. */
    Duration patience() {
        return console.interactive() ? PATIENCE_OF_A_PERSON : PATIENCE_OF_A_SCRIPT;
    }

    void busy(String what) {
        if (console.interactive()) {
            output.say(what);
        }
    }

    Console console() {
        return console;
    }

    ChatClient client() {
        return client;
    }

    String server() {
        return server;
    }

    SecureRandom random() {
        return random;
    }

    Output output() {
        return output;
    }

    Sent sent() {
        return sent;
    }

    StatusLine status() {
        return status;
    }

    News news() {
        return news;
    }
}
