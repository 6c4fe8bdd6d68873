package dev.pychat.ref.client.screen;

import dev.pychat.client.MailboxEntry;
import dev.pychat.model.PychatException;
import dev.pychat.model.Username;
import dev.pychat.ref.client.screen.Typed.Order;
import java.util.List;
import java.util.Optional;

/** The main menu: who is there, what is new, whom to talk to? */
final class Menu implements Screen {
    private final Session session;
    private final Username user;
    private final TalkTo talkTo;
    private boolean summarised;

    private Menu(Session session, Username user) {
        this.session = session;
        this.user = user;
        this.talkTo = new TalkTo(session, this);
    }

    static Menu of(Session session, Username user) {
        return new Menu(session, user);
    }

    @Override
    public String prompt() {
        return user + "> ";
    }

    @Override
    public List<Command> commands() {
        return List.of(
                Command.LIST,
                Command.TALK,
                Command.VERIFY,
                Command.ACCEPT,
                Command.REWRAP,
                Command.EVIDENCE,
                Command.BLOCK,
                Command.UNBLOCK,
                Command.BLOCKED,
                Command.PASSWD,
                Command.RECOVERY,
                Command.FORGET,
                Command.RECEIPTS,
                Command.DEVICES,
                Command.REMOVE_DEVICE,
                Command.REJOIN,
                Command.RESET_IDENTITY,
                Command.EXPORT,
                Command.IMPORT,
                Command.ARCHIVE,
                Command.STATUS,
                Command.DELETE_ACCOUNT);
    }

    @Override
    public Screen enter() throws PychatException, InterruptedException {
        if (summarised) {
            return this;
        }
        List<MailboxEntry> mailbox = session.client().mailbox();
        summarised = true;
        session.news().begin(mailbox);
        List<MailboxEntry> unread =
                mailbox.stream().filter(entry -> entry.unread() > 0).toList();
        unread.forEach(entry -> session.output().say(News.sentence(entry.peer(), entry.unread())));
        if (unread.isEmpty()) {
            session.output().say("You have no new messages");
        }
        return this;
    }

    @Override
    public Screen order(Order order) throws PychatException, InterruptedException {
        AccountScreen account = new AccountScreen(session, user);
        switch (order.command()) {
            case LIST -> new UserList(session).show(order.argument());
            case VERIFY -> {
                for (Peer named : peer(order)) {
                    named.verify();
                }
            }
            case ACCEPT -> {
                for (Peer named : peer(order)) {
                    named.accept();
                }
            }
            case REWRAP -> {
                for (Peer named : peer(order)) {
                    named.rewrap();
                }
            }
            case EVIDENCE -> new EvidenceScreen(session).write(order.argument());
            case BLOCK -> new BlockScreen(session).block(order.argument(), Optional.empty());
            case UNBLOCK -> new BlockScreen(session).unblock(order.argument(), Optional.empty());
            case BLOCKED -> new BlockScreen(session).list();
            case PASSWD -> account.changePassphrase();
            case RECOVERY -> account.recovery(order);
            case FORGET -> new ForgetScreen(session).order(order.argument());
            case RECEIPTS -> new ReceiptScreen(session).order(order.argument());
            case STATUS -> new StatusScreen(session).show();
            case DEVICES -> new DeviceScreen(session).list();
            case REMOVE_DEVICE -> new DeviceScreen(session).remove(order.argument());
            case REJOIN -> new DeviceScreen(session).rejoin();
            case RESET_IDENTITY -> account.resetIdentity();
            case EXPORT -> new BackupScreen(session).export(order.argument());
            case IMPORT -> new BackupScreen(session).take(order.argument());
            case ARCHIVE -> new ArchiveScreen(session).show(order.argument());
            case DELETE_ACCOUNT -> account.delete(order);
            default -> {
                return talkTo.open(order.argument());
            }
        }
        return this;
    }

    private List<Peer> peer(Order order) throws PychatException, InterruptedException {
        return Peer.of(session, order.argument(), Optional.empty()).stream().toList();
    }

    @Override
    public void text(String text) {
        session.output()
                .unsent(
                        "This was not sent: no chat is open. !TALK and a name opens one, !HELP shows what is understood.");
    }

    @Override
    public String misplaced(Command command) {
        return switch (command) {
            case BACK -> "This is the main menu; !DISCONNECT leaves pychat.";
            case SIGNUP, LOGIN -> "You are logged in as " + user + "; !DISCONNECT first.";
            default -> command + " is for a chat: !TALK and a name opens one.";
        };
    }
}
