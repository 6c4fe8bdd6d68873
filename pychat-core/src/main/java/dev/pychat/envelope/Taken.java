package dev.pychat.envelope;

import java.util.List;
import java.util.Optional;

/**
 * What taking one message into a transcript brought; the caller stores all of it in one step.
 *
 * <p>Immutable and thread-safe.
 *
 * @param after the transcript with the message
 * @param views the view hashes that became known: that of the message's own position last; none while the transcript has no
 *     anchor, and several when it has just found one
 * @param shown the message if it may be shown, with the findings beside it; empty if it may not
 * @param findings what does not hold
 */
public record Taken(Transcript after, List<View> views, Optional<OpenedMessage> shown, List<Finding> findings) {

    /**
     * Copies the lists.
     *
     * @param after the transcript with the message
     * @param views the new view hashes
     * @param shown the message, if it may be shown
     * @param findings what does not hold
     */
    public Taken {
        views = List.copyOf(views);
        findings = List.copyOf(findings);
    }
}
