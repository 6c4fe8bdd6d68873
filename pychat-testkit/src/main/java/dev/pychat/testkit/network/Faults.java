package dev.pychat.testkit.network;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;

/** What a proxy does to each connection. Thread-safe, and always the same for a number. */
@FunctionalInterface
public interface Faults {

    /** A good network. */
    Faults NONE = connection -> List.of();

    /**
     * What happens to a connection.
     *
     * @param connection its number: how many the proxy had accepted with it, from 1 on
     * @return its faults; none for a good connection
     */
    List<Fault> of(int connection);

    /**
     * The same for every connection.
     *
     * @param faults what happens to each
     * @return the faults
     */
    static Faults always(Fault... faults) {
        List<Fault> same = List.of(faults);
        return connection -> same;
    }

    /**
     * Faults of all kinds, drawn: a quarter of the connections is spared, the others have one to three. A black hole is the rarest, since
     * it lasts until somebody gives up.
     *
     * @param seed what they are drawn from; the same seed gives the same faults
     * @param within a fault that strikes once does so before so many bytes have gone its way; one in two strikes early, such as in the
     *     handshake
     * @return the faults
     * @throws IllegalArgumentException if {@code within} is not positive
     */
    static Faults drawn(long seed, int within) {
        if (within < 1) {
            throw new IllegalArgumentException("within is " + within + ", it is a count of bytes from 1 on");
        }
        // Neighbouring seeds of Random alone begin with almost the same numbers.
        return connection -> draw(new Random(new SplittableRandom(seed * 31 + connection).nextLong()), within);
    }

    private static List<Fault> draw(Random random, int within) {
        List<Fault> drawn = new ArrayList<>();
        for (int left = random.nextInt(4); left > 0; left--) {
            drawn.add(one(random, within));
        }
        return List.copyOf(drawn);
    }

    private static Fault one(Random random, int within) {
        Direction way = random.nextBoolean() ? Direction.TO_SERVER : Direction.TO_CLIENT;
        long after = random.nextBoolean() ? random.nextInt(within) : (long) Math.pow(within, random.nextDouble());
        return switch (random.nextInt(16)) {
            case 0 -> new Fault.BlackHole(way, after);
            case 1, 2, 3 -> new Fault.Delay(way, Duration.ofMillis(1 + random.nextInt(30)), random.nextLong());
            case 4, 5, 6 -> new Fault.Split(way, 1 + random.nextInt(8), random.nextLong());
            case 7, 8, 9 -> new Fault.Stall(way, after, Duration.ofMillis(50 + random.nextInt(4_000)));
            case 10, 11, 12 -> new Fault.Cut(way, after);
            default -> new Fault.Reset(way, after);
        };
    }
}
