package dev.pychat.testkit.liar;

import dev.pychat.model.Bytes;
import dev.pychat.model.Envelope;
import dev.pychat.model.LaneId;
import dev.pychat.model.MessageId;
import dev.pychat.model.Position;
import dev.pychat.model.Username;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * The usual lies about a history. Positions are those of the true history, from 1 on; a lie about a position that is not there
 * yet waits for it. What one-time keys, suites and vaults can be lied about is no history: it belongs to {@link AnswerLies}.
 *
 * <p>Immutable and thread-safe.
 */
public final class Lies {

    private Lies() {}

    /**
     * One message is never shown; what follows moves up.
     *
     * @param position which
     * @return the lie
     */
    public static Lie drop(Position position) {
        return at(position, (index, shown) -> shown.remove(index));
    }

    /**
     * One message is shown again, right behind a later one.
     *
     * @param position which
     * @param behind the later position, or the same one
     * @return the lie
     */
    public static Lie repeat(Position position, Position behind) {
        return repeat(position, behind, UnaryOperator.identity());
    }

    /**
     * One message is shown again and changed, right behind a later one.
     *
     * @param position which
     * @param behind the later position, or the same one
     * @param change what becomes of the second showing
     * @return the lie
     */
    public static Lie repeat(Position position, Position behind, UnaryOperator<Shown> change) {
        return at(behind, (index, shown) -> shown.add(index + 1, change.apply(shown.get(index(position)))));
    }

    /**
     * One message comes later than it was sent: right behind a later one. Nothing from it on is shown before that one is there.
     *
     * @param position which
     * @param behind the later position
     * @return the lie
     */
    public static Lie delay(Position position, Position behind) {
        Lie moved = at(behind, (index, shown) -> shown.add(index, shown.remove(index(position))));
        return truth -> moved.tell(truth.size() > index(behind) ? truth : before(position, truth));
    }

    /**
     * Two messages change places. Nothing from the first on is shown before the second is there.
     *
     * @param first the earlier position
     * @param second the later one
     * @return the lie
     */
    public static Lie swap(Position first, Position second) {
        Lie swapped = at(second, (index, shown) -> {
            Shown later = shown.set(index, shown.get(index(first)));
            shown.set(index(first), later);
        });
        return truth -> swapped.tell(truth.size() > index(second) ? truth : before(first, truth));
    }

    /**
     * One message is changed.
     *
     * @param position which
     * @param change what becomes of it
     * @return the lie
     */
    public static Lie edit(Position position, UnaryOperator<Shown> change) {
        return at(position, (index, shown) -> shown.set(index, change.apply(shown.get(index))));
    }

    /**
     * One bit of one message's envelope is changed.
     *
     * @param position which message
     * @param part finds, in the envelope, where
     * @return the lie
     */
    public static Lie editEnvelope(Position position, UnaryOperator<Bytes> part) {
        return edit(
                position,
                shown -> shown.with(
                        new Envelope(part.apply(shown.item().envelope().value()))));
    }

    /**
     * One message is said to be somebody else's.
     *
     * @param position which
     * @param sender whose
     * @return the lie
     */
    public static Lie reattribute(Position position, Username sender) {
        return edit(position, shown -> shown.by(sender));
    }

    /**
     * One message is shown again as the other side's, under an id of its own, right behind itself.
     *
     * @param position which
     * @param as whose it is said to be
     * @param id the id of the second showing
     * @return the lie
     */
    public static Lie reflect(Position position, Username as, MessageId id) {
        return repeat(position, position, shown -> shown.by(as).named(id));
    }

    /**
     * A message of another conversation, or of another server, is put in.
     *
     * @param foreign the message, with its header
     * @param behind the position behind which it is shown
     * @return the lie
     */
    public static Lie insert(Shown foreign, Position behind) {
        return at(behind, (index, shown) -> shown.add(index + 1, foreign));
    }

    /**
     * Nothing newer is shown.
     *
     * @param last the last position that is shown
     * @return the lie
     */
    public static Lie withholdAfter(Position last) {
        return truth -> before(last.next(), truth);
    }

    /**
     * What is sent on one lane from some position on is not shown; all else moves up.
     *
     * @param lane which lane
     * @param after the last position at which the lane is shown
     * @return the lie
     */
    public static Lie hideLane(LaneId lane, Position after) {
        return keep(after, shown -> !shown.item().lane().equals(lane));
    }

    /**
     * What somebody sends from some position on is not shown; all else moves up.
     *
     * @param sender who
     * @param after the last position at which it is shown
     * @return the lie
     */
    public static Lie hideSender(Username sender, Position after) {
        return keep(after, shown -> !shown.item().by().equals(sender));
    }

    /**
     * An earlier state comes back: what was stored since is gone, and what is stored from now on takes those positions.
     *
     * @param to the last position of the earlier state
     * @param now the last position of the present state
     * @return the lie
     */
    public static Lie rollBack(Position to, Position now) {
        return truth -> {
            List<Shown> shown = new ArrayList<>(before(to.next(), truth));
            shown.addAll(truth.subList(Math.min(truth.size(), index(now.next())), truth.size()));
            return shown;
        };
    }

    private static Lie keep(Position after, Predicate<Shown> kept) {
        return truth -> {
            List<Shown> shown = new ArrayList<>(before(after.next(), truth));
            truth.subList(shown.size(), truth.size()).stream().filter(kept).forEach(shown::add);
            return shown;
        };
    }

    private interface Change {
        void apply(int index, List<Shown> shown);
    }

    /** Changes a copy of the history, as soon as the position is there. */
    private static Lie at(Position position, Change change) {
        int index = index(position);
        return truth -> {
            List<Shown> shown = new ArrayList<>(truth);
            if (index < shown.size()) {
                change.apply(index, shown);
            }
            return shown;
        };
    }

    private static List<Shown> before(Position position, List<Shown> truth) {
        return truth.subList(0, Math.min(truth.size(), index(position)));
    }

    private static int index(Position position) {
        if (!position.isMessage()) {
            throw new IllegalArgumentException("position 0 is before the first message, positions are 1 or more");
        }
        return Math.toIntExact(position.value() - 1);
    }
}
