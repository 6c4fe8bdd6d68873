package dev.pychat.testkit.network;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.stream.Stream;

/**
 * What is decided about the bytes of one direction of a connection. It depends on how many have gone, and neither on when they came nor
 * in which pieces. Confined to the thread that passes them on.
 */
final class Course {

    private final PriorityQueue<Fault.Once> ahead = new PriorityQueue<>(Comparator.comparingLong(Fault.Once::after));
    private final Optional<Fault.Delay> delay;
    private final Optional<Fault.Split> split;
    private final Random waits;
    private final Random lengths;
    private long gone;
    private int leftOfPiece;
    private int leftOfSegment;

    Course(List<Fault> faults, Direction direction) {
        List<Fault> ours =
                faults.stream().filter(fault -> fault.direction() == direction).toList();
        only(Fault.Once.class, ours).forEach(ahead::add);
        delay = only(Fault.Delay.class, ours).stream().findFirst();
        split = only(Fault.Split.class, ours).stream().findFirst();
        waits = new Random(delay.map(Fault.Delay::seed).orElse(0L));
        lengths = new Random(split.map(Fault.Split::seed).orElse(0L));
    }

    private static <F extends Fault> List<F> only(Class<F> kind, List<Fault> faults) {
        return faults.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /** What lasts as long as the connection. */
    List<Fault> lasting() {
        return Stream.<Fault>concat(delay.stream(), split.stream()).toList();
    }

    /** What strikes now; each is given once. */
    Optional<Fault.Once> due() {
        return ahead.isEmpty() || ahead.peek().after() > gone ? Optional.empty() : Optional.of(ahead.remove());
    }

    /** How long the next bytes wait: nothing within a segment. */
    Duration pause() {
        if (leftOfSegment > 0 || delay.isEmpty()) {
            return Duration.ZERO;
        }
        leftOfSegment = Fault.SEGMENT;
        return Duration.ofNanos((long) (waits.nextDouble() * delay.get().most().toNanos()));
    }

    /** How many of so many bytes, at least one, go on in one piece. */
    int piece(int available) {
        if (leftOfPiece == 0) {
            leftOfPiece = split.map(each -> 1 + lengths.nextInt(each.most())).orElse(Integer.MAX_VALUE);
        }
        long untilNext = ahead.isEmpty() ? Long.MAX_VALUE : ahead.peek().after() - gone;
        int most = delay.isEmpty() ? available : Math.min(available, leftOfSegment);
        return (int) Math.min(untilNext, Math.min(most, leftOfPiece));
    }

    /** So many bytes have gone on. */
    void gone(int bytes) {
        gone += bytes;
        leftOfPiece -= bytes;
        leftOfSegment = Math.max(0, leftOfSegment - bytes);
    }
}
