package dev.pychat.testkit.liar;

import java.util.List;

/**
 * What somebody is shown in place of a conversation's true history. It is asked again whenever there is something new, and
 * what it answered for an earlier part has to stay as it is, unless taking it back is the lie. {@link Lies} has the usual ones.
 *
 * <p>Implementations are thread-safe and keep no state.
 */
@FunctionalInterface
public interface Lie {

    /** No lie at all. */
    Lie NONE = truth -> truth;

    /**
     * Tells the history.
     *
     * @param truth the conversation as it is stored, from position 1 on, without a gap
     * @return what to show, from position 1 on
     */
    List<Shown> tell(List<Shown> truth);

    /**
     * This lie and then another one about what it told.
     *
     * @param next takes what this one answers for the truth
     * @return both
     */
    default Lie then(Lie next) {
        return truth -> next.tell(tell(truth));
    }
}
