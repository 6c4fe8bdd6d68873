package dev.pychat.transport;

import java.time.Duration;
import java.util.function.UnaryOperator;

/**
 * The bounds of a transport.
 *
 * <p>Immutable and thread-safe.
 *
 * @param queueBytes the most bytes queued to one connection; beyond it the other end is a slow reader
 * @param connectTimeout for a client: the longest time until a connection stands, everything included
 * @param handshakeTimeout for a server: the longest time until the handshake is done, however steadily bytes trickle in
 * @param frameTimeout the longest time from the first byte of a frame to its last
 * @param stallTimeout the longest time in which a connection with much queued takes nothing
 * @param linger how long {@link Connection#close} lets queued frames leave
 * @param maxConnections for a server: the most connections at a time
 * @param maxPerAddress for a server: the most connections at a time of one address
 */
public record TransportOptions(
        int queueBytes,
        Duration connectTimeout,
        Duration handshakeTimeout,
        Duration frameTimeout,
        Duration stallTimeout,
        Duration linger,
        int maxConnections,
        int maxPerAddress) {

    /** What holds unless told otherwise: 4 MiB; 10, 10, 30, 60 and 2 seconds; 20,000 connections, 1,000 of them of one address. */
    public static final TransportOptions DEFAULT = new TransportOptions(
            4 << 20,
            Duration.ofSeconds(10),
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            Duration.ofSeconds(60),
            Duration.ofSeconds(2),
            20_000,
            1_000);

    /**
     * Checks each bound.
     *
     * @param queueBytes the most bytes queued to one connection; beyond it the other end is a slow reader
     * @param connectTimeout for a client: the longest time until a connection stands, everything included
     * @param handshakeTimeout for a server: the longest time until the handshake is done, however steadily bytes
     *     trickle in
     * @param frameTimeout the longest time from the first byte of a frame to its last
     * @param stallTimeout the longest time in which a connection with much queued takes nothing
     * @param linger how long {@link Connection#close} lets queued frames leave
     * @param maxConnections for a server: the most connections at a time
     * @param maxPerAddress for a server: the most connections at a time of one address
     * @throws IllegalArgumentException if one is unreasonable; the message says which and what is allowed
     */
    public TransportOptions {
        require("queueBytes", queueBytes, 1024, 1 << 30);
        require("maxConnections", maxConnections, 1, 10_000_000);
        require("maxPerAddress", maxPerAddress, 1, 10_000_000);
        require("connectTimeout (ms)", connectTimeout.toMillis(), 1, 3_600_000);
        require("handshakeTimeout (ms)", handshakeTimeout.toMillis(), 1, 3_600_000);
        require("frameTimeout (ms)", frameTimeout.toMillis(), 1, 3_600_000);
        require("stallTimeout (ms)", stallTimeout.toMillis(), 1, 3_600_000);
        require("linger (ms)", linger.toMillis(), 1, 3_600_000);
    }

    /**
     * The defaults with changes.
     *
     * @param changes sets what differs
     * @return the options
     * @throws IllegalArgumentException if a bound is unreasonable
     */
    public static TransportOptions with(UnaryOperator<Builder> changes) {
        return changes.apply(new Builder(DEFAULT)).build();
    }

    private static void require(String name, long value, long min, long max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(name + " is " + value + ", allowed are " + min + " to " + max);
        }
    }

    /** Collects options. Confined to one thread. */
    public static final class Builder {
        private int queueBytes;
        private Duration connectTimeout;
        private Duration handshakeTimeout;
        private Duration frameTimeout;
        private Duration stallTimeout;
        private Duration linger;
        private int maxConnections;
        private int maxPerAddress;

        private Builder(TransportOptions from) {
            queueBytes = from.queueBytes;
            connectTimeout = from.connectTimeout;
            handshakeTimeout = from.handshakeTimeout;
            frameTimeout = from.frameTimeout;
            stallTimeout = from.stallTimeout;
            linger = from.linger;
            maxConnections = from.maxConnections;
            maxPerAddress = from.maxPerAddress;
        }

        /**
         * Sets {@link TransportOptions#queueBytes}.
         *
         * @param value the most bytes queued to one connection
         * @return this
         */
        public Builder queueBytes(int value) {
            queueBytes = value;
            return this;
        }

        /**
         * Sets {@link TransportOptions#connectTimeout}.
         *
         * @param value the longest time until a client's connection stands
         * @return this
         */
        public Builder connectTimeout(Duration value) {
            connectTimeout = value;
            return this;
        }

        /**
         * Sets {@link TransportOptions#handshakeTimeout}.
         *
         * @param value the longest time of a handshake
         * @return this
         */
        public Builder handshakeTimeout(Duration value) {
            handshakeTimeout = value;
            return this;
        }

        /**
         * Sets {@link TransportOptions#frameTimeout}.
         *
         * @param value the longest time of one frame
         * @return this
         */
        public Builder frameTimeout(Duration value) {
            frameTimeout = value;
            return this;
        }

        /**
         * Sets {@link TransportOptions#stallTimeout}.
         *
         * @param value the longest time in which nothing is taken
         * @return this
         */
        public Builder stallTimeout(Duration value) {
            stallTimeout = value;
            return this;
        }

        /**
         * Sets {@link TransportOptions#linger}.
         *
         * @param value how long queued frames may leave after a close
         * @return this
         */
        public Builder linger(Duration value) {
            linger = value;
            return this;
        }

        /**
         * Sets {@link TransportOptions#maxConnections}.
         *
         * @param value the most connections of a listener
         * @return this
         */
        public Builder maxConnections(int value) {
            maxConnections = value;
            return this;
        }

        /**
         * Sets {@link TransportOptions#maxPerAddress}.
         *
         * @param value the most connections of one address
         * @return this
         */
        public Builder maxPerAddress(int value) {
            maxPerAddress = value;
            return this;
        }

        private TransportOptions build() {
            return new TransportOptions(
                    queueBytes,
                    connectTimeout,
                    handshakeTimeout,
                    frameTimeout,
                    stallTimeout,
                    linger,
                    maxConnections,
                    maxPerAddress);
        }
    }
}
