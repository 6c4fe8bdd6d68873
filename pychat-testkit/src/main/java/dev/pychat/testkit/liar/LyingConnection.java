package dev.pychat.testkit.liar;

import dev.pychat.model.Position;
import dev.pychat.model.Username;
import dev.pychat.store.AppendResult;
import dev.pychat.testkit.transport.ForwardingConnection;
import dev.pychat.transport.CloseReason;
import dev.pychat.transport.Connection;
import dev.pychat.transport.FrameHandler;
import dev.pychat.wire.Ack;
import dev.pychat.wire.ClientFrame;
import dev.pychat.wire.Follow;
import dev.pychat.wire.GetEpochs;
import dev.pychat.wire.LogIn;
import dev.pychat.wire.MalformedFrameException;
import dev.pychat.wire.Page;
import dev.pychat.wire.PasswordSalt;
import dev.pychat.wire.Resume;
import dev.pychat.wire.ServerFrame;
import dev.pychat.wire.SignUp;
import dev.pychat.wire.Since;
import dev.pychat.wire.Submit;
import dev.pychat.wire.Unfollow;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One client's connection: what the client asks about a conversation that it is lied to about is answered here, everything
 * else by the real server. Thread-safe.
 */
final class LyingConnection extends ForwardingConnection<ServerFrame> implements FrameHandler<ClientFrame> {

    private final LyingServer liar;
    private final Connection<ServerFrame> client;
    private final Deliveries deliveries;
    private final ReentrantLock sending = new ReentrantLock();
    private @Nullable FrameHandler<ClientFrame> server;
    private volatile @Nullable Username viewer;

    LyingConnection(LyingServer liar, Connection<ServerFrame> client) {
        super(client);
        this.liar = liar;
        this.client = client;
        this.deliveries = new Deliveries(this::pages);
    }

    LyingConnection begin(FrameHandler<ClientFrame> real) {
        server = real;
        return this;
    }

    private Optional<Pages> pages(Username peer) {
        Username asking = viewer;
        return asking == null ? Optional.empty() : liar.told(asking, peer);
    }

    /** Somebody is to be shown something else. */
    void news(Username who, Username peer) {
        if (who.equals(viewer)) {
            sending.lock();
            try {
                deliveries.rest(peer).forEach(this::tell);
            } finally {
                sending.unlock();
            }
        }
    }

    private void tell(ServerFrame frame) {
        Username asking = viewer;
        Optional<AnswerLie> lie = asking == null ? Optional.empty() : liar.answerFor(asking);
        client.send(lie.map(each -> each.tell(frame)).orElse(frame));
    }

    @Override
    public boolean send(ServerFrame frame) {
        sending.lock();
        try {
            deliveries.from(frame).forEach(this::tell);
            return true;
        } finally {
            sending.unlock();
        }
    }

    @Override
    public void onFrame(ClientFrame frame) {
        remember(frame);
        if (frame instanceof Since asked) {
            answerOrPass(pages(asked.with()).map(pages -> pages.answer(asked)), frame);
        } else if (frame instanceof Page asked) {
            answerOrPass(pages(asked.with()).map(pages -> pages.answer(asked)), frame);
        } else if (frame instanceof GetEpochs asked) {
            answerOrPass(pages(asked.with()).map(pages -> pages.answer(asked)), frame);
        } else if (frame instanceof Follow asked) {
            pass(followed(asked));
        } else if (frame instanceof Submit submit) {
            pass(pages(submit.to()).isPresent() ? lookingBack(submit) : submit);
        } else if (frame instanceof Ack ack) {
            pass(new Ack(ack.with(), deliveries.acknowledged(ack)));
        } else {
            pass(frame);
        }
    }

    private void remember(ClientFrame frame) {
        if (frame instanceof PasswordSalt asked) {
            viewer = asked.user();
        } else if (frame instanceof SignUp asked) {
            viewer = asked.user();
        } else if (frame instanceof LogIn asked) {
            viewer = asked.user();
        } else if (frame instanceof Resume asked) {
            viewer = asked.user();
        } else if (frame instanceof Unfollow asked) {
            deliveries.end(asked.with());
        }
    }

    private void answerOrPass(Optional<? extends ServerFrame> answer, ClientFrame question) {
        if (answer.isEmpty()) {
            pass(question);
            return;
        }
        sending.lock();
        try {
            tell(answer.get());
        } finally {
            sending.unlock();
        }
    }

    /** Where the client is lied to, the real server only has to tell that there is something new. */
    private Follow followed(Follow asked) {
        deliveries.begin(asked);
        Username asking = viewer;
        return asking == null || pages(asked.with()).isEmpty()
                ? asked
                : new Follow(asked.id(), asked.with(), liar.truth().head(asking, asked.with()));
    }

    /** What the client has seen are positions of the told history: the real server looks for a duplicate as far as it can. */
    private Submit lookingBack(Submit submit) {
        Username asking = viewer;
        long head = asking == null ? 0 : liar.truth().head(asking, submit.to()).value();
        Position seen = new Position(Math.max(0, head - AppendResult.MAX_SPAN));
        return new Submit(
                submit.id(),
                submit.to(),
                submit.mid(),
                submit.hash(),
                submit.epoch(),
                submit.lane(),
                submit.after(),
                seen,
                submit.quiet(),
                submit.envelope());
    }

    private void pass(ClientFrame frame) {
        FrameHandler<ClientFrame> real = server;
        if (real != null) {
            real.onFrame(frame);
        }
    }

    @Override
    public void onMalformed(MalformedFrameException fault) {
        FrameHandler<ClientFrame> real = server;
        if (real != null) {
            real.onMalformed(fault);
        }
    }

    @Override
    public void onClosed(CloseReason reason) {
        liar.ended(this);
        FrameHandler<ClientFrame> real = server;
        if (real != null) {
            real.onClosed(reason);
        }
    }
}
