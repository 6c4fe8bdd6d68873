package dev.pychat.server;

import dev.pychat.bus.LiveBus;
import dev.pychat.crypto.open.PasswordCost;
import dev.pychat.store.ServerStores;
import dev.pychat.transport.ServerTransport;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/**
 * What a server is made of.
 *
 * <p>Immutable and thread-safe, as far as its parts are.
 *
 * @param stores where everything is kept; the server closes them when it is closed
 * @param transports the ways to be reached, at least one
 * @param bus carries hints between connections, and between nodes that share stores
 * @param listing whether users are told the names of other users
 * @param agent program and version, told to clients; 1 to 128 characters
 * @param limits what the server does not go beyond
 * @param hashCost what the server's own hash of a login secret costs
 * @param passwordFloor the least that an account's passphrase must cost to be guessed at; told to clients
 * @param metrics who is told what the server does, to count it
 * @param clock the present
 * @param random the source of tokens and salts
 */
public record ServerOptions(
        ServerStores stores,
        List<ServerTransport> transports,
        LiveBus bus,
        boolean listing,
        String agent,
        ServerLimits limits,
        HashCost hashCost,
        PasswordCost passwordFloor,
        ServerMetrics metrics,
        Clock clock,
        SecureRandom random) {

    private static final int LONGEST_AGENT = 128;

    /**
     * Copies the list and checks what can be checked.
     *
     * @param stores where everything is kept; the server closes them when it is closed
     * @param transports the ways to be reached, at least one
     * @param bus carries hints between connections, and between nodes that share stores
     * @param listing whether users are told the names of other users
     * @param agent program and version, told to clients; 1 to 128 characters
     * @param limits what the server does not go beyond
     * @param hashCost what the server's own hash of a login secret costs
     * @param passwordFloor the least that an account's passphrase must cost to be guessed at; told to clients
     * @param metrics who is told what the server does, to count it
     * @param clock the present
     * @param random the source of tokens and salts
     * @throws IllegalArgumentException if there is no transport, or the agent is empty or too long
     */
    public ServerOptions {
        transports = List.copyOf(transports);
        if (transports.isEmpty()) {
            throw new IllegalArgumentException("a server without a transport, at least one is needed");
        }
        if (agent.isBlank() || agent.length() > LONGEST_AGENT) {
            throw new IllegalArgumentException(
                    "an agent of " + agent.length() + " characters, allowed are 1 to " + LONGEST_AGENT);
        }
    }

    /**
     * Begins with the defaults.
     *
     * @param stores where everything is kept
     * @return a builder that still needs a transport
     */
    public static Builder builder(ServerStores stores) {
        return new Builder(stores);
    }

    /** Collects options; what is not set keeps its default. Confined to one thread. */
    public static final class Builder {
        private final ServerStores stores;
        private final List<ServerTransport> transports = new ArrayList<>();
        private LiveBus bus = LiveBus.inProcess();
        private boolean listing = true;
        private String agent = "pychat";
        private ServerLimits limits = ServerLimits.DEFAULT;
        private HashCost hashCost = HashCost.DEFAULT;
        private PasswordCost passwordFloor = PasswordCost.RECOMMENDED;
        private ServerMetrics metrics = ServerMetrics.NONE;
        private Clock clock = Clock.systemUTC();
        private SecureRandom random = new SecureRandom();

        private Builder(ServerStores stores) {
            this.stores = stores;
        }

        /**
         * Adds a way to be reached.
         *
         * @param transport the transport
         * @return this builder
         */
        public Builder transport(ServerTransport transport) {
            transports.add(transport);
            return this;
        }

        /**
         * Sets the live bus; without it one of this process is made.
         *
         * @param value the bus
         * @return this builder
         */
        public Builder bus(LiveBus value) {
            this.bus = value;
            return this;
        }

        /**
         * Sets whether users are told the names of other users; they are unless told otherwise.
         *
         * @param value true if they are
         * @return this builder
         */
        public Builder listing(boolean value) {
            this.listing = value;
            return this;
        }

        /**
         * Sets what the server calls itself.
         *
         * @param value program and version, 1 to 128 characters
         * @return this builder
         */
        public Builder agent(String value) {
            this.agent = value;
            return this;
        }

        /**
         * Sets the limits.
         *
         * @param value what the server does not go beyond
         * @return this builder
         */
        public Builder limits(ServerLimits value) {
            this.limits = value;
            return this;
        }

        /**
         * Sets the cost of the server's own hash.
         *
         * @param value the cost
         * @return this builder
         */
        public Builder hashCost(HashCost value) {
            this.hashCost = value;
            return this;
        }

        /**
         * Sets the least cost of an account's passphrase.
         *
         * @param value the least cost
         * @return this builder
         */
        public Builder passwordFloor(PasswordCost value) {
            this.passwordFloor = value;
            return this;
        }

        /**
         * Sets who is told what the server does; nobody is unless set.
         *
         * @param value the metrics
         * @return this builder
         */
        public Builder metrics(ServerMetrics value) {
            this.metrics = value;
            return this;
        }

        /**
         * Sets the clock.
         *
         * @param value the clock
         * @return this builder
         */
        public Builder clock(Clock value) {
            this.clock = value;
            return this;
        }

        /**
         * Sets the source of randomness.
         *
         * @param value the source
         * @return this builder
         */
        public Builder random(SecureRandom value) {
            this.random = value;
            return this;
        }

        /**
         * Makes the options.
         *
         * @return the options set so far
         * @throws IllegalArgumentException if there is no transport, or the agent is empty or too long
         */
        public ServerOptions build() {
            return new ServerOptions(
                    stores, transports, bus, listing, agent, limits, hashCost, passwordFloor, metrics, clock, random);
        }
    }
}
