package dev.pychat.server;

import dev.pychat.transport.internal.DurationText;
import dev.pychat.wire.WireLimits;
import java.time.Duration;

/**
 * What a server does not go beyond, whatever its clients do. Beyond a limit it answers {@code busy} with a time to ask
 * again, or closes the connection that is in the wrong; it never grows without bound and never drops a message that it
 * has
 * accepted.
 *
 * <p>Immutable and thread-safe.
 *
 * @param wire the limits that clients are told
 * @param followed how many conversations a connection may follow at once, {@code 1} to {@code 100,000}
 * @param creditBytes how many bytes of messages may be pushed to a connection beyond what it has acknowledged, {@code
 *     65,536} to {@code 268,435,456}
 * @param waitingMessages how many messages may wait to be stored, {@code 1} to {@code 1,000,000}
 * @param waitingBytes how many bytes of messages may wait to be stored, {@code 131,072} to {@code 1,073,741,824}
 * @param batch the most messages made durable together, {@code 1} to {@code 100,000}
 * @param readThreads for how many connections something is done at once, reading stores among it; a quarter of them for
 *     those of one address; {@code 1} to {@code 1,024}
 * @param hashThreads how many login secrets are hashed at once, {@code 1} to {@code 1,024}
 * @param hashWaiting how many more may wait for that, a quarter of all from one address, {@code 1} to {@code 100,000}
 * @param freeAttempts how many log-ins at one account from one address may fail before the next has to wait; four times
 *     as many at any accounts, {@code 1} to {@code 1,000}
 * @param freeSignUps how many accounts may be made from one address at once; then one more every ten seconds, {@code 1} to {@code
 *     10,000,000}
 * @param longestDelay the longest that a failed log-in makes the next one wait; the first makes it wait a second, each
 *     further one twice as long; 1 second to 1 day
 * @param signInTime how long a connection may live without a session; 10 milliseconds to 1 hour
 * @param idleTime how long a connection may be silent; a client that has nothing to say sends a ping; 10 milliseconds
 *     to 1 day
 * @param tokenTime how long a resume token is good; 1 second to 3,650 days
 * @param stopTime how long a stop waits for what is in flight; 10 milliseconds to 1 hour
 * @param nameRest how long the name of a deleted account is free for nobody; 1 second to 3,650 days
 */
public record ServerLimits(
        WireLimits wire,
        int followed,
        int creditBytes,
        int waitingMessages,
        int waitingBytes,
        int batch,
        int readThreads,
        int hashThreads,
        int hashWaiting,
        int freeAttempts,
        int freeSignUps,
        Duration longestDelay,
        Duration signInTime,
        Duration idleTime,
        Duration tokenTime,
        Duration stopTime,
        Duration nameRest) {

    /** What a server keeps to unless told otherwise. */
    public static final ServerLimits DEFAULT = builder().build();

    private static final int LEAST_USUAL_READ_THREADS = 4;
    private static final int MOST_READ_THREADS = 1_024;

    /**
     * Checks each limit.
     *
     * @param wire the limits that clients are told
     * @param followed how many conversations a connection may follow at once, {@code 1} to {@code 100,000}
     * @param creditBytes how many bytes of messages may be pushed to a connection beyond what it has acknowledged,
     *     {@code 65,536} to {@code 268,435,456}
     * @param waitingMessages how many messages may wait to be stored, {@code 1} to {@code 1,000,000}
     * @param waitingBytes how many bytes of messages may wait to be stored, {@code 131,072} to {@code 1,073,741,824}
     * @param batch the most messages made durable together, {@code 1} to {@code 100,000}
     * @param readThreads for how many connections something is done at once, reading stores among it; a quarter of
     *     them for those of one address; {@code 1} to {@code 1,024}
     * @param hashThreads how many login secrets are hashed at once, {@code 1} to {@code 1,024}
     * @param hashWaiting how many more may wait for that, a quarter of all from one address, {@code 1} to {@code 100,000}
     * @param freeAttempts how many log-ins at one account from one address may fail before the next has to wait; four
     *     times as many at any accounts, {@code 1} to {@code 1,000}
     * @param freeSignUps how many accounts may be made from one address at once; then one more every ten seconds, {@code
     *     1} to {@code 10,000,000}
     * @param longestDelay the longest that a failed log-in makes the next one wait; the first makes it wait a second,
     *     each further one twice as long; 1 second to 1 day
     * @param signInTime how long a connection may live without a session; 10 milliseconds to 1 hour
     * @param idleTime how long a connection may be silent; a client that has nothing to say sends a ping; 10
     *     milliseconds to 1 day
     * @param tokenTime how long a resume token is good; 1 second to 3,650 days
     * @param stopTime how long a stop waits for what is in flight; 10 milliseconds to 1 hour
     * @param nameRest how long the name of a deleted account is free for nobody; 1 second to 3,650 days
     * @throws IllegalArgumentException if one is outside its range; the message says which, what was given and what is
     *     allowed
     */
    public ServerLimits {
        require("followed", followed, 1, 100_000);
        require("creditBytes", creditBytes, 65_536, 268_435_456);
        require("waitingMessages", waitingMessages, 1, 1_000_000);
        require("waitingBytes", waitingBytes, 131_072, 1_073_741_824);
        require("batch", batch, 1, 100_000);
        require("readThreads", readThreads, 1, MOST_READ_THREADS);
        require("hashThreads", hashThreads, 1, 1_024);
        require("hashWaiting", hashWaiting, 1, 100_000);
        require("freeAttempts", freeAttempts, 1, 1_000);
        require("freeSignUps", freeSignUps, 1, 10_000_000);
        require("longestDelay", longestDelay, Duration.ofSeconds(1), Duration.ofDays(1));
        require("signInTime", signInTime, Duration.ofMillis(10), Duration.ofHours(1));
        require("idleTime", idleTime, Duration.ofMillis(10), Duration.ofDays(1));
        require("tokenTime", tokenTime, Duration.ofSeconds(1), Duration.ofDays(3_650));
        require("stopTime", stopTime, Duration.ofMillis(10), Duration.ofHours(1));
        require("nameRest", nameRest, Duration.ofSeconds(1), Duration.ofDays(3_650));
    }

    /**
     * Begins with the defaults.
     *
     * @return a builder in which every limit has its default
     */
    public static Builder builder() {
        return new Builder();
    }

    private static void require(String limit, long given, long least, long most) {
        if (given < least || given > most) {
            throw new IllegalArgumentException(
                    "the limit " + limit + " is " + given + ", allowed are " + least + " to " + most);
        }
    }

    private static void require(String limit, Duration given, Duration least, Duration most) {
        if (given.compareTo(least) < 0 || given.compareTo(most) > 0) {
            throw new IllegalArgumentException("the limit " + limit + " is " + DurationText.of(given) + ", allowed are "
                    + DurationText.of(least) + " to " + DurationText.of(most));
        }
    }

    /** Two for each processor, but so many at least that each address leaves some to others, and no more than are allowed. */
    static int usualReadThreads(int processors) {
        return Math.min(Math.max(LEAST_USUAL_READ_THREADS, 2 * processors), MOST_READ_THREADS);
    }

    /** Collects limits; what is not set keeps its default. Confined to one thread. */
    public static final class Builder {
        private WireLimits wire = WireLimits.DEFAULT;
        private int followed = 1_000;
        private int creditBytes = 1 << 20;
        private int waitingMessages = 65_536;
        private int waitingBytes = 64 << 20;
        private int batch = 1_000;
        private int readThreads = usualReadThreads(Runtime.getRuntime().availableProcessors());
        private int hashThreads = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
        private int hashWaiting = 64;
        private int freeAttempts = 5;
        private int freeSignUps = 100;
        private Duration longestDelay = Duration.ofMinutes(1);
        private Duration signInTime = Duration.ofSeconds(30);
        private Duration idleTime = Duration.ofMinutes(10);
        private Duration tokenTime = Duration.ofDays(30);
        private Duration stopTime = Duration.ofSeconds(10);
        private Duration nameRest = Duration.ofDays(30);

        private Builder() {}

        /**
         * Sets the limits that clients are told.
         *
         * @param value the limits of the protocol
         * @return this builder
         */
        public Builder wire(WireLimits value) {
            this.wire = value;
            return this;
        }

        /**
         * Sets how many conversations a connection may follow at once.
         *
         * @param value from {@code 1} to {@code 100,000}
         * @return this builder
         */
        public Builder followed(int value) {
            this.followed = value;
            return this;
        }

        /**
         * Sets how many bytes of messages may be pushed to a connection beyond what it has acknowledged.
         *
         * @param value from {@code 65,536} to {@code 268,435,456}
         * @return this builder
         */
        public Builder creditBytes(int value) {
            this.creditBytes = value;
            return this;
        }

        /**
         * Sets how many messages may wait to be stored.
         *
         * @param value from {@code 1} to {@code 1,000,000}
         * @return this builder
         */
        public Builder waitingMessages(int value) {
            this.waitingMessages = value;
            return this;
        }

        /**
         * Sets how many bytes of messages may wait to be stored.
         *
         * @param value from {@code 131,072} to {@code 1,073,741,824}
         * @return this builder
         */
        public Builder waitingBytes(int value) {
            this.waitingBytes = value;
            return this;
        }

        /**
         * Sets the most messages made durable together.
         *
         * @param value from {@code 1} to {@code 100,000}
         * @return this builder
         */
        public Builder batch(int value) {
            this.batch = value;
            return this;
        }

        /**
         * Sets for how many connections something is done at once, reading stores among it; a quarter of them for
         * those of one address. Two for each processor where nothing is set, four at least and 1,024 at most: what one address asks
         * for takes half of the processors, or the one that there is.
         *
         * @param value from {@code 1} to {@code 1,024}
         * @return this builder
         */
        public Builder readThreads(int value) {
            this.readThreads = value;
            return this;
        }

        /**
         * Sets how many login secrets are hashed at once.
         *
         * @param value from {@code 1} to {@code 1,024}
         * @return this builder
         */
        public Builder hashThreads(int value) {
            this.hashThreads = value;
            return this;
        }

        /**
         * Sets how many more may wait for that, a quarter of all from one address.
         *
         * @param value from {@code 1} to {@code 100,000}
         * @return this builder
         */
        public Builder hashWaiting(int value) {
            this.hashWaiting = value;
            return this;
        }

        /**
         * Sets how many log-ins at one account from one address may fail before the next has to wait; four times as
         * many at any accounts.
         *
         * @param value from {@code 1} to {@code 1,000}
         * @return this builder
         */
        public Builder freeAttempts(int value) {
            this.freeAttempts = value;
            return this;
        }

        /**
         * Sets how many accounts may be made from one address at once; then one more every ten seconds.
         *
         * @param value from {@code 1} to {@code 10,000,000}
         * @return this builder
         */
        public Builder freeSignUps(int value) {
            this.freeSignUps = value;
            return this;
        }

        /**
         * Sets the longest that a failed log-in makes the next one wait; the first makes it wait a second, each further
         * one twice as long.
         *
         * @param value 1 second to 1 day
         * @return this builder
         */
        public Builder longestDelay(Duration value) {
            this.longestDelay = value;
            return this;
        }

        /**
         * Sets how long a connection may live without a session.
         *
         * @param value 10 milliseconds to 1 hour
         * @return this builder
         */
        public Builder signInTime(Duration value) {
            this.signInTime = value;
            return this;
        }

        /**
         * Sets how long a connection may be silent; a client that has nothing to say sends a ping.
         *
         * @param value 10 milliseconds to 1 day
         * @return this builder
         */
        public Builder idleTime(Duration value) {
            this.idleTime = value;
            return this;
        }

        /**
         * Sets how long a resume token is good.
         *
         * @param value 1 second to 3,650 days
         * @return this builder
         */
        public Builder tokenTime(Duration value) {
            this.tokenTime = value;
            return this;
        }

        /**
         * Sets how long a stop waits for what is in flight.
         *
         * @param value 10 milliseconds to 1 hour
         * @return this builder
         */
        public Builder stopTime(Duration value) {
            this.stopTime = value;
            return this;
        }

        /**
         * Sets how long the name of a deleted account is free for nobody.
         *
         * @param value 1 second to 3,650 days
         * @return this builder
         */
        public Builder nameRest(Duration value) {
            this.nameRest = value;
            return this;
        }

        /**
         * Makes the limits.
         *
         * @return the limits set so far
         * @throws IllegalArgumentException if one is outside its range
         */
        public ServerLimits build() {
            return new ServerLimits(
                    wire,
                    followed,
                    creditBytes,
                    waitingMessages,
                    waitingBytes,
                    batch,
                    readThreads,
                    hashThreads,
                    hashWaiting,
                    freeAttempts,
                    freeSignUps,
                    longestDelay,
                    signInTime,
                    idleTime,
                    tokenTime,
                    stopTime,
                    nameRest);
        }
    }
}
