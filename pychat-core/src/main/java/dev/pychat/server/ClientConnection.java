package dev.pychat.server;

import dev.pychat.model.PychatException;
import dev.pychat.store.StoreException;
import dev.pychat.transport.AddressGroup;
import dev.pychat.transport.CloseReason;
import dev.pychat.transport.Connection;
import dev.pychat.transport.FrameHandler;
import dev.pychat.transport.internal.DurationText;
import dev.pychat.transport.internal.SerialQueue;
import dev.pychat.wire.Accepted;
import dev.pychat.wire.ClientFrame;
import dev.pychat.wire.Closing;
import dev.pychat.wire.ErrorCode;
import dev.pychat.wire.Failure;
import dev.pychat.wire.FrameType;
import dev.pychat.wire.MalformedFrameException;
import dev.pychat.wire.ServerFrame;
import dev.pychat.wire.Submit;
import dev.pychat.wire.UnknownRequest;
import dev.pychat.wire.WireLimits;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client, from the first frame to the end of its connection. Frames are handled one after the other on a queue of its
 * own; there also everything happens that comes later, such as the answer to a log-in. When too many requests are
 * unanswered, reading pauses, and the client feels it.
 *
 * <p>{@link #execute}, {@link #send} and {@link #end} may be called from anywhere, the rest on the queue.
 */
final class ClientConnection implements FrameHandler<ClientFrame> {

    private static final Logger LOG = LoggerFactory.getLogger(ClientConnection.class);
    private static final String UNKNOWN = "unknown";

    private final Engine engine;
    private final Connection<ServerFrame> channel;
    private final SerialQueue queue;
    private final Requests requests;
    private final AtomicInteger unanswered = new AtomicInteger();
    /** Confined to the queue. */
    private boolean asksAgain;

    private volatile boolean greeted;
    private volatile boolean closed;
    private volatile @Nullable Member member;
    private volatile Instant heard;
    private volatile Instant strangerSince;

    ClientConnection(Engine engine, Connection<ServerFrame> channel) {
        this.engine = engine;
        this.channel = channel;
        this.queue = new SerialQueue(engine.executor(address()));
        this.requests = new Requests(engine, this);
        this.heard = engine.clock().instant();
        this.strangerSince = heard;
    }

    @Override
    public void onFrame(ClientFrame frame) {
        heard = engine.clock().instant();
        engine.metrics()
                .received(
                        frame instanceof UnknownRequest
                                ? UNKNOWN
                                : FrameType.of(frame).wireName());
        if (unanswered.incrementAndGet() >= mostUnanswered()) {
            channel.pauseReading();
            // Answers may have left in between, and none later would undo the pause.
            if (unanswered.get() <= fewAgain()) {
                channel.resumeReading();
            }
        }
        queue.execute(() -> handled(frame), () -> handle(frame), ClientConnection::runHere);
    }

    private static boolean runHere(Runnable task) {
        task.run();
        return true;
    }

    /** Nearly all frames are messages and their acknowledgements, which wait for nothing: those are handled as they come in. */
    private boolean handled(ClientFrame frame) {
        Member present = member;
        boolean handled = present != null && present.presence().isFresh() && requests.isShort(frame, present);
        if (handled) {
            handle(frame);
        }
        return handled;
    }

    private void handle(ClientFrame frame) {
        if (closed) {
            return;
        }
        long re = number(frame);
        if (engine.isStopping() && re != 0) {
            fail(re, new RefusalException(ErrorCode.SHUTTING_DOWN, "the server is stopping"));
        } else {
            run(re, frame.accept(requests));
        }
        if (re == 0) {
            done(1);
        }
        askAgainIfOld(frame);
    }

    /** What let a frame through without a look into the store is looked at behind it once it is old, so that the next one need not wait. */
    private void askAgainIfOld(ClientFrame frame) {
        Member present = member;
        if (present == null || asksAgain || engine.isStopping()) {
            return;
        }
        Instant now = heard;
        if (present.presence().isOld(now)
                || frame instanceof Submit submit && present.peers().isOld(submit.to(), now)) {
            asksAgain = true;
            execute(() -> askAgain(frame, present));
        }
    }

    private void askAgain(ClientFrame frame, Member present) {
        asksAgain = false;
        if (closed || !present.equals(member)) {
            return;
        }
        try {
            if (frame instanceof Submit submit) {
                present.peers().askAgain(submit.to());
            }
            present.presence().doubt();
            dismissIfOver(present, Presence.OVER);
        } catch (StoreException e) {
            LOG.debug("what the store could not tell now the next request asks itself: {}", e.getMessage());
        }
    }

    private static long number(ClientFrame frame) {
        if (frame instanceof ClientFrame.Request request) {
            return request.id();
        }
        return frame instanceof UnknownRequest unknown ? unknown.id() : 0;
    }

    @Override
    public void onMalformed(MalformedFrameException fault) {
        out(new Failure(0, ErrorCode.MALFORMED_FRAME, String.valueOf(fault.getMessage())));
    }

    @Override
    public void onTimedOut(String text) {
        out(new Failure(0, ErrorCode.TIMED_OUT, text));
    }

    @Override
    public void onClosed(CloseReason reason) {
        closed = true;
        engine.gone(this);
        execute(this::leave);
    }

    /** Runs a step; what it throws is the answer to the request. */
    void run(long re, Step step) {
        try {
            step.run();
        } catch (Exception | Error e) {
            fail(re, e);
        }
    }

    void fail(long re, Throwable failure) {
        Failure told = RefusalException.failure(re, failure);
        if (re == 0) {
            end(told.code(), told.text());
        } else {
            answer(told);
        }
    }

    private void out(ServerFrame frame) {
        engine.metrics().sent(FrameType.of(frame).wireName());
        if (frame instanceof Failure failure) {
            engine.metrics().refused(failure.code());
        }
        channel.send(frame);
    }

    /** Puts something on the connection's queue. */
    void execute(Runnable task) {
        queue.execute(task);
    }

    /** Puts something on the connection's queue that most likely waits for nothing. */
    void execute(SerialQueue.Attempt attempt, Runnable instead) {
        queue.execute(attempt, instead, channel::executeSoon);
    }

    /** Answers one request, or several where the frame answers several. */
    void answer(ServerFrame frame) {
        out(frame);
        done(frame instanceof Accepted accepted ? accepted.answered().size() : 1);
    }

    private void done(int answered) {
        int before = unanswered.getAndAdd(-answered);
        if (before > fewAgain() && before - answered <= fewAgain()) {
            channel.resumeReading();
        }
    }

    /** Reading goes on when half are answered: with each single answer, two threads would wake each other for every frame. */
    private int fewAgain() {
        return mostUnanswered() / 2;
    }

    private int mostUnanswered() {
        return engine.limits().wire().inFlight();
    }

    /** Sends what answers nothing. */
    void send(ServerFrame push) {
        out(push);
    }

    /** Says that the connection is at fault, and closes it. */
    void end(ErrorCode code, String text) {
        out(new Failure(0, code, text));
        channel.close(CloseReason.local(text));
    }

    /** Takes leave in an orderly way. */
    void dismiss(ErrorCode code, String text) {
        out(new Closing(code, text));
        channel.close(CloseReason.local(text));
    }

    /** Takes leave of a session that is over. What the store does not tell now is asked again at the next request. */
    void dismissIfOver(String text) {
        Member present = member;
        try {
            if (present != null) {
                dismissIfOver(present, text);
            }
        } catch (StoreException e) {
            LOG.error("whether a session is over could not be read: {}", e.getMessage());
        }
    }

    private void dismissIfOver(Member present, String text) throws StoreException {
        if (!present.presence().holds()) {
            leave();
            dismiss(ErrorCode.LOGIN_REQUIRED, text);
        }
    }

    boolean hasUnanswered() {
        return unanswered() > 0;
    }

    int unanswered() {
        return unanswered.get();
    }

    boolean isGreeted() {
        return greeted;
    }

    void greeted() {
        greeted = true;
    }

    boolean isMember() {
        return member != null;
    }

    Member member() throws RefusalException, StoreException {
        Member present = member;
        if (present == null) {
            throw new RefusalException(
                    ErrorCode.LOGIN_REQUIRED, "this needs a session: sign up, log in or resume first");
        }
        try {
            present.presence().require();
        } catch (RefusalException over) {
            leave();
            // Behind the answer to the request that found it out.
            execute(() -> dismiss(ErrorCode.LOGIN_REQUIRED, String.valueOf(over.getMessage())));
            throw over;
        }
        return present;
    }

    /** Who is signed in, if anybody, for what is not answered: there is no telling it that the store failed. */
    Optional<Member> memberIfAny() throws RefusalException {
        try {
            return isMember() ? Optional.of(member()) : Optional.empty();
        } catch (StoreException e) {
            LOG.error("whether a session is over could not be read: {}", e.getMessage());
            return Optional.ofNullable(member);
        }
    }

    /** What comes after something that takes its time. */
    interface After<T> {
        void run(T result) throws PychatException;
    }

    /** Goes on with a request on the queue when something is there, or fails it; {@code failed} runs before that. */
    <T> void after(long re, CompletionStage<T> awaited, After<T> after, Runnable failed) {
        BiConsumer<T, Throwable> onQueue = (result, failure) -> execute(() -> {
            if (failure != null) {
                failed.run();
                fail(re, failure);
            } else {
                run(re, () -> after.run(result));
            }
        });
        awaited.whenComplete(onQueue);
    }

    void join(Member joining) {
        if (closed) {
            joining.end();
            return;
        }
        member = joining;
        // Behind the answer that says there is a session.
        execute(() -> engine.nextKey().ifPresent(this::send));
        channel.maxFrame(engine.limits().wire().frame());
    }

    void leave() {
        Member leaving = member;
        if (leaving != null) {
            member = null;
            strangerSince = engine.clock().instant();
            channel.maxFrame(WireLimits.BEFORE_LOGIN);
            leaving.end();
        }
    }

    /** Ends a connection that has been without a session, or silent, for too long. */
    void endIfOverdue(Instant now) {
        Duration silent = Duration.between(heard, now);
        Duration stranger = Duration.between(strangerSince, now);
        if (member == null && stranger.compareTo(engine.limits().signInTime()) >= 0) {
            end(
                    ErrorCode.TIMED_OUT,
                    "no session was made within "
                            + DurationText.of(engine.limits().signInTime()));
        } else if (silent.compareTo(engine.limits().idleTime()) >= 0) {
            end(
                    ErrorCode.TIMED_OUT,
                    "nothing was heard for " + DurationText.of(engine.limits().idleTime()));
        }
    }

    /** Whom the client's address stands for. */
    String address() {
        return AddressGroup.of(channel.remoteAddress());
    }

    /** The present, to the millisecond. */
    Instant now() {
        return engine.clock().instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
