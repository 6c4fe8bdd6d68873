package dev.pychat.testkit.network;

import java.time.Duration;

/**
 * Something that a bad network does to a connection. A fault of each kind has a direction; {@link Delay} and {@link Split} last as
 * long as the connection, the others strike once, when so many bytes have gone that way. Of several delays, or splits, of one
 * direction the first counts.
 *
 * <p>Immutable and thread-safe.
 */
public sealed interface Fault {

    /** How many bytes share one delay: what an Ethernet carries of TCP in one packet. */
    int SEGMENT = 1_460;

    /**
     * Which way the bytes go that it strikes.
     *
     * @return the direction
     */
    Direction direction();

    /** A fault that strikes once. */
    sealed interface Once extends Fault {

        /**
         * When it strikes.
         *
         * @return as soon as so many bytes have gone that way, 0 for before the first
         */
        long after();
    }

    /**
     * Each {@value #SEGMENT} bytes wait before they go on. One waits for the other, so this bounds how much goes through as well.
     *
     * @param direction which way the bytes go
     * @param most the longest wait, to the nanosecond; each is drawn from 0 to this
     * @param seed what the waits are drawn from
     */
    record Delay(Direction direction, Duration most, long seed) implements Fault {
        /**
         * Checks the time.
         *
         * @param direction which way the bytes go
         * @param most the longest wait
         * @param seed what the waits are drawn from
         * @throws IllegalArgumentException if the time is negative
         */
        public Delay {
            requireTime(most);
        }
    }

    /**
     * Bytes go on in small pieces, each in a write and a packet of its own.
     *
     * @param direction which way the bytes go
     * @param most how long a piece is at most; each is drawn from 1 to this, so 1 means single bytes
     * @param seed what the lengths are drawn from
     */
    record Split(Direction direction, int most, long seed) implements Fault {
        /**
         * Checks the length.
         *
         * @param direction which way the bytes go
         * @param most how long a piece is at most
         * @param seed what the lengths are drawn from
         * @throws IllegalArgumentException if {@code most} is not positive
         */
        public Split {
            if (most < 1) {
                throw new IllegalArgumentException("most is " + most + ", a piece has 1 byte at least");
            }
        }
    }

    /**
     * Nothing goes that way for a while; then it goes on.
     *
     * @param direction which way the bytes go
     * @param after when
     * @param time how long
     */
    record Stall(Direction direction, long after, Duration time) implements Once {
        /**
         * Checks the numbers.
         *
         * @param direction which way the bytes go
         * @param after when
         * @param time how long
         * @throws IllegalArgumentException if one is negative
         */
        public Stall {
            requireCount(after);
            requireTime(time);
        }
    }

    /**
     * Nothing goes that way any more, not even that the connection has ended; the other way goes on. Neither end is told.
     *
     * @param direction which way the bytes go
     * @param after when
     */
    record BlackHole(Direction direction, long after) implements Once {
        /**
         * Checks the number.
         *
         * @param direction which way the bytes go
         * @param after when
         * @throws IllegalArgumentException if it is negative
         */
        public BlackHole {
            requireCount(after);
        }
    }

    /**
     * The connection ends, and both ends are told so in good order (FIN), wherever in a frame that is.
     *
     * @param direction which way the bytes go
     * @param after when
     */
    record Cut(Direction direction, long after) implements Once {
        /**
         * Checks the number.
         *
         * @param direction which way the bytes go
         * @param after when
         * @throws IllegalArgumentException if it is negative
         */
        public Cut {
            requireCount(after);
        }
    }

    /**
     * The connection is torn down (RST): what an end has not read yet may be lost with it.
     *
     * @param direction which way the bytes go
     * @param after when
     */
    record Reset(Direction direction, long after) implements Once {
        /**
         * Checks the number.
         *
         * @param direction which way the bytes go
         * @param after when
         * @throws IllegalArgumentException if it is negative
         */
        public Reset {
            requireCount(after);
        }
    }

    private static void requireCount(long after) {
        if (after < 0) {
            throw new IllegalArgumentException("after is " + after + ", it is a count of bytes from 0 on");
        }
    }

    private static void requireTime(Duration time) {
        if (time.isNegative()) {
            throw new IllegalArgumentException("the time is " + time + ", it can't be negative");
        }
    }
}
