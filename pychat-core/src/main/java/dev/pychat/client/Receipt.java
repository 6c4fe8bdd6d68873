package dev.pychat.client;

import dev.pychat.model.MessageId;
import java.util.concurrent.CompletionStage;

/**
 * What became of one sent message. Implemented by pychat only; thread-safe.
 *
 * <p>What hangs on its stages runs on threads of the library's own, never on a network thread, nor on
 * {@link ClientOptions#callbackExecutor()}: so a listener may wait for a receipt, even if all listeners do at once. It may take its time
 * and wait for other receipts, too, for these threads become more as long as none of them is free. A stage that is asked for when all
 * is known already is complete, and what is hung on it runs at once on the calling thread. Where another thread is wanted, such as a
 * user interface's, the stage's {@code …Async} methods take an executor.
 */
public interface Receipt {

    /**
     * The message's id. It changes if the message has to be sealed anew because one before it was refused.
     *
     * @return the id that it has now
     */
    MessageId id();

    /**
     * Whether the message is in the outbox of this device: from then on it is sent whatever happens to this process.
     *
     * @return completes when it is; exceptionally as {@link #accepted()} does if that fails first
     */
    CompletionStage<Void> kept();

    /**
     * The answer of the server, once it is there. While the client is offline it is not; it comes after the connection is
     * back. Who holds the stage can't complete it, and cancelling a wait on it unsends nothing.
     *
     * @return completes with the acceptance; or exceptionally with {@link RefusedException} (it was not and will not be
     *     stored) or {@link ClosedException} (the client was closed before the answer came: unknown, the message stays in the
     *     outbox and is sent when a client is started over the same stores; the sentence says so if the outbox itself could
     *     not tell whether it holds the message)
     */
    CompletionStage<Acceptance> accepted();

    /**
     * How far the message has come by now. Every step is told to listeners, too: {@link ClientListener#onSeen} where the peer has said
     * more, {@link ClientListener#onRefused} where it failed.
     *
     * @return the state, which after the client was closed goes no further
     */
    MessageState state();
}
