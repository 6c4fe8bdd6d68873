package dev.pychat.testkit.liar;

import dev.pychat.wire.ServerFrame;

/**
 * What becomes of a frame that the server sends to somebody. {@link AnswerLies} has the usual ones.
 *
 * <p>Implementations are thread-safe and do not block.
 */
@FunctionalInterface
public interface AnswerLie {

    /**
     * Tells the answer.
     *
     * @param truth the frame that the real server sends
     * @return what is sent in its place, of the same kind if somebody waits for it; the frame itself to leave it alone
     */
    ServerFrame tell(ServerFrame truth);
}
