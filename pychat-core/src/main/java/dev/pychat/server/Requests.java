package dev.pychat.server;

import dev.pychat.model.Position;
import dev.pychat.wire.Ack;
import dev.pychat.wire.Block;
import dev.pychat.wire.Blocks;
import dev.pychat.wire.ChangePassword;
import dev.pychat.wire.ClientFrame;
import dev.pychat.wire.DeleteAccount;
import dev.pychat.wire.EndDevice;
import dev.pychat.wire.ErrorCode;
import dev.pychat.wire.Failure;
import dev.pychat.wire.Follow;
import dev.pychat.wire.GetBundle;
import dev.pychat.wire.GetEpochs;
import dev.pychat.wire.Hello;
import dev.pychat.wire.Inbox;
import dev.pychat.wire.LogIn;
import dev.pychat.wire.LogOut;
import dev.pychat.wire.MarkRead;
import dev.pychat.wire.Ok;
import dev.pychat.wire.Page;
import dev.pychat.wire.PasswordSalt;
import dev.pychat.wire.Ping;
import dev.pychat.wire.Pong;
import dev.pychat.wire.PutBundle;
import dev.pychat.wire.PutEpoch;
import dev.pychat.wire.PutOneTimeKeys;
import dev.pychat.wire.Resume;
import dev.pychat.wire.SignUp;
import dev.pychat.wire.Since;
import dev.pychat.wire.Submit;
import dev.pychat.wire.TakeOneTimeKey;
import dev.pychat.wire.Unblock;
import dev.pychat.wire.Unfollow;
import dev.pychat.wire.UnknownRequest;
import dev.pychat.wire.Users;
import dev.pychat.wire.VaultGet;
import dev.pychat.wire.VaultPut;
import java.util.Optional;

/**
 * One method for each frame: who answers it, and in which state of the connection.
 *
 * <pre>
 *              hello               sign-up, log-in, resume
 *   CONNECTED --------&gt; GREETED --------------------------&gt; MEMBER
 *                          ^                                  |
 *                          +------------- log-out ------------+
 * </pre>
 *
 * <p>Anything but {@code hello} ends a connection that is only CONNECTED; what needs a member is refused where there is
 * none. Confined to the connection's queue.
 */
final class Requests implements ClientFrame.Handler<Step> {

    private final ClientConnection connection;
    private final SignIn signIn;
    private final AccountRequests account;
    private final Directory directory;
    private final OneTimeKeys oneTimeKeys;
    private final BlockRequests blocks;
    private final Conversations conversations;

    Requests(Engine engine, ClientConnection connection) {
        this.connection = connection;
        this.signIn = new SignIn(engine, connection);
        this.account = new AccountRequests(engine, connection);
        this.directory = new Directory(engine, connection);
        this.oneTimeKeys = new OneTimeKeys(engine, connection);
        this.blocks = new BlockRequests(engine, connection);
        this.conversations = new Conversations(engine, connection);
    }

    @Override
    public Step hello(Hello frame) {
        return () -> signIn.hello(frame);
    }

    @Override
    public Step passwordSalt(PasswordSalt frame) {
        return greeted(() -> signIn.passwordSalt(frame));
    }

    @Override
    public Step signUp(SignUp frame) {
        return greeted(() -> signIn.signUp(frame));
    }

    @Override
    public Step logIn(LogIn frame) {
        return greeted(() -> signIn.logIn(frame));
    }

    @Override
    public Step resume(Resume frame) {
        return greeted(() -> signIn.resume(frame));
    }

    @Override
    public Step logOut(LogOut frame) {
        return greeted(() -> signIn.logOut(frame, connection.member()));
    }

    @Override
    public Step users(Users frame) {
        return greeted(() -> directory.users(frame, connection.member()));
    }

    @Override
    public Step putBundle(PutBundle frame) {
        return greeted(() -> directory.putBundle(frame, connection.member()));
    }

    @Override
    public Step getBundle(GetBundle frame) {
        return greeted(() -> directory.getBundle(frame, connection.member()));
    }

    @Override
    public Step putEpoch(PutEpoch frame) {
        return greeted(() -> directory.putEpoch(frame, connection.member()));
    }

    @Override
    public Step getEpochs(GetEpochs frame) {
        return greeted(() -> directory.getEpochs(frame, connection.member()));
    }

    @Override
    public Step submit(Submit frame) {
        return greeted(() -> conversations.submit(frame, connection.member()));
    }

    @Override
    public Step page(Page frame) {
        return greeted(() -> conversations.page(frame, connection.member()));
    }

    @Override
    public Step since(Since frame) {
        return greeted(() -> conversations.since(frame, connection.member()));
    }

    @Override
    public Step follow(Follow frame) {
        return greeted(() -> conversations.follow(frame, connection.member()));
    }

    @Override
    public Step unfollow(Unfollow frame) {
        return greeted(() -> conversations.unfollow(frame, connection.member()));
    }

    @Override
    public Step ack(Ack frame) {
        return greeted(() -> {
            // One that was under way when the session ended is nobody's fault.
            Optional<Member> member = connection.memberIfAny();
            if (member.isPresent()) {
                conversations.ack(frame, member.get());
            }
        });
    }

    @Override
    public Step inbox(Inbox frame) {
        return greeted(() -> conversations.inbox(frame, connection.member()));
    }

    @Override
    public Step markRead(MarkRead frame) {
        return greeted(() -> conversations.markRead(frame, connection.member()));
    }

    @Override
    public Step vaultGet(VaultGet frame) {
        return greeted(() -> account.vaultGet(frame, connection.member()));
    }

    @Override
    public Step vaultPut(VaultPut frame) {
        return greeted(() -> account.vaultPut(frame, connection.member()));
    }

    @Override
    public Step changePassword(ChangePassword frame) {
        return greeted(() -> account.changePassword(frame, connection.member()));
    }

    @Override
    public Step deleteAccount(DeleteAccount frame) {
        return greeted(() -> account.deleteAccount(frame, connection.member()));
    }

    @Override
    public Step endDevice(EndDevice frame) {
        return greeted(() -> account.endDevice(frame, connection.member()));
    }

    @Override
    public Step block(Block frame) {
        return greeted(() -> blocks.block(frame, connection.member()));
    }

    @Override
    public Step unblock(Unblock frame) {
        return greeted(() -> blocks.unblock(frame, connection.member()));
    }

    @Override
    public Step blocks(Blocks frame) {
        return greeted(() -> blocks.list(frame, connection.member()));
    }

    @Override
    public Step putOneTimeKeys(PutOneTimeKeys frame) {
        return greeted(() -> oneTimeKeys.put(frame, connection.member()));
    }

    @Override
    public Step takeOneTimeKey(TakeOneTimeKey frame) {
        return greeted(() -> oneTimeKeys.take(frame, connection.member()));
    }

    @Override
    public Step ping(Ping frame) {
        return greeted(() -> {
            if (connection.isMember()) {
                connection.member();
            }
            connection.answer(new Pong(frame.id(), connection.now()));
        });
    }

    @Override
    public Step unknownRequest(UnknownRequest frame) {
        return greeted(() -> {
            if (frame.id() != 0) {
                String text = "frames of type " + frame.name() + " are not supported here";
                connection.answer(new Failure(frame.id(), ErrorCode.UNSUPPORTED, text));
            }
        });
    }

    /** Whether a frame of a member most likely needs no look into the store. */
    boolean isShort(ClientFrame frame, Member member) {
        return frame instanceof Ack || frame instanceof Submit submit && conversations.isShort(submit, member);
    }

    /** An answer without details. */
    static Ok done(long re) {
        return new Ok(re, Position.NONE, Position.NONE);
    }

    private Step greeted(Step step) {
        return () -> {
            if (connection.isGreeted()) {
                step.run();
            } else {
                connection.end(ErrorCode.HELLO_REQUIRED, "the first frame of a connection must be hello");
            }
        };
    }
}
