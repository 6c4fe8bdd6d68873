package dev.pychat.envelope;

import dev.pychat.model.Position;
import java.util.Optional;

/**
 * The messages that a device holds, the one being taken included, as a trail from one view to another (ENVELOPE.md, section
 * 9.2). Used for one message.
 *
 * @param known the messages before
 * @param present the position of the message being taken
 * @param step what it adds to the chain
 */
record ViewTrail(KnownMessages known, Position present, KnownMessages.Step step) {

    /** How far one differing view is followed to the next, so that a peer can't make a message cost its whole history. */
    private static final int MAX_FOLLOWED = 1024;

    /** How many messages may have been dropped, or put in, and the difference be known again behind them. */
    private static final int MAX_SHIFT = 16;

    /**
     * Whether two views differ from ours for the same reason: our messages lead from the earlier to the later, at their own
     * positions, or all moved by as many as were dropped or put in before them.
     */
    boolean isSameDifference(View one, View other) {
        View from = one.position().isAfter(other.position()) ? other : one;
        View to = one.position().isAfter(other.position()) ? one : other;
        long steps = to.position().value() - from.position().value();
        for (int tries = 1; tries <= 1 + 2 * MAX_SHIFT && steps <= MAX_FOLLOWED / tries; tries++) {
            int shift = tries % 2 == 0 ? tries / 2 : -(tries / 2);
            if (leads(from, to, shift)) {
                return true;
            }
        }
        return false;
    }

    private boolean leads(View from, View to, int shift) {
        View reached = from;
        while (to.position().isAfter(reached.position())) {
            Optional<KnownMessages.Step> next = stepAt(reached.position().value() + 1 + shift);
            if (next.isEmpty()) {
                return false;
            }
            reached = reached.then(next.get().id(), next.get().envelopeHash());
        }
        return reached.equals(to);
    }

    private Optional<KnownMessages.Step> stepAt(long position) {
        if (position == present.value()) {
            return Optional.of(step);
        }
        return position < 1 ? Optional.empty() : known.stepAt(new Position(position));
    }
}
