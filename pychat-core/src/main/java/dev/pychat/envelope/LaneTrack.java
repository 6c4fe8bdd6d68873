package dev.pychat.envelope;

import dev.pychat.crypto.open.BinaryReader;
import dev.pychat.crypto.open.BinaryWriter;
import dev.pychat.crypto.open.MalformedException;
import dev.pychat.model.Bytes;
import dev.pychat.model.LaneId;
import dev.pychat.model.StoredMessage;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a receiver knows of one lane: its head, and which numbers were reported missing (ENVELOPE.md, section 9.2). Immutable.
 *
 * @param lane the lane
 * @param head its head as stored; none before its first message
 * @param unopened how many messages since did not open, which account for as many numbers
 * @param missing numbers that were skipped and have not come late
 * @param differing the last view on it that was not ours, so that one difference is reported once
 */
record LaneTrack(
        LaneId lane,
        LaneHead head,
        long unopened,
        Gaps missing,
        @Nullable View differing) {

    private static final Bytes ZERO = Bytes.adopt(new byte[32]);

    static LaneTrack empty(LaneId lane) {
        return new LaneTrack(lane, LaneHead.NONE, 0, Gaps.NONE, null);
    }

    /** A lane whose beginning this device does not hold: what it sees first is taken as it is. */
    static LaneTrack joined(LanePlace message) {
        return empty(message.head().lane()).at(message.head());
    }

    /** The lane after one more message, and what does not hold about it. */
    Step take(StoredMessage stored, LanePlace message) {
        LaneHead next = message.head();
        if (next.ordinal() < head.ordinal()) {
            String what = "epoch " + next.ordinal() + " of the lane after epoch " + head.ordinal();
            return refused(stored, FindingCode.AFTER_CLOSE, what);
        }
        if (missing.contains(next.number())) {
            return late(stored, next);
        }
        if (next.number() <= head.number() || isOtherEpochOfSameOrdinal(next)) {
            return refused(stored, FindingCode.LANE_FORKED, "a second message " + next.number() + " of the lane");
        }
        if (next.number() > head.number() + 1) {
            return skipped(stored, next);
        }
        return follows(message)
                ? new Step(at(next), Optional.empty())
                : refused(
                        stored, FindingCode.LANE_FORKED, "message " + next.number() + " follows another one than ours");
    }

    /**
     * The lane after a message that did not open when its turn came. If the lane has gone on behind it since, it is accounted
     * for already.
     */
    Step takeLate(StoredMessage stored, LanePlace message) {
        LaneHead next = message.head();
        if (next.number() <= head.number()) {
            return new Step(this, Optional.empty());
        }
        long others = Math.max(0, unopened - 1);
        Step step = new LaneTrack(lane, head, others, missing, differing).take(stored, message);
        LaneTrack after = step.after();
        boolean moved = after.head().equals(next);
        // Those before it that did not open stay unopened and are behind the head now; those after it are still ahead.
        long ahead = Math.max(0, others - (next.number() - head.number() - 1));
        LaneTrack counted = new LaneTrack(lane, after.head(), ahead, after.missing(), differing);
        return new Step(moved ? counted : after, step.finding());
    }

    /** The lane after a message that did not open. */
    LaneTrack unopenedOne() {
        return new LaneTrack(lane, head, unopened + 1, missing, differing);
    }

    LaneTrack differingAt(@Nullable View view) {
        return new LaneTrack(lane, head, unopened, missing, view);
    }

    private LaneTrack at(LaneHead next) {
        return new LaneTrack(lane, next, 0, missing, differing);
    }

    private boolean follows(LanePlace message) {
        LaneHead next = message.head();
        if (!message.before().equals(head.isNone() ? ZERO : head.hash())) {
            return false;
        }
        return next.ordinal() == head.ordinal()
                ? next.n() > head.n()
                : message.previous().equals(head);
    }

    private boolean isOtherEpochOfSameOrdinal(LaneHead next) {
        return next.ordinal() == head.ordinal() && !next.epoch().equals(head.epoch());
    }

    private Step late(StoredMessage stored, LaneHead next) {
        LaneTrack filled = new LaneTrack(lane, head, unopened, missing.without(next.number()), differing);
        String what = "message " + next.number() + " of the lane came after message " + head.number();
        return new Step(filled, Optional.of(Finding.at(stored, FindingCode.GAP, what)));
    }

    private Step skipped(StoredMessage stored, LaneHead next) {
        long from = head.number() + 1;
        long to = next.number() - 1;
        if (to - head.number() <= unopened) {
            return new Step(at(next), Optional.empty());
        }
        String what = "messages " + from + " to " + to + " of the lane are missing before this one";
        LaneTrack after = new LaneTrack(lane, next, 0, missing.with(from, to), differing);
        return new Step(after, Optional.of(Finding.at(stored, FindingCode.GAP, what)));
    }

    private Step refused(StoredMessage stored, FindingCode code, String what) {
        return new Step(this, Optional.of(Finding.at(stored, code, what)));
    }

    void write(BinaryWriter out) {
        out.raw(lane.value()).raw(head.encode()).u64(unopened);
        missing.write(out);
        out.bool(differing != null);
        if (differing != null) {
            out.u64(differing.position().value()).raw(differing.hash());
        }
    }

    static LaneTrack read(BinaryReader in) throws MalformedException {
        LaneId lane = new LaneId(in.raw("lane", LaneId.SIZE));
        LaneHead head = LaneHead.read(in);
        long unopened = in.u64("unopened");
        Gaps missing = Gaps.read(in);
        return new LaneTrack(lane, head, unopened, missing, in.bool("differs") ? Transcript.readView(in) : null);
    }

    /**
     * What one message did to a lane.
     *
     * @param after the lane after it
     * @param finding what does not hold
     */
    record Step(LaneTrack after, Optional<Finding> finding) {}
}
